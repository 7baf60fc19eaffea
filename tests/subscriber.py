"""A feed reader: it knows entries by their ids alone, keeps all it has seen, and notes what should not be."""

import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from life import Piece, newest_first, number_in

_ATOM = "{http://www.w3.org/2005/Atom}"

#: Every way to disappoint a subscriber, and what it means.
LAWS = {
    "twice": "an entry came again under another id, or twice in one document",
    "mistaken": "an id came to stand for another post",
    "early": "an entry was shown before its time",
    "late": "an entry was shown after it expired, was hidden or deleted",
    "missed": "an entry was missing that should have been there",
    "moved": "`updated` moved without meaning",
    "silent": "an edit with meaning did not move `updated`",
    "tied": "two entries of a document share `updated`",
}


_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An entry as the subscriber keeps it, and how far its post's edits had come by then."""

    number: int
    updated: datetime | None
    excuses: int
    edits: int


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a document says: ids with numbers of posts and ``updated`` (RSS has none), and where older ones are."""

    entries: tuple[tuple[str, int, datetime | None], ...]
    older: str


@dataclass(kw_only=True)
class Subscriber:
    """One reader of one feed in one format.

    ``walks`` says that it follows links to archive documents to their end.
    """

    feed: str
    format: str
    every: float
    walks: bool = False
    since: datetime = _EVER
    polls: int = 0
    known: dict[str, Seen] = field(default_factory=dict)
    breaches: list[tuple[str, str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/feeds/{self.feed}.{self.format}"

    @property
    def name(self) -> str:
        return f"{self.path}{' with archives' if self.walks else ''}, every {self.every:g} h"

    def counts(self) -> Mapping[str, int]:
        found = Counter(kind for kind, _ in self.breaches)
        return {law: found[law] for law in LAWS}

    def forget(self, number: int) -> None:
        """Let a post come again: its id could not be kept, as the rules say."""
        self.known = {id: seen for id, seen in self.known.items() if seen.number != number}

    def poll(
        self, get: Callable[[str], bytes], pieces: Mapping[int, Piece], now: datetime, *, window: int | None
    ) -> None:
        """Read the feed; ``window`` is how many entries it should show, None where its operator holds it back."""
        self.polls += 1
        document = read(get(self.path), self.format)
        entries = list(document.entries)
        times = [updated for _, _, updated in document.entries if updated]
        if len(set(times)) < len(times):
            self._note("tied", now, str(Counter(times).most_common(1)))
        while self.walks and document.older:
            document = read(get(unquote(urlsplit(document.older).path)), self.format)
            entries.extend(document.entries)
        for id, number, updated in entries:
            self._learn(id, pieces[number], updated, now)
        numbers = [number for _, number, _ in entries]
        if len(set(numbers)) < len(numbers):
            self._note("twice", now, f"in one reading: {Counter(numbers).most_common(3)}")
        if window is not None:
            self._compare(set(numbers), pieces, now, len(pieces) if self.walks else window)

    def _learn(self, id: str, piece: Piece, updated: datetime | None, now: datetime) -> None:
        if not piece.is_visible(now):
            kind = "early" if now < piece.visible_from else "late"
            self._note(kind, now, f"{piece.title} ({id})")
        seen = self.known.get(id)
        if seen is None:
            others = [other for other, known in self.known.items() if known.number == piece.number]
            if others:
                self._note("twice", now, f"{piece.title}: {id} after {others}")
        elif seen.number != piece.number:
            self._note("mistaken", now, f"{id} was of p{seen.number}x and is of p{piece.number}x")
        elif seen.updated != updated and seen.excuses == piece.excuses:
            self._note("moved", now, f"{piece.title}: from {seen.updated} to {updated}")
        elif updated and seen.updated == updated and seen.edits != piece.edits:
            self._note("silent", now, f"{piece.title}: still {updated}")
        self.known[id] = Seen(number=piece.number, updated=updated, excuses=piece.excuses, edits=piece.edits)

    def _compare(self, numbers: set[int], pieces: Mapping[int, Piece], now: datetime, window: int) -> None:
        for number in sorted(expected(self.feed, pieces, now, window) - numbers):
            self._note("missed", now, pieces[number].title)

    def _note(self, kind: str, now: datetime, what: str) -> None:
        self.breaches.append((kind, f"{self.name} at {now:%Y-%m-%d %H:%M:%S}: {what}"))


def expected(feed: str, pieces: Mapping[int, Piece], now: datetime, window: int) -> set[int]:
    """Return the posts that must be in the ``window`` newest of a feed.

    Where the last places are contested by posts of one second, none of these must.
    """
    _, _, category = feed.partition("/")
    visible = newest_first(
        piece for piece in pieces.values() if piece.is_visible(now) and (not category or category in piece.slugs())
    )
    if len(visible) <= window:
        return {piece.number for piece in visible}
    horizon = visible[window].published
    return {piece.number for piece in visible[:window] if piece.published > horizon}


@lru_cache(maxsize=128)
def read(body: bytes, format: str) -> Document:
    """Read a document as its format has it, with nothing of the service's own code."""
    match format:
        case "json":
            feed = json.loads(body)
            items = (
                (item["id"], number_in(item["title"]), _moment(item.get("date_modified", item["date_published"])))
                for item in feed["items"]
            )
            return Document(entries=tuple(items), older=feed.get("next_url", ""))
        case "atom":
            root = ET.fromstring(body)
            found = (
                (_text(entry, "id"), number_in(_text(entry, "title")), _moment(_text(entry, "updated")))
                for entry in root.iterfind(f"{_ATOM}entry")
            )
            return Document(entries=tuple(found), older=_older(root))
        case _:
            (channel,) = ET.fromstring(body)
            undated = (
                (item.findtext("guid", ""), number_in(item.findtext("title", "")), None)
                for item in channel.iterfind("item")
            )
            return Document(entries=tuple(undated), older=_older(channel))


def _older(element: ET.Element) -> str:
    links: Sequence[str] = [
        link.get("href", "") for link in element.iterfind(f"{_ATOM}link") if link.get("rel") == "prev-archive"
    ]
    return links[0] if links else ""


def _text(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{_ATOM}{name}", "")


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)
