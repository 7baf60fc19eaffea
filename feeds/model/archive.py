"""The archives of a feed: what its subscription document no longer shows (RFC 5005, section 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from feeds.model.feed import Entry, Feed, History

#: How much of a revision stands in the URL of a closed archive document, in hex digits.
REVISION_DIGITS = 10


class Position(NamedTuple):
    """Where a post is in its feed: positions are compared as documents are ordered, oldest first."""

    published: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The posts of one archive document: those from ``first`` to ``last``, ``posts`` in number.

    Windows are numbered from 1, the oldest.  ``revision`` digests (SHA-256,
    hex) everything that the document is made from, the windows below included.
    A *closed* window gains no post any more when posts are added at the top.
    ``expires`` is the first instant at which one of its posts does.
    ``modified`` is when the window last became another one.
    """

    number: int
    first: Position
    last: Position
    posts: int
    revision: str
    expires: datetime | None
    modified: datetime
    closed: bool = False

    @property
    def short_revision(self) -> str:
        """The part of the revision that URLs show."""
        return self.revision[:REVISION_DIGITS]

    def name(self, feed: str) -> str:
        """Return the name of the document: of a closed one with its revision, so that a name never gets other bytes."""
        return (
            f"{plain_name(feed, self.number)}-{self.short_revision}" if self.closed else plain_name(feed, self.number)
        )


def plain_name(feed: str, number: int) -> str:
    """Return the name that always leads to the current revision of an archive document."""
    return f"{feed}/archive/{number}"


def archive_history(feed: Feed, window: Window, older: Window | None, *, is_newest: bool) -> History:
    """Say where an archive document stands.

    The link to the newer one has no revision: each revision covers the older
    ones, and a circle of them cannot be made.
    """
    return History(
        archive=window.name(feed.name),
        older=older.name(feed.name) if older else "",
        newer="" if is_newest else plain_name(feed.name, window.number + 1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What a subscription document leaves to the archives, however many entries it comes to show.

    ``older`` gives, by the id of each post that it may show, the number of the
    archive document that holds the next older post, 0 where there is none;
    ``newest`` is the number of the one that holds the newest post of all.
    """

    feed: str
    older: Mapping[str, int]
    newest: int

    def history(self, entries: Sequence[Entry]) -> History:
        """Return where a subscription document that shows ``entries``, newest first, stands."""
        # The last entry of a retired feed is no post.
        shown = [entry.post.id for entry in entries if entry.post.id in self.older]
        number = self.older[shown[-1]] if shown else self.newest
        if number:
            return History(older=plain_name(self.feed, number))
        return History(complete=0 < len(shown) == len(self.older))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A post as far as archives need to know it before they are read.

    ``facts`` is everything that its entry is made from, in one spelling;
    ``size`` is that of its file in bytes.
    """

    position: Position
    facts: bytes
    size: int
    expires: datetime | None
