"""The rules of Atom 1.0 (RFC 4287)."""

from collections.abc import Iterator

from lxml import etree

from feeds.syndication.rules import clauses, elements, markup
from feeds.syndication.rules.elements import ATOM, XML_LANG
from feeds.syndication.rules.fault import Fault, faulty, in_entry, placed
from feeds.syndication.rules.parts import Parts

_ID, _TITLE, _UPDATED, _PUBLISHED = (f"{ATOM}{name}" for name in ("id", "title", "updated", "published"))
_AUTHOR, _LINK, _CONTENT, _SUMMARY = (f"{ATOM}{name}" for name in ("author", "link", "content", "summary"))
_ENTRY, _SUBTITLE, _RIGHTS, _ICON = (f"{ATOM}{name}" for name in ("entry", "subtitle", "rights", "icon"))
_LOGO, _GENERATOR, _SOURCE, _CATEGORY = (f"{ATOM}{name}" for name in ("logo", "generator", "source", "category"))
_CONTRIBUTOR, _NAME, _URI, _EMAIL = (f"{ATOM}{name}" for name in ("contributor", "name", "uri", "email"))

#: What may be in Atom's own namespace, in a feed or an entry.
_IN_FEED = frozenset(
    {
        _ID,
        _TITLE,
        _UPDATED,
        _AUTHOR,
        _LINK,
        _ENTRY,
        _SUBTITLE,
        _RIGHTS,
        _ICON,
        _LOGO,
        _GENERATOR,
        _CATEGORY,
        _CONTRIBUTOR,
    }
)
_IN_ENTRY = frozenset(
    {_ID, _TITLE, _UPDATED, _PUBLISHED, _AUTHOR, _LINK, _CONTENT, _SUMMARY, _RIGHTS, _SOURCE, _CATEGORY, _CONTRIBUTOR}
)

_TEXTS = frozenset({_TITLE, _SUBTITLE, _SUMMARY, _RIGHTS})
_PERSONS = frozenset({_AUTHOR, _CONTRIBUTOR})
_TYPES = ("text", "html", "xhtml")


def problems(feed: etree._Element, self_url: str, body: bytes) -> Iterator[Fault]:
    """Find what is wrong with a document."""
    yield from elements.declaration(feed, body)
    yield from elements.namespaces(feed, {ATOM[1:-1]: None})
    yield from elements.unfit(feed, _ENTRY, body)
    if feed.tag != f"{ATOM}feed":
        yield faulty("document-root", "the root is not the <feed> of Atom")
        return
    yield from _problems(Parts(feed), self_url)


def _problems(feed: Parts, self_url: str) -> Iterator[Fault]:
    yield from placed("the feed", _common_problems(feed))
    yield from placed("the feed", _feed_problems(feed))
    yield from elements.wrong_self(feed, "application/atom+xml", self_url)
    yield from elements.misplaced_metadata(feed, _ENTRY)
    entries = [Parts(entry) for entry in feed.all(_ENTRY)]
    if _AUTHOR not in feed and not (entries and all(_AUTHOR in entry for entry in entries)):
        yield faulty("document-missing", "neither the feed nor each of its entries has an author")
    yield from clauses.repeated_ids("id", (id for entry in entries for id in elements.texts(entry, _ID)))
    yield from clauses.repeated_updates(date for entry in entries for date in elements.texts(entry, _UPDATED))
    for number, entry in enumerate(entries, 1):
        yield from in_entry(number, _common_problems(entry))
        yield from in_entry(number, _entry_problems(entry))


def _common_problems(element: Parts) -> Iterator[Fault]:
    """Find what may be wrong with feeds and entries alike."""
    yield from elements.missing(element, _ID, _TITLE, _UPDATED)
    yield from elements.doubled(element, _ID, _TITLE, _UPDATED, _RIGHTS)
    yield from clauses.bad_ids(elements.texts(element, _ID))
    yield from clauses.bad_rfc3339(elements.texts(element, _UPDATED, _PUBLISHED))
    yield from elements.links(element)
    yield from elements.repeated_alternates(element)
    yield from clauses.bad_languages(filter(None, [element.get(XML_LANG)]))
    if any(not term for term in elements.attributes(element, "term", _CATEGORY)):
        yield faulty("document-attribute", "a category has no term")
    for name, child in zip(element.names, element.children, strict=True):
        if name in _TEXTS:
            yield from _text_problems(child)
    for name, child in zip(element.names, element.children, strict=True):
        if name in _PERSONS:
            yield from _person_problems(Parts(child))


def _feed_problems(feed: Parts) -> Iterator[Fault]:
    yield from elements.doubled(feed, _SUBTITLE, _ICON, _LOGO, _GENERATOR)
    yield from _undefined(feed, _IN_FEED)
    yield from elements.history(feed)
    yield from clauses.bad_urls(elements.texts(feed, _ICON, _LOGO))


def _entry_problems(entry: Parts) -> Iterator[Fault]:
    yield from elements.doubled(entry, _PUBLISHED, _SUMMARY, _CONTENT, _SOURCE)
    yield from _undefined(entry, _IN_ENTRY)
    yield from elements.links_of_feeds(entry)
    yield from elements.media(entry)
    if not any(rel in ("", "alternate") for rel in elements.attributes(entry, "rel", _LINK)):
        yield faulty("document-missing", "there is no alternate link")
    if _CONTENT not in entry and _SUMMARY not in entry:
        yield faulty("document-missing", "there is neither content nor summary")
    for source in entry.all(_SOURCE):
        yield from elements.missing(Parts(source), _ID, _TITLE, _UPDATED)
    for content in entry.all(_CONTENT):
        if content.get("type") != "html":
            yield faulty("document-content-type", "the type of the content is not html")
        yield from markup.problems(content.text or "")


def _undefined(parent: Parts, known: frozenset[str]) -> Iterator[Fault]:
    """Find elements that Atom does not know there, or knows in another case."""
    for name in parent.names:
        if name not in known and (name.startswith(ATOM) or not name.startswith("{")):
            yield faulty("document-element", f"<{etree.QName(name).localname}> is no element of Atom there")


def _text_problems(text: etree._Element) -> Iterator[Fault]:
    """Find text constructs whose type is none, and markup in those that do not say that they hold none (3.1)."""
    declared = text.get("type")
    if declared is not None and declared not in _TYPES:
        yield faulty("document-content-type", f'"{declared}" is no type of a text')
    if declared is None:
        yield from clauses.markup_in_texts([text.text or ""])


def _person_problems(person: Parts) -> Iterator[Fault]:
    yield from elements.missing(person, _NAME)
    yield from elements.doubled(person, _NAME, _URI, _EMAIL)
    yield from clauses.bad_names(elements.texts(person, _NAME))
    yield from clauses.bad_urls(elements.texts(person, _URI))
    yield from clauses.bad_mails(elements.texts(person, _EMAIL))
