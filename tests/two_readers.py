"""What two readers that are not ours make of a feed: feedparser, and ``reader`` with a storage of its own."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from time import struct_time
from typing import Any

import feedparser
import feedparser_sgmllib
import html5lib

# The feedparser that ``reader`` carries asks for it by its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

import reader  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An entry as a reader has it; ``html`` is a tree in one spelling, ``updated`` None where the format has none."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime | None
    authors: tuple[str, ...]
    summary: str
    html: str
    picture: str


def by_feedparser(url: str) -> dict[str, Reading]:
    """Fetch and parse RSS or Atom; the order is that of the document."""
    found = feedparser.parse(url)
    assert not found.bozo, found.get("bozo_exception")
    is_rss = found.version == "rss20"
    return {entry.id: _parsed(entry, is_rss=is_rss) for entry in found.entries}


def _parsed(entry: Any, *, is_rss: bool) -> Reading:
    (content,) = entry.get("content") or [{"value": ""}]
    pictures = entry.get("media_content") or [{"url": ""}]
    return Reading(
        id=entry.id,
        title=entry.title,
        link=entry.link,
        published=_moment(entry.published_parsed),
        updated=None if is_rss else _moment(entry.updated_parsed),
        authors=tuple(author.name for author in entry.get("authors") or () if author),
        # A description is HTML (RSS 2.0), an Atom summary of type text is not.
        summary=unescape(entry.summary) if is_rss else entry.summary,
        html=tree(content["value"]),
        picture=pictures[0]["url"],
    )


class SecondReader:
    """The library ``reader``, subscribed to some feeds."""

    def __init__(self, *urls: str) -> None:
        self._reader = reader.make_reader(":memory:")
        for url in urls:
            self._reader.add_feed(url)

    def update(self) -> dict[str, reader.UpdatedFeed | None]:
        """Poll every feed; return what came of each by its URL, None where it was as before (304)."""
        found: dict[str, reader.UpdatedFeed | None] = {}
        for result in self._reader.update_feeds_iter(scheduled=False):
            assert not isinstance(result.value, Exception), result
            found[result.url] = result.value
        return found

    def entries(self, url: str) -> dict[str, Reading]:
        return {entry.id: self._read(entry) for entry in self._reader.get_entries(feed=url)}

    def _read(self, entry: reader.Entry) -> Reading:
        assert entry.published
        html = next((content.value for content in entry.content if content.type == "text/html"), "")
        return Reading(
            id=entry.id,
            title=entry.title or "",
            link=entry.link or "",
            published=entry.published,
            updated=entry.updated,
            authors=tuple(author.name or "" for author in entry.authors),
            summary=unescape(entry.summary or "") if entry.feed_url.endswith(".rss") else entry.summary or "",
            html=tree(html),
            picture="",
        )

    def close(self) -> None:
        self._reader.close()


def tree(html: str) -> str:
    """Return HTML as browsers understand it, in one spelling."""
    return "".join(_nodes(html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)))


def _nodes(element: Any) -> Iterator[str]:
    attributes = " ".join(f"{key}={value!r}" for key, value in sorted(element.attrib.items()))
    yield f"<{element.tag} {attributes}>{element.text or ''}"
    for child in element:
        yield from _nodes(child)
        yield child.tail or ""
    yield "</>"


def _moment(parsed: struct_time) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)
