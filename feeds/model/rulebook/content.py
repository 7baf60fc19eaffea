"""What may be wrong with a post, or with posts as a whole."""

from feeds.model.finding import Severity
from feeds.model.rulebook.rule import Rule

_ERROR = (Severity.ERROR,)
_WARNING = (Severity.WARNING,)
_INFO = (Severity.INFO,)

#: In the order of their codes.
CONTENT = (
    Rule(
        "alt-missing",
        _INFO,
        "A picture in the body has no text for those who do not see it.",
        "Say what it shows: `![a lighthouse]`, or `alt` in HTML.",
    ),
    Rule(
        "body-empty",
        _INFO,
        "The post has no body: readers see its title and summary only.",
        "Write one, unless the title says it all.",
    ),
    Rule(
        "body-grows",
        _ERROR,
        "Rendering makes the body more than 20 times as long, and 100,000 characters more.",
        "Shorten its tables and lists.",
    ),
    Rule("body-repeated", _INFO, "Another post has the same body.", "Delete one of the two, unless both are meant."),
    Rule(
        "body-too-deep",
        _ERROR,
        "More than 256 elements stand inside each other in the body.",
        "Close every element that is opened.",
    ),
    Rule("body-too-large", _ERROR, "The body has more than 30,000 tags or 200,000 entities.", "Split the post."),
    Rule(
        "characters",
        _WARNING,
        "Control characters, which no feed can carry, were left out.",
        "Delete them, or the entities that stand for them.",
    ),
    Rule(
        "copy",
        _WARNING,
        "A new file is a copy, byte for byte, of a published one: its post is not announced a second time.",
        "Change it, or delete one of the two.",
    ),
    Rule("date-far", _WARNING, "The post is dated more than a year ahead.", "Correct the year, if it is a slip."),
    Rule(
        "date-impossible",
        _ERROR + _WARNING,
        "There is no such day or time, or its year is before 1000. As a warning: another date was used, and the "
        "message says which.",
        "Correct the date.",
    ),
    Rule(
        "date-old",
        _INFO,
        "The date is before 1990: it is kept, but readers and validators may take it for a mistake.",
        "See that the year is right.",
    ),
    Rule(
        "date-unknown",
        _ERROR + _WARNING,
        "A date in no known form. As a warning: another date was used, and the message says which.",
        "Write it as `2024-01-31 10:00`, or add its form to `date_formats`.",
    ),
    Rule("direction", _INFO, "A direction of text is neither `rtl` nor `ltr`: left out.", "Write one of the two."),
    Rule(
        "duplicate-key",
        _WARNING,
        "A key stands twice in the front matter: the last one counts, but what hides a post wins.",
        "Keep one.",
    ),
    Rule("embed-linked", _INFO, "A player in the body (`iframe`, `video`, …) became a link.", "Nothing."),
    Rule("empty", _ERROR, "The file is empty.", "Write a post, or delete it."),
    Rule(
        "enclosure",
        _WARNING,
        "What should be a file to hear, see or keep is none of a known kind: left out.",
        "Give its address, and its type: `{url: …, type: audio/mpeg}`.",
    ),
    Rule(
        "enclosure-length",
        _INFO,
        "How many bytes a file has is not known: readers are told 0.",
        "Write it, or keep the file beside the post or in the static folder of the site.",
    ),
    Rule(
        "encoding",
        _WARNING,
        "The file is not UTF-8 throughout: the other bytes were read as Windows-1252.",
        "Save it as UTF-8.",
    ),
    Rule(
        "entry-broken",
        _ERROR,
        "No entry can be made of the post: it is left out of its feeds.",
        "Mend the post, or report it.",
    ),
    Rule(
        "expired-early",
        _WARNING,
        "The post expires before it appears: nobody ever sees it.",
        "Correct one of the two dates.",
    ),
    Rule("expiry-unreadable", _ERROR, "The expiry is no date that can be read.", "Write it as `2024-01-31 10:00`."),
    Rule(
        "file-name",
        _ERROR,
        "The name of a file, or of its folder, holds a control character or is not UTF-8: not read.",
        "Rename it.",
    ),
    Rule(
        "flag",
        _WARNING,
        "A flag is neither yes nor no. One that can hide the post hides it; `featured` is a no.",
        "Write `true` or `false`.",
    ),
    Rule("front-matter-broken", _ERROR, "The front matter cannot be read.", "Correct it at the line named."),
    Rule("front-matter-key", _WARNING, "A key is a list or a map: left out.", "Write the key as a word."),
    Rule(
        "front-matter-line", _WARNING, "A line of the front matter belongs to no key: left out.", "Delete or quote it."
    ),
    Rule(
        "front-matter-shape",
        _ERROR,
        "The front matter is not a list of keys with values.",
        "Write `key: value` lines, or a JSON object.",
    ),
    Rule(
        "front-matter-tabs",
        _WARNING,
        "The front matter is indented with tabs or holds control characters: read as spaces.",
        "Indent it with spaces.",
    ),
    Rule("front-matter-too-deep", _ERROR, "Lists and maps are nested more than 64 levels deep.", "Flatten them."),
    Rule(
        "front-matter-too-large",
        _ERROR,
        "The front matter is longer than 65,536 characters.",
        "Move its text into the body.",
    ),
    Rule(
        "front-matter-unknown",
        _ERROR,
        "The file begins like front matter in a form that is not read here.",
        "Put the header between two lines of `---`.",
    ),
    Rule("front-matter-value", _WARNING, "The value of a key cannot be read: left out.", "Correct it."),
    Rule(
        "html-removed",
        _WARNING,
        "Scripts, styles, forms or event handlers in the body are not shown in feeds.",
        "Say it in plain HTML if readers are to see it.",
    ),
    Rule(
        "id-ignored",
        _INFO,
        "An `id`, `guid` or `uuid` is no URI and no UUID: the entry gets a made one.",
        "Write a URI if readers know the entry by it.",
    ),
    Rule(
        "id-taken",
        _ERROR,
        "The post has the id of another one, and is not published.",
        "Give one of the two another id, or remove the copy.",
    ),
    Rule(
        "image-http",
        _WARNING,
        "A picture is fetched over `http`, though the site has `https`: many readers do not show it.",
        "Give an address with `https://`.",
    ),
    Rule(
        "key-misspelt",
        _WARNING,
        "A key of the front matter is not known, but close to one that is.",
        "Correct it, or rename it if it is meant.",
    ),
    Rule("language", _WARNING, "The language is no tag: left out.", "Write `en` or `en-GB`."),
    Rule(
        "link-example",
        _INFO,
        "A link leads to a domain that stands for an example (`example.com` and its like).",
        "Give the address that was meant.",
    ),
    Rule(
        "link-local",
        _WARNING,
        "A link leads to the machine or network of its reader, such as `localhost`.",
        "Give the address on the site.",
    ),
    Rule(
        "link-unresolved",
        _WARNING,
        "The address of a link or picture is a template that nobody fills in, of a page that is not there, or none of "
        "the web.",
        "Write the address out, or mend it.",
    ),
    Rule("name-empty", _WARNING, "A category or tag has no letter or digit: left out.", "Rename it."),
    Rule(
        "name-near",
        _WARNING,
        "A category, tag or author with few posts is spelt almost like another one.",
        "Use one spelling, if one is meant.",
    ),
    Rule("no-date", _WARNING, "The post has no date: that of its first sight was used.", "Give it a date."),
    Rule("no-title", _WARNING, "The post has no title: one was made from its file name.", "Give it a title."),
    Rule(
        "page-hidden",
        _INFO,
        "The site's generator makes no post of a file without a date, or without a title: not published.",
        "Give it what it lacks if it is a post.",
    ),
    Rule(
        "permalink",
        _WARNING,
        "The address that the author wrote is none, or the pattern gives an empty one: another was used.",
        "Write a path, or mend the pattern.",
    ),
    Rule(
        "permalink-part",
        _WARNING,
        "Something in the permalink pattern has no value in this post.",
        "Add the key, or change the pattern.",
    ),
    Rule("picture", _WARNING, "The address of the picture is none: left out.", "Begin it with `https://` or a slash."),
    Rule(
        "site-file",
        _ERROR + _WARNING,
        "A configuration or data file of the site is broken: nothing is changed; or two of them disagree.",
        "Correct it.",
    ),
    Rule(
        "slug-shared",
        _WARNING,
        "Names that differ share a slug, and so a feed; a file with each of them is named.",
        "Use one name, or names that differ in letters or digits.",
    ),
    Rule(
        "template-removed",
        _WARNING,
        "The body has marks that only the site's generator understands: they are left out.",
        "Say it in Markdown or HTML if readers of the feed are to see it.",
    ),
    Rule("title-long", _INFO, "The title is longer than 200 characters.", "Shorten it: readers cut it somewhere."),
    Rule(
        "title-repeated",
        _WARNING,
        "Two posts of one day have the same title.",
        "Delete the copy, or give it a title of its own.",
    ),
    Rule("too-large", _ERROR, "The file is larger than 1,048,576 bytes.", "Split it."),
    Rule("too-long", _WARNING, "A text of the front matter was cut.", "Shorten it."),
    Rule("too-many", _WARNING, "More than 100 categories or tags: the rest is left out.", "Give fewer."),
    Rule(
        "unclosed-fence", _ERROR, "The front matter is never closed.", "End it with its fence, such as a line of `---`."
    ),
    Rule(
        "unquoted-colon",
        _WARNING,
        "A value with a colon stands without quotes: read as one text.",
        "Quote it to be sure.",
    ),
    Rule(
        "unquoted-mark",
        _WARNING,
        "A value begins with a sign that means something in YAML: read as text.",
        "Quote it to be sure.",
    ),
    Rule("updated-ahead", _WARNING, "The date of the last change is in the future.", "Correct it."),
    Rule(
        "updated-unreadable",
        _WARNING,
        "The date of the last change cannot be read: left out.",
        "Write it as `2024-01-31 10:00`.",
    ),
    Rule(
        "url-repeated",
        _WARNING,
        "Two posts have one address: readers of one are sent to the other.",
        "Rename one, or name files in the permalink: `{filename}`.",
    ),
    Rule(
        "yaml-alias",
        _ERROR,
        "The front matter uses an anchor, an alias or a merge key.",
        "Write the value out, or quote it.",
    ),
)
