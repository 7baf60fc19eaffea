"""The rules of podcasts: Apple's requirements, and the namespace of Podcasting 2.0."""

import re
from collections.abc import Iterator

from lxml import etree

from feeds.model.podcast import CATEGORIES, EPISODE_KINDS, MEDIUMS, PLAYABLE, PODCAST_KINDS
from feeds.syndication.rules import clauses, elements
from feeds.syndication.rules.fault import Fault, doubtful, faulty
from feeds.syndication.rules.parts import Parts

_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"

#: What the W3C validator and feedparser take.
_EXPLICIT = ("yes", "no", "clean")

_WHOLE = re.compile(r"[1-9][0-9]*")
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DURATION = re.compile(r"[0-9]+|(?:[0-9]+:)?[0-9]{1,2}:[0-9]{2}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_EXTENSION = re.compile(r"\.([A-Za-z0-9]+)(?:[?#]|$)")


def is_podcast(rss: etree._Element) -> bool:
    """Tell whether a document says that it is one."""
    return _ITUNES[1:-1] in rss.nsmap.values()


def channel_problems(channel: Parts) -> Iterator[Fault]:
    """Find what is wrong with what a podcast says of itself."""
    for name in ("image", "category", "explicit"):
        if f"{_ITUNES}{name}" not in channel:
            yield faulty("document-podcast", f"there is no <itunes:{name}>")
    once = [f"{_ITUNES}{name}" for name in ("author", "image", "explicit", "type", "owner")]
    yield from elements.doubled(channel, *once, *(f"{_PODCAST}{name}" for name in ("guid", "locked", "medium")))
    yield from _one_of(channel, f"{_ITUNES}explicit", _EXPLICIT)
    yield from _one_of(channel, f"{_ITUNES}type", PODCAST_KINDS)
    yield from _one_of(channel, f"{_PODCAST}locked", ("yes", "no"))
    yield from _one_of(channel, f"{_PODCAST}medium", MEDIUMS)
    yield from _like(channel, f"{_PODCAST}guid", _UUID, "a UUID")
    yield from _categories(channel)
    yield from clauses.bad_urls(elements.attributes(channel, "href", f"{_ITUNES}image"))
    yield from clauses.bad_urls(elements.attributes(channel, "url", f"{_PODCAST}funding"))
    for owner in channel.all(f"{_ITUNES}owner"):
        yield from clauses.bad_mails(elements.texts(Parts(owner), f"{_ITUNES}email"))
    yield from clauses.bad_mails(elements.attributes(channel, "owner", f"{_PODCAST}locked"))


def item_problems(item: Parts) -> Iterator[Fault]:
    """Find what is wrong with an episode."""
    enclosure = next(iter(item.all("enclosure")), None)
    if enclosure is None:
        yield doubtful("document-podcast", "there is nothing to play: no <enclosure>")
    else:
        extension = _EXTENSION.search(enclosure.get("url", "").rpartition("/")[2])
        if extension is None or extension[1].lower() not in PLAYABLE:
            yield doubtful("document-podcast-format", f'few applications play "{enclosure.get("url", "")[:80]}"')
    once = [f"{_ITUNES}{name}" for name in ("title", "episode", "season", "episodeType", "duration", "explicit")]
    yield from elements.doubled(item, *once, f"{_ITUNES}image")
    yield from elements.doubled(item, *(f"{_PODCAST}{name}" for name in ("season", "episode", "chapters", "license")))
    yield from _one_of(item, f"{_ITUNES}explicit", _EXPLICIT)
    yield from _one_of(item, f"{_ITUNES}episodeType", EPISODE_KINDS)
    yield from _like(item, f"{_ITUNES}duration", _DURATION, "a duration")
    for name in (f"{_ITUNES}episode", f"{_ITUNES}season", f"{_PODCAST}season"):
        yield from _like(item, name, _WHOLE, "a whole number from 1")
    yield from _like(item, f"{_PODCAST}episode", _DECIMAL, "a decimal number")
    files = (f"{_PODCAST}transcript", f"{_PODCAST}chapters")
    yield from clauses.bad_urls(elements.attributes(item, "href", f"{_ITUNES}image"))
    yield from clauses.bad_urls(elements.attributes(item, "url", *files))
    yield from clauses.bad_media_types(elements.attributes(item, "type", *files))
    yield from clauses.bad_urls(elements.given(item, "href", f"{_PODCAST}person"))


def _categories(channel: Parts) -> Iterator[Fault]:
    for outer in channel.all(f"{_ITUNES}category"):
        name = outer.get("text", "")
        if name not in CATEGORIES:
            yield faulty("document-podcast-value", f'"{name}" is no category')
        for inner in elements.attributes(Parts(outer), "text", f"{_ITUNES}category"):
            if inner not in CATEGORIES.get(name, ()):
                yield faulty("document-podcast-value", f'"{inner}" is no category below "{name}"')


def _one_of(parent: Parts, name: str, allowed: tuple[str, ...]) -> Iterator[Fault]:
    for text in elements.texts(parent, name):
        if text not in allowed:
            yield faulty("document-podcast-value", f'"{text}" is none of {", ".join(allowed)}')


def _like(parent: Parts, name: str, pattern: re.Pattern[str], what: str) -> Iterator[Fault]:
    for text in elements.texts(parent, name):
        if not pattern.fullmatch(text):
            yield faulty("document-podcast-value", f'"{text}" is not {what}')
