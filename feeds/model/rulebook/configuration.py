"""What may be wrong with a configuration that can be used."""

from feeds.model.finding import Severity
from feeds.model.rulebook.rule import Rule

_ERROR = (Severity.ERROR,)
_WARNING = (Severity.WARNING,)
_INFO = (Severity.INFO,)

#: In the order of their codes.
CONFIGURATION = (
    Rule(
        "config-alias-taken",
        _WARNING,
        "An alias is the address of a post of the site, or leads to two feeds.",
        "Choose another, or leave it out.",
    ),
    Rule(
        "config-assumed",
        _INFO,
        "Something about the site that nobody wrote into the settings was taken from its files, or for usual.",
        "Write it into the settings if it is to stay so, or is wrong.",
    ),
    Rule(
        "config-author",
        _INFO,
        "`[site] author` is not set: RSS and JSON Feed name nobody, Atom the title.",
        "Name who writes.",
    ),
    Rule(
        "config-content-elsewhere",
        _WARNING,
        "There is no post, but there are Markdown files.",
        "Check `directory` and `generator` of `[content]`.",
    ),
    Rule(
        "config-description",
        _INFO,
        "`[site] description` is not set, or only repeats the title.",
        "Say in one sentence what it is about.",
    ),
    Rule(
        "config-entries",
        _INFO + _WARNING,
        "A document shows so few posts that readers miss some, or can never hold as many as `entries` asks for.",
        "Change `entries` or `max_bytes`.",
    ),
    Rule(
        "config-feed-empty", _WARNING, "A `[[feed]]` has no post.", "Check its `where` and `for_each`, or leave it out."
    ),
    Rule(
        "config-feed-same",
        _WARNING,
        "Two `[[feed]]` show the same posts.",
        "Leave one out, and give the other its address as an alias.",
    ),
    Rule(
        "config-generator-unsure",
        _INFO + _WARNING,
        "Nothing tells for certain which generator the site is made with.",
        "Set `[content] generator`.",
    ),
    Rule("config-icon", _INFO, "`[site] icon` is not set.", "Give the address of a square PNG."),
    Rule("config-icon-format", _WARNING, "The icon is no GIF, JPEG or PNG: RSS does without it.", "Give a PNG."),
    Rule("config-invalid", _ERROR, "The configuration cannot be used.", "Correct what the message names."),
    Rule(
        "config-language",
        _WARNING,
        "The language or region of a tag is not one that there is, such as `jp` or `en-UK`.",
        "Use the code of ISO 639 and ISO 3166: `ja`, `en-GB`.",
    ),
    Rule(
        "config-max-bytes",
        _INFO + _WARNING,
        "Documents may become larger than readers like (1 MB), or than validators read (5 MB).",
        "Lower `max_bytes`.",
    ),
    Rule(
        "config-podcast-image",
        _WARNING,
        "The picture of a podcast is no JPEG or PNG.",
        "Give one, 1400 to 3000 pixels.",
    ),
    Rule(
        "config-podcast-owner",
        _INFO,
        "A podcast names no `email` of its owner, by which directories and hosts know whose it is.",
        "Give one that everybody may read.",
    ),
    Rule(
        "config-scan-interval",
        _INFO + _WARNING,
        "The content is scanned very often, which costs, or so rarely that some changes are seen late.",
        "Choose between 5 and 3600 seconds.",
    ),
    Rule(
        "config-scheme",
        _WARNING,
        "One of `url`, `public_url` and `icon` has `http` while the site has `https`.",
        "Write `https://`.",
    ),
    Rule(
        "config-site-differs",
        _WARNING,
        "The settings and the configuration of the site's generator say different things.",
        "Correct the one that is wrong.",
    ),
    Rule(
        "config-state-in-content",
        _WARNING,
        "The state is kept inside of the content directory.",
        "Keep it beside the content.",
    ),
    Rule(
        "config-term-unknown",
        _WARNING,
        "A `where` names a category, tag, author or language that no post has.",
        "Correct it, or leave it out.",
    ),
    Rule(
        "config-timezone",
        _INFO,
        "`[site] timezone` is not set: dates without zone are taken for UTC.",
        "Name the zone in which posts are dated.",
    ),
    Rule(
        "config-title-same", _WARNING, "Two feeds have one title: readers cannot tell them apart.", "Give each its own."
    ),
    Rule("config-url-http", _INFO, "The site has no `https`.", "Serve it with TLS, then write `https://`."),
    Rule(
        "config-url-local",
        _WARNING,
        "Documents name this machine (`localhost`) as their address, but the service listens for others.",
        "Set `public_url` to the address that readers use.",
    ),
)
