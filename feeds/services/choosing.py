"""What the documents of a feed are made of: its newest posts with their bodies, and what is around them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from feeds.model.feed import Entry, Feed, Tombstone
from feeds.model.post import Post
from feeds.services.archiving import EVER, NEVER_YET, Archiving, Layout
from feeds.services.bodies import Bodies, Missing
from feeds.services.making import FeedToMake
from feeds.services.reading import Reading
from feeds.services.working import Progress, quietly
from feeds.store import holds, posts, tombstones
from feeds.store.bodies import StoredBody
from feeds.store.database import Database
from feeds.syndication.entries import entry
from feeds.syndication.farewell import farewell


class Choosing:
    """Gathers the ingredients of documents from the catalogue."""

    def __init__(self, database: Database, reading: Reading, bodies: Bodies, archiving: Archiving) -> None:
        self._database = database
        self._site = reading.publication.site
        self._bodies = bodies
        self._archiving = archiving

    def choose(self, feeds: Iterable[Feed], now: datetime) -> dict[str, list[Post]]:
        """Return the posts that the documents of each feed may show, newest first, by its name."""
        with self._database.reading() as connection:
            return {feed.name: posts.newest(connection, feed.selection, now=now, limit=feed.entries) for feed in feeds}

    def lay_out(
        self,
        feeds: Iterable[Feed],
        chosen: Mapping[str, Sequence[Post]],
        since: Mapping[str, datetime],
        now: datetime,
        progress: Progress = quietly,
    ) -> dict[str, Layout]:
        """Lay out the archives below the ``chosen`` posts; no post published before ``since`` has changed."""
        archived = [feed for feed in feeds if feed.archives]
        layouts: dict[str, Layout] = {}
        with self._database.reading() as connection:
            held = holds.all_holds(connection)
            for done, feed in enumerate(archived, start=1):
                # What changed while a feed was held is not remembered.
                oldest = EVER if feed.name in held else since.get(feed.name, NEVER_YET)
                layouts[feed.name] = self._archiving.lay_out(connection, feed, chosen[feed.name], since=oldest, now=now)
                progress("Laying out archives", done, len(archived))
        return layouts

    def piece(
        self, feed: Feed, shown: Sequence[Post], missing: Missing, layout: Layout | None, now: datetime
    ) -> FeedToMake:
        """Return what the documents of ``feed`` at ``now`` are made of; all but the ``missing`` have their bodies."""
        found = self._bodies.find(shown)
        entries = [
            self._entry(feed, post, found[str(post.path)]) for post in shown if str(post.path) not in missing.broken
        ]
        last = farewell(feed, self._site, now=now)
        return FeedToMake(
            site=self._site,
            feed=feed,
            entries=(*entries, last) if last else tuple(entries),
            backlog=layout.backlog if layout else None,
            tombstones=self._tombstones(feed),
        )

    def _tombstones(self, feed: Feed) -> tuple[Tombstone, ...]:
        if not feed.tombstones:
            return ()
        with self._database.reading() as connection:
            return tombstones.newest(connection, feed.name)

    def _entry(self, feed: Feed, post: Post, body: StoredBody) -> Entry:
        markdown = body.markdown or ""
        return entry(feed, self._site, post, html=body.html, excerpt=body.excerpt, markdown=markdown)
