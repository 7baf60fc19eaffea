"""What a refresh would do to the subscribers of each feed, told by a rehearsal on a copy of the state."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.announcement import Announcement, FeedChange
from feeds.model.publication import Publication
from feeds.services.guard import flood, known_as
from feeds.services.roster import roster
from feeds.store import announcements, artefacts, holds, listings, posts
from feeds.store.database import Database


def compare(live: Database, rehearsed: Database, publication: Publication, *, now: datetime) -> tuple[FeedChange, ...]:
    """Return how each feed of either differs between what is published and what was rehearsed, in the new order.

    A feed that has taken the address of another is compared with that.
    """
    with live.reading() as before, rehearsed.reading() as after:
        feeds, _ = roster(after, publication, now=now)
        known = {feed.name: known_as(before, feed) for feed in feeds}
        comparison = _Comparison(before, after, known, now)
        names = dict.fromkeys([*listings.all_listings(after), *listings.all_listings(before)])
        return tuple(comparison.feed(name) for name in names)


class _Comparison:
    def __init__(self, before: Connection, after: Connection, known: Mapping[str, str], now: datetime) -> None:
        self._before = before
        self._after = after
        self._known = known
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
        old = {entry.id for entry in (*disturbing.reannounced, *disturbing.reidentified)}
        stayed = [(had[entry.id], entry) for entry in has if entry.id in had]
        renamed = {entry.path for entry in disturbing.reidentified}
        return FeedChange(
            feed=name,
            announced=tuple(entry for entry in has if entry.id not in known | old),
            reannounced=disturbing.reannounced,
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
