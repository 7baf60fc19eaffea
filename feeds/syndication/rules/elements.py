"""Rules about XML elements, for RSS and Atom alike."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from feeds.syndication.rules import clauses

ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA_URLS = ("{http://search.yahoo.com/mrss/}content", "{http://search.yahoo.com/mrss/}thumbnail")

_ATTRIBUTES: Any = etree.XPath("//@*", smart_strings=False)


def texts(parent: etree._Element, *paths: str) -> Iterator[str]:
    """Yield the texts of the elements at ``paths``."""
    yield from (element.text or "" for path in paths for element in parent.iterfind(path))


def attributes(parent: etree._Element, name: str, *paths: str) -> Iterator[str]:
    """Yield an attribute of the elements at ``paths``, empty where it is missing."""
    yield from (element.get(name, "") for path in paths for element in parent.iterfind(path))


def unfit(root: etree._Element) -> Iterator[str]:
    """Find what no document may hold anywhere: a DTD, unfit characters, elements that say nothing."""
    if root.getroottree().docinfo.internalDTD is not None:
        yield "there is a document type declaration"
    yield from clauses.unfit_characters((*map(str, root.itertext()), *_ATTRIBUTES(root)))
    for element in root.iter("*"):
        if element.tag.startswith(_HISTORY):
            continue  # its name says it
        if not len(element) and not (element.text or "").strip() and not _says_it_in_an_attribute(element):
            yield f"<{_name(element.tag)}> is empty"


def missing(parent: etree._Element, *names: str) -> Iterator[str]:
    """Find children that must be there and are not."""
    yield from (f"there is no <{_name(name)}>" for name in names if parent.find(name) is None)


def doubled(parent: etree._Element, *names: str) -> Iterator[str]:
    """Find children that must be there once at most."""
    yield from (f"there is more than one <{_name(name)}>" for name in names if len(parent.findall(name)) > 1)


def misplaced_metadata(parent: etree._Element, entry: str) -> Iterator[str]:
    """Find metadata of the feed behind one of its entries."""
    seen = False
    for child in parent.iterchildren("*"):
        seen = seen or child.tag == entry
        if seen and child.tag != entry:
            yield f"<{_name(child.tag)}> stands behind an entry"


def wrong_self(parent: etree._Element, media_type: str, self_url: str) -> Iterator[str]:
    """Find whether the document does not name its own address, exactly once."""
    links = [(link.get("href"), link.get("type")) for link in _links(parent) if link.get("rel") == "self"]
    if links != [(self_url, media_type)]:
        yield f"there is not one link rel=self with {self_url} and {media_type}"


def wrong_history(parent: etree._Element) -> Iterator[str]:
    """Find where the document misstates its place in the history of the feed (RFC 5005, sections 2 and 4)."""
    rels = Counter(link.get("rel", "") for link in _links(parent))
    archives = [rel for rel in ("prev-archive", "next-archive") if rels[rel]]
    yield from (f"there is more than one link rel={rel}" for rel in (*archives, "current") if rels[rel] > 1)
    if parent.find(f"{_HISTORY}archive") is not None and not rels["current"]:
        yield "an archive document does not say which document is current"
    if parent.find(f"{_HISTORY}complete") is not None:
        yield from (f"a complete feed has a link rel={rel}" for rel in archives)
    own = [link.get("href") for link in _links(parent) if link.get("rel") == "self"]
    if any(link.get("rel") in archives and link.get("href") in own for link in _links(parent)):
        yield "an archive link leads to the document itself"


def repeated_alternates(parent: etree._Element) -> Iterator[str]:
    """Find two alternate links of the same type and language (RFC 4287, 4.1.1)."""
    alternates = [link for link in _links(parent) if link.get("rel", "alternate") == "alternate"]
    keys = [(link.get("type"), link.get("hreflang")) for link in alternates]
    if len(set(keys)) < len(keys):
        yield "there are two alternate links of one type"


def _links(parent: etree._Element) -> Iterable[etree._Element]:
    return parent.iterfind(f"{ATOM}link")


def _says_it_in_an_attribute(element: etree._Element) -> bool:
    return any(element.get(name) for name in ("href", "url", "term", "ref"))


def _name(tag: str) -> str:
    return etree.QName(tag).localname
