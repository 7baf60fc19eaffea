"""The rules of OPML 2.0, as far as a list of feeds goes."""

from collections.abc import Iterator

from lxml import etree

from feeds.syndication.rules import clauses, elements
from feeds.syndication.rules.fault import Fault, doubtful, faulty, in_entry, placed
from feeds.syndication.rules.parts import Parts

#: What the validator knows below ``head``: without ``docs``, although OPML 2.0 allows it.
_HEAD = frozenset(
    (
        *(
            "title",
            "dateCreated",
            "dateModified",
            "ownerName",
            "ownerEmail",
            "ownerId",
            "expansionState",
            "vertScrollState",
        ),
        *("windowTop", "windowLeft", "windowBottom", "windowRight"),
    )
)
_VERSIONS = ("RSS", "RSS1", "RSS2", "scriptingNews")


def problems(body: bytes, opml: etree._Element) -> Iterator[Fault]:
    """Find what is wrong with a list of feeds."""
    yield from elements.declaration(opml, body)
    yield from clauses.unfit_characters((*map(str, opml.itertext()), *_attributes(opml)))
    if [opml.tag, opml.get("version"), *(child.tag for child in opml)] != ["opml", "2.0", "head", "body"]:
        yield faulty("document-root", 'the root is not <opml version="2.0"> with <head> and <body>')
        return
    yield from placed("the head", _head_problems(Parts(opml[0])))
    for number, outline in enumerate(opml[1].iter("outline"), 1):
        yield from in_entry(number, _outline_problems(outline))


def _attributes(opml: etree._Element) -> Iterator[str]:
    yield from (str(value) for element in opml.iter("*") for value in element.values())


def _head_problems(head: Parts) -> Iterator[Fault]:
    yield from elements.missing(head, "title")
    yield from clauses.bad_rfc822(elements.texts(head, "dateCreated", "dateModified"))
    for name in head.names:
        if name not in _HEAD:
            yield faulty("document-element", f"<{name}> is no element of <head> to the validator")


def _outline_problems(outline: etree._Element) -> Iterator[Fault]:
    if not outline.get("text"):
        yield faulty("document-attribute", "an outline has no text")
    if outline.get("type") == "rss":
        yield from (
            doubtful("document-outline", f"the outline of a feed has no {name}")
            for name in ("title", "htmlUrl")
            if not outline.get(name)
        )
        if not outline.get("xmlUrl"):
            yield faulty("document-attribute", "the outline of a feed has no xmlUrl")
    elif not len(outline):
        yield doubtful("document-outline", "an outline is neither a feed nor a group of feeds")
    if outline.get("version", "RSS2") not in _VERSIONS:
        yield doubtful("document-outline", f'the version "{outline.get("version")}" of an outline is not known')
    yield from clauses.bad_urls(filter(None, (outline.get(name) for name in ("xmlUrl", "htmlUrl"))))
