"""Rules about XML elements, for RSS and Atom alike."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from lxml import etree

from feeds.syndication.rules import clauses
from feeds.syndication.rules.fault import Fault, doubtful, faulty, in_entry
from feeds.syndication.rules.parts import Parts

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_URLS = (f"{MEDIA}content", f"{MEDIA}thumbnail")

_LINK, _GROUP = f"{ATOM}link", f"{MEDIA}group"

#: The namespaces that the W3C validator knows of those that a feed may use here.
_NAMESPACES = frozenset(
    {
        ATOM[1:-1],
        DC[1:-1],
        MEDIA[1:-1],
        HISTORY[1:-1],
        "http://backend.userland.com/creativeCommonsRssModule",
        "http://purl.org/dc/terms/",
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/rss/1.0/modules/slash/",
        "http://purl.org/rss/1.0/modules/syndication/",
        "http://purl.org/syndication/thread/1.0",
        "http://wellformedweb.org/CommentAPI/",
        "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "http://www.w3.org/XML/1998/namespace",
        "https://podcastindex.org/namespace/1.0",
    }
)

#: Namespaces that the validator warns of and that an operator may have switched on.
_OPTED_IN = frozenset({"http://purl.org/atompub/tombstones/1.0", "http://source.scripting.com/"})

#: Relations of links that are registered (IANA), as far as feeds use them; RFC 5005's belong to feeds only.
_RELATIONS = frozenset(
    (
        *(
            "alternate",
            "current",
            "edit",
            "enclosure",
            "hub",
            "license",
            "next",
            "payment",
            "previous",
            "related",
            "replies",
        ),
        *("self", "service", "via", "first", "last", "next-archive", "prev-archive"),
    )
)
_HISTORY_RELATIONS = frozenset({"first", "last", "next", "previous", "current", "next-archive", "prev-archive"})

_ATTRIBUTES: Any = etree.XPath("//@*", smart_strings=False)


def texts(parent: Parts, *names: str) -> list[str]:
    """Return the texts of the children of these names."""
    return [element.text or "" for element in parent.all(*names)]


def attributes(parent: Parts, name: str, *names: str) -> list[str]:
    """Return an attribute of the children of these names, empty where it is missing."""
    return [element.get(name, "") for element in parent.all(*names)]


def given(parent: Parts, name: str, *names: str) -> list[str]:
    """Return an attribute of those children of these names that have it."""
    return [value for element in parent.all(*names) if (value := element.get(name)) is not None]


def declaration(root: etree._Element, body: bytes) -> Iterator[Fault]:
    """Find a DTD, another version of XML, and a document that does not say its encoding."""
    if root.getroottree().docinfo.internalDTD is not None:
        yield faulty("document-doctype", "there is a document type declaration")
    if not body.startswith(b"<?xml "):
        yield doubtful("document-declaration", "the document does not begin with an XML declaration")
    elif root.getroottree().docinfo.xml_version != "1.0":
        yield faulty("document-root", "the document is not XML 1.0")


def namespaces(root: etree._Element, own: Mapping[str, str | None]) -> Iterator[Fault]:
    """Find namespaces that readers do not know; ``own`` says what prefix some of them must have."""
    for prefix, uri in root.nsmap.items():
        if uri not in _NAMESPACES and uri not in _OPTED_IN:
            yield doubtful("document-namespace", f'the namespace "{uri}" is not one that readers know')
        elif uri in own and prefix != own[uri]:
            yield doubtful("document-namespace", f'the namespace "{uri}" has an unusual prefix')


def unfit(root: etree._Element, entry: str, body: bytes) -> Iterator[Fault]:
    """Find unfit characters and elements that say nothing."""
    if not clauses.is_fit_throughout(body):
        yield from _unfit_characters(root, entry)
    for element in root.iter("*"):
        text = element.text
        if (not text or text.isspace()) and not len(element) and not _says_it_in_an_attribute(element):
            yield from _in_its_entry(element, entry, doubtful("document-blank", f"<{_name(element.tag)}> is empty"))


def _unfit_characters(root: etree._Element, entry: str) -> Iterator[Fault]:
    faults = [*clauses.unfit_characters((*map(str, root.itertext()), *_ATTRIBUTES(root)))]
    if faults:
        entries = list(root.iter(entry))
        of_entries = [[*clauses.unfit_characters(map(str, element.itertext()))] for element in entries]
        for number, found in enumerate(of_entries, 1):
            yield from in_entry(number, found)
        elsewhere = {fault for found in of_entries for fault in found}
        yield from (fault for fault in faults if fault not in elsewhere)


def _in_its_entry(element: etree._Element, entry: str, fault: Fault) -> Iterator[Fault]:
    home: etree._Element | None = element
    while home is not None and home.tag != entry:
        home = home.getparent()
    if home is None:
        yield fault
    else:
        yield from in_entry(1 + sum(1 for _ in home.itersiblings(entry, preceding=True)), [fault])


def missing(parent: Parts, *names: str) -> Iterator[Fault]:
    """Find children that must be there, and say something, and do not."""
    for name in names:
        child = next(iter(parent.all(name)), None)
        if child is None or not (len(child) or (child.text or "").strip()):
            yield faulty("document-missing", f"there is no <{_name(name)}>")


def doubled(parent: Parts, *names: str) -> Iterator[Fault]:
    """Find children that must be there once at most."""
    for name in names:
        if parent.count(name) > 1:
            yield faulty("document-doubled", f"there is more than one <{_name(name)}>")


def said_twice(parent: Parts, pairs: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Find pairs of elements that say the same."""
    for one, other in pairs:
        if one in parent and other in parent:
            yield doubtful("document-said-twice", f"<{_name(one)}> and <{_name(other)}> say the same")


