"""Reading a feed that another system made: the one door to feedparser."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from feeds.content.text import plain
from feeds.errors import ForeignFeedError

#: Which links lead to older entries (RFC 5005).
_OLDER = ("prev-archive", "next")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEntry:
    """What readers know of an entry of another system: the id, and by what its post may be found.

    ``links`` are absolute and the best comes first; ``title`` is plain text.
    """

    id: str
    links: tuple[str, ...]
    title: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignFeed:
    """A document of another system: ``home`` is its site, ``older`` the document with what came before."""

    entries: tuple[ForeignEntry, ...]
    home: str = ""
    older: str = ""


def read_feed(body: bytes, url: str) -> ForeignFeed:
    """Read RSS, Atom or JSON Feed, as broken as it may be; relative addresses start at ``url``.

    Raises `ForeignFeedError` for what is no feed at all.
    """
    text = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    return _json(text, url) if text.startswith(b"{") else _xml(body, url)


def _xml(body: bytes, url: str) -> ForeignFeed:
    # As a file: what is not would be taken for an address.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise ForeignFeedError(url, "it is neither RSS nor Atom nor JSON Feed")
    links = {link.get("rel"): link.get("href", "") for link in parsed.feed.get("links", [])}
    older = next((links[rel] for rel in _OLDER if links.get(rel)), "")
    return ForeignFeed(
        entries=tuple(_known(_xml_entry(entry, url) for entry in parsed.entries)),
        home=urljoin(url, parsed.feed.get("link", "")),
        older=urljoin(url, older) if older else "",
    )


def _xml_entry(entry: Mapping[str, Any], url: str) -> ForeignEntry:
    link = entry.get("link", "")
    # Without an id, readers know an entry by its link.
    id = entry.get("id", "") or link
    written = [entry.get("feedburner_origlink", ""), link, id if id.startswith(("http://", "https://")) else ""]
    return ForeignEntry(
        id=id.strip(),
        links=_absolute(written, url),
        title=plain(entry.get("title", "")),
        published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
    )


def _moment(parsed: Any) -> datetime | None:
    try:
        year, month, day, hour, minute, second = parsed[:6] if parsed else (0,) * 6
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None


def _json(text: bytes, url: str) -> ForeignFeed:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ForeignFeedError(url, f"its JSON cannot be read: {error}") from error
    if not isinstance(feed.get("items"), list):
        raise ForeignFeedError(url, 'it is no JSON Feed: it has no "items"')
    older = _text(feed, "next_url")
    items = (item for item in feed["items"] if isinstance(item, dict))
    return ForeignFeed(
        entries=tuple(_known(_json_entry(item, url) for item in items)),
        home=_text(feed, "home_page_url"),
        older=urljoin(url, older) if older else "",
    )


def _json_entry(item: Mapping[str, Any], url: str) -> ForeignEntry:
    id = _text(item, "id") or _text(item, "url")
    return ForeignEntry(
        id=id.strip(),
        links=_absolute([_text(item, "url"), id if id.startswith(("http://", "https://")) else ""], url),
        title=plain(_text(item, "title")),
        published=_iso(_text(item, "date_published")),
    )


def _text(of: Mapping[str, Any], key: str) -> str:
    value = of.get(key)
    return str(value) if isinstance(value, str | int) else ""


def _iso(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _known(entries: Iterable[ForeignEntry]) -> Iterator[ForeignEntry]:
    return (entry for entry in entries if entry.id)


def _absolute(written: Iterable[str], url: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(urljoin(url, link) for link in written if link))
