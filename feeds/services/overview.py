"""The feeds that are published, and what each of them shows."""

from dataclasses import dataclass
from datetime import datetime

from feeds.model.publication import Publication
from feeds.store import categories, listings, posts
from feeds.store.database import Database
from feeds.syndication.addresses import self_url
from feeds.syndication.derive import derive
from feeds.syndication.names import Spelling, name_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOverview:
    """One published feed: how many of its posts its documents show, when it changed, its absolute URLs."""

    name: str
    title: str
    description: str
    entries: int
    posts: int
    updated: datetime
    urls: tuple[str, ...]


def overview(database: Database, publication: Publication, *, now: datetime) -> tuple[FeedOverview, ...]:
    """Return every published feed, in the operator's order."""
    kinds = {definition.for_each for definition in publication.definitions if definition.for_each}
    with database.reading() as connection:
        shown = listings.all_listings(connection)
        counts = posts.term_counts(connection, kinds, now=now)
        pages = categories.all_pages(connection)
        terms, _ = name_terms(Spelling(term=count.term, posts=count.posts) for count in counts)
        feeds = [f for f in derive(publication.definitions, publication.site, terms, pages) if f.name in shown]
        return tuple(
            FeedOverview(
                name=feed.name,
                title=feed.title,
                description=feed.description,
                entries=shown[feed.name].entries,
                posts=posts.count(connection, feed.selection, now=now),
                updated=shown[feed.name].updated,
                urls=tuple(self_url(publication.site, feed, format) for format in feed.formats),
            )
            for feed in feeds
        )
