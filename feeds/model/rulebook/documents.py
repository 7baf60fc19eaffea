"""What may be wrong with a document."""

from feeds.model.finding import Severity
from feeds.model.rulebook.rule import Rule

_ERROR = (Severity.ERROR,)
_WARNING = (Severity.WARNING,)

#: In the order of their codes.
DOCUMENTS = (
    Rule(
        "document-archive",
        _ERROR + _WARNING,
        "A document does not lead to its neighbours and the current one as RFC 5005 has it.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-attribute",
        _ERROR,
        "An attribute that must be there is missing: of an enclosure, a source, a category, an outline, a hub.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-blank", _WARNING, "An element or member says nothing.", "Report it: this is a fault of the service."
    ),
    Rule(
        "document-characters",
        _ERROR,
        "A text holds a character that XML cannot carry.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-complete",
        _ERROR,
        "A complete document links to others of its feed (RFC 5005).",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-contact",
        _ERROR,
        "What should be an e-mail address is none.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-contact-spelling",
        _WARNING,
        "A person is not written as the format has it, or a name holds an e-mail address.",
        "Write names without addresses.",
    ),
    Rule(
        "document-content-type",
        _ERROR,
        "The type of a text or content is none that readers take.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-date",
        _ERROR,
        "A date is not one of its format, or has a wrong weekday.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-date-spelling",
        _WARNING,
        "A date of RSS is not in GMT with a four-digit year.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-declaration",
        _WARNING,
        "The document does not begin with an XML declaration.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-description",
        _WARNING,
        "In RSS, the full content comes without or before the description.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-doctype",
        _ERROR,
        "There is a document type declaration.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-doubled",
        _ERROR,
        "An element occurs twice that may occur once.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-element",
        _ERROR + _WARNING,
        "An element is unknown, or of no use to readers.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-enclosure-length",
        _WARNING,
        "The length of an enclosure is negative.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-enclosures",
        _WARNING,
        "An entry has more than one enclosure in RSS.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-guid",
        _ERROR,
        "A guid claims to be an address and is none.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-html",
        _WARNING,
        "The HTML of an entry is not well-formed, or has elements that HTML does not know.",
        "Mend the HTML of the post.",
    ),
    Rule(
        "document-html-attribute",
        _ERROR,
        "The HTML of an entry has an event handler, a style, or an address that runs code.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-html-element",
        _ERROR,
        "The HTML of an entry has an element that could harm readers, such as a script.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-id",
        _ERROR,
        "An id is empty, no absolute IRI, or no tag of RFC 4151.",
        "Write a URI in the front matter, or leave the id out.",
    ),
    Rule("document-id-repeated", _ERROR, "Two entries have one id.", "Report it: this is a fault of the service."),
    Rule(
        "document-id-spelling",
        _WARNING,
        "An id is not in its canonical spelling: upper-case host, default port, no path.",
        "Leave it, if readers know the entry by it.",
    ),
    Rule("document-id-weak", _WARNING, "An id is a short number, which others have too.", "Write a URI."),
    Rule(
        "document-image",
        _WARNING,
        "The image of RSS differs from its channel, or is no GIF, JPEG or PNG.",
        "Give `[site] icon` a PNG.",
    ),
    Rule(
        "document-image-size",
        _ERROR,
        "The image of RSS is larger than 144 by 400.",
        "Report it: this is a fault of the service.",
    ),
    Rule("document-language", _ERROR, "A language is no tag.", "Report it: this is a fault of the service."),
    Rule(
        "document-link-relation",
        _WARNING,
        "A link has a relation that is not registered, or that does not belong to an entry.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-link-repeated",
        _ERROR,
        "Two alternate links have one type and language.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-malformed", _ERROR, "The document is not well-formed.", "Report it: this is a fault of the service."
    ),
    Rule(
        "document-markup",
        _WARNING,
        "A title, category or description that is plain text holds markup.",
        "Write titles and descriptions of the config without tags and entities.",
    ),
    Rule(
        "document-media-group",
        _ERROR,
        "A group of media holds no alternatives.",
        "Report it: this is a fault of the service.",
    ),
    Rule("document-media-type", _ERROR, "A media type is none.", "Report it: this is a fault of the service."),
    Rule(
        "document-member",
        _WARNING,
        "A member is none of JSON Feed 1.1, and no extension.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-missing",
        _ERROR,
        "An element or member that must be there is missing.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-namespace",
        _WARNING,
        "A namespace is one that readers do not know, or has an unusual prefix.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-next",
        _ERROR,
        "The next page of a JSON Feed is the page itself.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-order",
        _ERROR,
        "Metadata of the feed stands behind an entry.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-outline",
        _WARNING,
        "An outline of the list of feeds lacks what readers show.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-podcast",
        _ERROR + _WARNING,
        "A podcast lacks what directories ask for: a picture, a category, something to play in each entry.",
        "Complete `[feed.podcast]`.",
    ),
    Rule(
        "document-podcast-format",
        _WARNING,
        "An episode is in a format that few applications play: none of MP3, M4A, MP4, M4V, MOV.",
        "Offer it in one of these.",
    ),
    Rule(
        "document-podcast-value",
        _ERROR,
        "An element of a podcast says something that it cannot: a category that there is not, a number that is none.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-relative",
        _WARNING,
        "The HTML of an entry has an address that is not absolute.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-root",
        _ERROR,
        "The root, or the version, is not that of the format.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-rubbish",
        _WARNING,
        "A text holds characters that readers show as rubbish, such as U+FFFD.",
        "Put the right characters into the post.",
    ),
    Rule("document-said-twice", _WARNING, "Two elements say the same.", "Report it: this is a fault of the service."),
    Rule(
        "document-self",
        _ERROR,
        "The document does not name its own address, exactly once.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-size",
        _WARNING,
        "The document has more than 5 MB: more than validators read.",
        "Lower `max_bytes` or `entries`.",
    ),
    Rule(
        "document-spelling",
        _WARNING,
        "Markup in a plain text of RSS is not spelt as all readers understand it.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-ttl",
        _ERROR,
        "The ttl is not a whole number greater than 0.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-type",
        _ERROR,
        "A member of a JSON Feed is of the wrong type.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-updated-repeated",
        _WARNING,
        "Two entries were updated in one second.",
        "Report it: this is a fault of the service.",
    ),
    Rule(
        "document-url",
        _ERROR,
        "An address is not absolute, or holds characters that a URL cannot.",
        "Report it: this is a fault of the service.",
    ),
)
