"""Walking a feed from its subscription document to its first post, as a reader with an archive does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import feedparser

from feeds.model.feed import Format


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a reader finds in one document: addresses, and the ids of the entries."""

    url: str
    ids: tuple[str, ...]
    own: str
    older: str
    newer: str = ""
    current: str = ""
    is_archive: bool = False
    is_complete: bool = False


def page(url: str, body: bytes, format: Format) -> Page:
    if format is Format.JSON:
        feed = json.loads(body)
        ids = tuple(item["id"] for item in feed["items"])
        return Page(url=url, ids=ids, own=feed["feed_url"], older=feed.get("next_url", ""))
    parsed = feedparser.parse(body)
    assert not parsed.bozo, parsed.get("bozo_exception")
    links = {link["rel"]: link["href"] for link in parsed.feed.links}
    return Page(
        url=url,
        ids=tuple(entry.id for entry in parsed.entries),
        own=links["self"],
        older=links.get("prev-archive", ""),
        newer=links.get("next-archive", ""),
        current=links.get("current", ""),
        is_archive="fh_archive" in parsed.feed,
        is_complete="fh_complete" in parsed.feed,
    )


def walk(get: Callable[[str], bytes], start: str, format: Format) -> list[Page]:
    """Follow the links to older documents from the path ``start``; ``get`` answers a path with a body."""
    pages: list[Page] = []
    url = start
    while url:
        assert len(pages) < 2_000, "the walk does not end"
        pages.append(page(url, get(unquote(urlsplit(url).path)), format))
        url = pages[-1].older
    return pages
