"""What a reader or the W3C feed validator would stumble over in a document.

A renderer that does its work breaks none of the rules: this is the last look
before readers get the bytes, and it sees nothing but the bytes.
"""

from lxml import etree

from feeds.model.feed import Format
from feeds.syndication.rules import atom, clauses, jsonfeed, opml, rss
from feeds.syndication.rules.fault import Fault, faulty

#: Raised by one when the rules change: what was judged by others is judged again.
RULES = 2


def problems(body: bytes, format: Format, *, self_url: str) -> tuple[Fault, ...]:
    """Return what is wrong with ``body``; there are no errors among it in a document fit to publish.

    ``self_url`` is the address that the document must name as its own.
    """
    try:
        if format is Format.JSON:
            return (*clauses.too_long(body), *jsonfeed.problems(body, self_url))
        root = etree.fromstring(body, _parser())
    except (ValueError, etree.XMLSyntaxError) as error:
        return (_malformed(error),)
    judge = rss.problems if format is Format.RSS else atom.problems
    return (*clauses.too_long(body), *judge(root, self_url, body))


def opml_problems(body: bytes) -> tuple[Fault, ...]:
    """Return what is wrong with a list of feeds."""
    try:
        root = etree.fromstring(body, _parser())
    except etree.XMLSyntaxError as error:
        return (_malformed(error),)
    return tuple(opml.problems(body, root))


def _malformed(error: Exception) -> Fault:
    return faulty("document-malformed", f"not well-formed: {error}")


def _parser() -> etree.XMLParser:
    """Return a parser that fetches and expands nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