def misplaced_metadata(parent: Parts, entry: str) -> Iterator[Fault]:
    """Find metadata of the feed behind one of its entries."""
    first = parent.names.index(entry) if entry in parent else len(parent.names)
    for name in parent.names[first:]:
        if name != entry:
            yield faulty("document-order", f"<{_name(name)}> stands behind an entry")


def wrong_self(parent: Parts, media_type: str, self_url: str) -> Iterator[Fault]:
    """Find whether the document does not name its own address, exactly once."""
    links = [(link.get("href"), link.get("type")) for link in _links(parent) if link.get("rel") == "self"]
    if links != [(self_url, media_type)]:
        yield faulty("document-self", f"there is not one link rel=self with {self_url} and {media_type}")


def repeated_alternates(parent: Parts) -> Iterator[Fault]:
    """Find two alternate links of the same type and language (RFC 4287, 4.1.1)."""
    alternates = [link for link in _links(parent) if link.get("rel", "alternate") == "alternate"]
    keys = [(link.get("type"), link.get("hreflang")) for link in alternates]
    if len(set(keys)) < len(keys):
        yield faulty("document-link-repeated", "there are two alternate links of one type")


def links(parent: Parts) -> Iterator[Fault]:
    """Find links that lead nowhere, and what is said of them that is wrong."""
    for link in _links(parent):
        relation = link.get("rel", "alternate")
        yield from clauses.bad_urls([link.get("href", "")])
        if relation not in _RELATIONS and not clauses.is_url(relation):
            yield doubtful("document-link-relation", f'the relation "{relation}" of a link is not registered')
        yield from clauses.bad_media_types(filter(None, [link.get("type")]))
        yield from clauses.bad_languages(filter(None, [link.get("hreflang")]))


def links_of_feeds(entry: Parts) -> Iterator[Fault]:
    """Find links in an entry that belong to feeds (RFC 5005)."""
    for link in _links(entry):
        if link.get("rel") in _HISTORY_RELATIONS:
            yield doubtful(
                "document-link-relation", f'the link "{link.get("rel")}" belongs to the feed, not to an entry'
            )


def history(parent: Parts) -> Iterator[Fault]:
    """Find where the document misstates its place in the history of the feed (RFC 5005, sections 2 and 4)."""
    relations = Counter(link.get("rel", "") for link in _links(parent))
    archives = [rel for rel in ("prev-archive", "next-archive") if relations[rel]]
    for rel in (*archives, "current"):
        if relations[rel] > 1:
            yield faulty("document-archive", f"there is more than one link rel={rel}")
    if f"{HISTORY}archive" in parent:
        if not archives:
            yield doubtful("document-archive", "an archive document names neither the one before nor the one behind it")
        if not relations["current"]:
            yield faulty("document-archive", "an archive document does not say which document is current")
    if f"{HISTORY}complete" in parent:
        for rel in sorted(relations.keys() & (_HISTORY_RELATIONS - {"current"})):
            yield faulty("document-complete", f"a complete feed has a link rel={rel}")
    own = [link.get("href") for link in _links(parent) if link.get("rel") == "self"]
    if any(link.get("rel") in archives and link.get("href") in own for link in _links(parent)):
        yield faulty("document-archive", "an archive link leads to the document itself")


def media(entry: Parts) -> Iterator[Fault]:
    """Find media that readers cannot fetch, and groups of one."""
    yield from clauses.bad_urls(attributes(entry, "url", *MEDIA_URLS))
    yield from clauses.bad_media_types(given(entry, "type", MEDIA_URLS[0]))
    for group in entry.all(_GROUP):
        if len(group.findall(MEDIA_URLS[0])) < 2:
            yield faulty("document-media-group", "a media:group holds no alternatives")


def _links(parent: Parts) -> Iterable[etree._Element]:
    return parent.all(_LINK)


def _says_it_in_an_attribute(element: etree._Element) -> bool:
    get = element.get
    return bool(get("href") or get("url") or get("term") or get("ref") or get("text")) or element.tag in _MARKS


#: Elements that say all they have to say by being there.
_MARKS = frozenset({f"{HISTORY}archive", f"{HISTORY}complete"})


@cache
def _name(tag: str) -> str:
    return etree.QName(tag).localname
