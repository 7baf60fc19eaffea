"""The rules of Atom 1.0 (RFC 4287)."""

from collections.abc import Iterator

from lxml import etree

from feeds.syndication.rules import clauses, elements, markup
from feeds.syndication.rules.elements import ATOM

_ID, _TITLE, _UPDATED, _PUBLISHED = (f"{ATOM}{name}" for name in ("id", "title", "updated", "published"))
_AUTHOR, _LINK, _CONTENT, _SUMMARY = (f"{ATOM}{name}" for name in ("author", "link", "content", "summary"))
_ENTRY, _SUBTITLE, _RIGHTS, _ICON = (f"{ATOM}{name}" for name in ("entry", "subtitle", "rights", "icon"))


def problems(feed: etree._Element, self_url: str) -> Iterator[str]:
    """Find what is wrong with a document."""
    yield from elements.unfit(feed)
    if feed.tag != f"{ATOM}feed":
        yield "the root is not the <feed> of Atom"
        return
    yield from clauses.placed("the feed", _common_problems(feed))
    yield from elements.wrong_self(feed, "application/atom+xml", self_url)
    yield from elements.wrong_history(feed)
    yield from elements.misplaced_metadata(feed, _ENTRY)
    entries = feed.findall(_ENTRY)
    if feed.find(_AUTHOR) is None and not (entries and all(entry.find(_AUTHOR) is not None for entry in entries)):
        yield "neither the feed nor each of its entries has an author"
    yield from clauses.repeated("id", (id for entry in entries for id in elements.texts(entry, _ID)))
    yield from clauses.repeated("updated", (date for entry in entries for date in elements.texts(entry, _UPDATED)))
    for number, entry in enumerate(entries, 1):
        yield from clauses.placed(f"entry {number}", _common_problems(entry))
        yield from clauses.placed(f"entry {number}", _entry_problems(entry))


def _common_problems(element: etree._Element) -> Iterator[str]:
    """Find what may be wrong with feeds and entries alike."""
    yield from elements.missing(element, _ID, _TITLE, _UPDATED)
    yield from elements.doubled(element, _ID, _TITLE, _UPDATED, _SUBTITLE, _RIGHTS, _ICON)
    yield from clauses.bad_ids(elements.texts(element, _ID))
    yield from clauses.bad_rfc3339(elements.texts(element, _UPDATED, _PUBLISHED))
    yield from clauses.bad_urls(elements.attributes(element, "href", _LINK))
    yield from clauses.bad_urls(elements.texts(element, _ICON, f"{_AUTHOR}/{ATOM}uri"))
    yield from elements.repeated_alternates(element)
    for author in element.iterfind(_AUTHOR):
        yield from elements.missing(author, f"{ATOM}name")


def _entry_problems(entry: etree._Element) -> Iterator[str]:
    yield from elements.doubled(entry, _PUBLISHED, _SUMMARY, _CONTENT)
    yield from clauses.bad_urls(elements.attributes(entry, "url", *elements.MEDIA_URLS))
    if not any(rel in ("", "alternate") for rel in elements.attributes(entry, "rel", _LINK)):
        yield "there is no alternate link"
    if entry.find(_CONTENT) is None and entry.find(_SUMMARY) is None:
        yield "there is neither content nor summary"
    for content in entry.iterfind(_CONTENT):
        if content.get("type") != "html":
            yield "the type of the content is not html"
        yield from markup.problems(content.text or "")
