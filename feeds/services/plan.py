"""What a refresh would do to the subscribers of each feed, told by a rehearsal on a copy of the state."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.announcement import Announcement, FeedChange
from feeds.services.guard import flood
from feeds.store import announcements, artefacts, holds, listings, posts
from feeds.store.database import Database


def compare(live: Database, rehearsed: Database, *, now: datetime) -> tuple[FeedChange, ...]:
    """Return how each feed of either differs between what is published and what was rehearsed, in the new order."""
    with live.reading() as before, rehearsed.reading() as after:
        comparison = _Comparison(before, after, now)
        names = dict.fromkeys([*listings.all_listings(after), *listings.all_listings(before)])
        return tuple(comparison.feed(name) for name in names)


class _Comparison:
    def __init__(self, before: Connection, after: Connection, now: datetime) -> None:
        self._before = before
        self._after = after
        self._now = now
        self._bytes_before = artefacts.sizes(before)
        self._bytes_after = artefacts.sizes(after)
        self._held = holds.all_holds(before)

    def feed(self, name: str) -> FeedChange:
        had = {entry.id: entry for entry in announcements.shown(self._before, name)}
        has = announcements.shown(self._after, name)
        known = announcements.known(self._before, name, (entry.id for entry in has))
        disturbing = flood(self._before, name, has)
        old = {entry.id for entry in (*disturbing.reannounced, *disturbing.reidentified)}
        stayed = [(had[entry.id], entry) for entry in has if entry.id in had]
        renamed = {entry.path for entry in disturbing.reidentified}
        return FeedChange(
            feed=name,
            announced=tuple(entry for entry in has if entry.id not in known | old),
            reannounced=disturbing.reannounced,
            updated=tuple(new for earlier, new in stayed if new.updated != earlier.updated),
            rewritten=tuple(
                new
                for earlier, new in stayed
                if new.updated == earlier.updated and new.fingerprint != earlier.fingerprint
            ),
            removed=self._removed(entry for entry in had.values() if entry.path not in renamed),
            reidentified=disturbing.reidentified,
            before=self._bytes_before.get(name, {}),
            after=self._bytes_after.get(name, {}),
            held=name in self._held,
        )

    def _removed(self, had: Iterable[Announcement]) -> tuple[Announcement, ...]:
        """Return what is published no more; what has only become too old for the document is not gone."""
        entries = list(had)
        visible = posts.visible_ids(self._after, (entry.id for entry in entries), now=self._now)
        return tuple(entry for entry in entries if entry.id not in visible)
