"""What a refresh would do to the subscribers of each feed, told by a rehearsal on a copy of the state."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.announcement import Announcement, FeedChange
from feeds.model.feed import Feed
from feeds.model.publication import Publication
from feeds.services.guard import flood, known_as
from feeds.services.held import held_feeds
from feeds.services.roster import roster
from feeds.store import announcements, artefacts, holds, listings, posts
from feeds.store.database import Database


def compare(live: Database, rehearsed: Database, publication: Publication, *, now: datetime) -> tuple[FeedChange, ...]:
    """Return how each feed of either differs between what is published and what was rehearsed, in the new order.

    A feed that has taken the address of another is compared with that.
    """
    with live.reading() as before, rehearsed.reading() as after:
        published, _ = roster(after, publication, now=now)
        feeds = {feed.name: feed for feed in (*published, *held_feeds(after, publication, published, now=now))}
        comparison = _Comparison(before, after, feeds, now)
        names = dict.fromkeys([*listings.all_listings(after), *listings.all_listings(before)])
        return tuple(comparison.feed(name) for name in names)


class _Comparison:
    def __init__(self, before: Connection, after: Connection, feeds: Mapping[str, Feed], now: datetime) -> None:
        self._before = before
        self._after = after
        self._known = {name: known_as(before, feed) for name, feed in feeds.items()}
        self._limits = {name: feed.max_new_entries for name, feed in feeds.items()}
        self._now = now
        self._bytes_before = artefacts.sizes(before)
        self._bytes_after = artefacts.sizes(after)
        self._held = holds.all_holds(before)

    def feed(self, name: str) -> FeedChange:
        earlier = self._known.get(name, name)
        had = {entry.id: entry for entry in announcements.shown(self._before, earlier)}
        has = announcements.shown(self._after, name)
        known = announcements.known(self._before, earlier, (entry.id for entry in has))
        disturbing = flood(self._before, earlier, has)
        # What would be held is no trifle, wherever it comes from.
        is_trifle = len(disturbing) <= self._limits.get(name, 0)
        surfaced = _surfaced(had, has, disturbing.reannounced) if is_trifle else ()
        old = {entry.id for entry in (*disturbing.reannounced, *disturbing.reidentified)}
        stayed = [(had[entry.id], entry) for entry in has if entry.id in had]
        renamed = {entry.path for entry in disturbing.reidentified}
        return FeedChange(
            feed=name,
            announced=tuple(entry for entry in has if entry.id not in known | old),
            reannounced=tuple(entry for entry in disturbing.reannounced if entry not in surfaced),
            surfaced=surfaced,
            updated=tuple(new for old_one, new in stayed if new.updated != old_one.updated),
            rewritten=tuple(
                new
                for old_one, new in stayed
                if new.updated == old_one.updated and new.fingerprint != old_one.fingerprint
            ),
            removed=self._removed(entry for entry in had.values() if entry.path not in renamed),
            reidentified=disturbing.reidentified,
            before=self._bytes_before.get(earlier, {}),
            after=self._bytes_after.get(name, {}),
            held=name in self._held,
        )

    def _removed(self, had: Iterable[Announcement]) -> tuple[Announcement, ...]:
        """Return what is published no more; what has only become too old for the document is not gone."""
        entries = list(had)
        visible = posts.visible_ids(self._after, (entry.id for entry in entries), now=self._now)
        return tuple(entry for entry in entries if entry.id not in visible)


def _surfaced(
    had: Mapping[str, Announcement], has: Sequence[Announcement], old: Iterable[Announcement]
) -> tuple[Announcement, ...]:
    """Return those of ``old``, newest first, that fill the places of entries that left: older than all there were.

    They were below the end of the document all the time: readers see them at
    its end, or reach them in the archives before.
    """
    left = len(had.keys() - {entry.id for entry in has})
    end = min(entry.published for entry in had.values()) if had else None
    return tuple(entry for entry in old if end and entry.published <= end)[:left]
