"""The feeds that are published, and what each of them shows."""

from dataclasses import dataclass
from datetime import datetime

from feeds.model.publication import Publication
from feeds.services.roster import roster
from feeds.store import holds, listings, posts
from feeds.store.database import Database
from feeds.syndication.addresses import self_url


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOverview:
    """One published feed: how many of its posts its documents show, when it changed, its absolute URLs.

    One that is ``held`` would announce so many old entries anew.
    """

    name: str
    title: str
    description: str
    entries: int
    posts: int
    updated: datetime
    urls: tuple[str, ...]
    held: int = 0


def overview(database: Database, publication: Publication, *, now: datetime) -> tuple[FeedOverview, ...]:
    """Return every published feed, in the operator's order."""
    with database.reading() as connection:
        shown = listings.all_listings(connection)
        held = holds.all_holds(connection)
        feeds, _ = roster(connection, publication, now=now)
        return tuple(
            FeedOverview(
                name=feed.name,
                title=feed.title,
                description=feed.description,
                entries=shown[feed.name].entries,
                posts=posts.count(connection, feed.selection, now=now),
                updated=shown[feed.name].updated,
                urls=tuple(self_url(publication.site, feed, format) for format in feed.formats),
                held=held[feed.name].entries if feed.name in held else 0,
            )
            for feed in feeds
            if feed.name in shown
        )
