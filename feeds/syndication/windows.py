"""Which posts are in which archive document: a pure function of the posts and of how they are presented."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import pairwise

from feeds.model.archive import Brief, Position, Window
from feeds.model.feed import ContentMode, Feed
from feeds.model.site import Site

#: Raised by one when archive documents of the same posts would look otherwise: every one then gets a new URL.
RENDERING = 2

#: What the frame of a document takes about, in bytes.
_FRAME = 2_000

#: What the frame of an entry takes about, and how often each of its facts is written, escapes included.
_ENTRY = 500
_REPEATED = 2.2

#: How many bytes of a document a byte of a content file becomes.
_GROWTH = 1.25


def presentation(site: Site, feed: Feed, composing: str) -> str:
    """Return a digest of all that archive documents of ``feed`` are made with, besides the posts themselves.

    ``composing`` stands for the code that does it.  What the formats are,
    which posts are selected, which old paths lead to the feed, and what is to
    become of it changes no document.
    """
    shown = (
        *(feed.name, feed.title, feed.description, feed.entries, feed.max_bytes, feed.content),
        *(feed.podcast, feed.source_markdown),
    )
    return sha256(repr((composing, site, shown)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Puts posts into windows from the oldest up.

    A window is full at as many posts as a document of ``feed`` shows, or
    before its estimated bytes pass what one may have.  So the posts above
    never change which window a post is in.
    """

    feed: Feed
    presentation: str
    now: datetime

    def fill(self, briefs: Iterable[Brief], below: Window | None) -> Iterator[Window]:
        """Yield, for each post from the oldest up, the window it is in, as if that ended with it.

        ``below`` is the full window below the first of ``briefs``.
        """
        number, seed = (below.number, below.revision) if below else (0, "")
        window: Window | None = None
        digest = sha256()
        room = 0.0
        for brief in briefs:
            cost = self._cost(brief)
            if window is None or window.posts == self.feed.entries or cost > room:
                seed = window.revision if window else seed
                number += 1
                digest = sha256(f"{self.presentation}\n{number}\n{seed}\n".encode())
                window, room = None, self.feed.max_bytes - _FRAME
            digest.update(b"%d\n" % len(brief.facts))
            digest.update(brief.facts)
            room -= cost
            window = Window(
                number=number,
                first=window.first if window else brief.position,
                last=brief.position,
                posts=window.posts + 1 if window else 1,
                revision=digest.hexdigest(),
                expires=_earlier(window.expires if window else None, brief.expires),
                modified=self.now,
            )
            yield window

    def _cost(self, brief: Brief) -> float:
        """Estimate the bytes of an entry: rather too much, for what is too long later shows less than it could."""
        growth = _GROWTH + 1 if self.feed.source_markdown else _GROWTH
        body = growth * brief.size if self.feed.content is ContentMode.FULL else 0
        return _ENTRY + _REPEATED * len(brief.facts) + body


def unaffected(windows: Sequence[Window], feed: Feed, since: datetime) -> Sequence[Window]:
    """Return the windows from the oldest up that no change of posts published at ``since`` or later can reach.

    The newest window may take more posts, and one that is not full by count
    ended where the next post would not fit, and may take that when it changes.
    """
    kept = 0
    for window, above in pairwise(windows):
        full = window.posts == feed.entries or above.first.published < since
        if not full or window.last.published >= since:
            break
        kept += 1
    return windows[:kept]


def with_closed(windows: Sequence[Window], top: Position | None) -> tuple[Window, ...]:
    """Say of each window whether it is closed: the window above begins below ``top``.

    ``top`` is the oldest of as many of the newest posts as the subscription
    document may show, None while there are no more posts than that.
    """
    firsts = [above.first for above in windows[1:]]
    is_closed = [top is not None and first < top for first in firsts] + [False]
    return tuple(
        replace(window, closed=closed) for window, closed in zip(windows, is_closed[: len(windows)], strict=True)
    )


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other
