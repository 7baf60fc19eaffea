"""Every feed that subscribers may have, and what they get of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from feeds.model.artefact import Gone
from feeds.model.feed import Feed
from feeds.model.publication import Publication
from feeds.services.roster import Roster, whole_roster
from feeds.store import artefacts, endings, holds, listings, posts
from feeds.store.database import Database
from feeds.syndication.addresses import document_url, self_url
from feeds.syndication.farewell import LINGERS


class Standing(StrEnum):
    """What a feed's addresses answer: documents, documents with a last entry, 301, or 410."""

    PUBLISHED = "published"
    RETIRED = "retired"
    MOVED = "moved"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOverview:
    """One feed: how many of its posts its documents show, when it changed, its absolute URLs.

    One that is ``held`` would announce so many old entries anew.  ``retired``
    is when it has ended, or will; ``ends`` is when its documents go, or went.
    ``moved_to`` is where each of the URLs leads, in their order.  What is not
    published has no entries and no ``updated``.
    """

    name: str
    title: str
    description: str
    standing: Standing
    entries: int
    posts: int
    updated: datetime | None
    urls: tuple[str, ...]
    held: int = 0
    retired: datetime | None = None
    ends: datetime | None = None
    moved_to: tuple[str, ...] = ()


def overview(database: Database, publication: Publication, *, now: datetime) -> tuple[FeedOverview, ...]:
    """Return every feed: the published ones in the operator's order, then what has moved, then what has ended.

    Feeds that are no longer in the config are among the last: their addresses answer 410.
    """
    with database.reading() as connection:
        there = whole_roster(connection, publication, now=now)
        return (
            *_published(connection, publication, there, now),
            *(_elsewhere(publication, feed, Standing.MOVED) for feed in there.moved),
            *(_elsewhere(publication, feed, Standing.ENDED) for feed in there.ended),
            *_taken_out(connection, publication, there),
        )


def _published(
    connection: Connection, publication: Publication, there: Roster, now: datetime
) -> Iterator[FeedOverview]:
    shown = listings.all_listings(connection)
    held = holds.all_holds(connection)
    for feed in there.published:
        if feed.name in shown:
            yield FeedOverview(
                name=feed.name,
                title=feed.title,
                description=feed.description,
                standing=Standing.RETIRED if feed.name in there.retired else Standing.PUBLISHED,
                entries=shown[feed.name].entries,
                posts=posts.count(connection, feed.selection, now=now),
                updated=shown[feed.name].updated,
                urls=_urls(publication, feed),
                held=held[feed.name].entries if feed.name in held else 0,
                retired=feed.retired,
                ends=feed.retired + LINGERS if feed.retired else None,
            )


def _elsewhere(publication: Publication, feed: Feed, standing: Standing) -> FeedOverview:
    moved = standing is Standing.MOVED
    return FeedOverview(
        name=feed.name,
        title=feed.title,
        description=feed.description,
        standing=standing,
        entries=0,
        posts=0,
        updated=None,
        urls=_urls(publication, feed),
        retired=feed.retired,
        ends=feed.retired + LINGERS if feed.retired else None,
        moved_to=tuple(feed.moved_to.replace("{format}", format) for format in feed.formats) if moved else (),
    )


def _taken_out(connection: Connection, publication: Publication, there: Roster) -> Iterator[FeedOverview]:
    """Yield the feeds that were published once and are in the config no more, in the order of their names."""
    known = {feed.name for feed in (*there.published, *there.moved, *there.ended)}
    paths: dict[str, list[str]] = {}
    for path in endings.past(connection):
        name = path.removeprefix("/feeds/").rpartition(".")[0]
        if name not in known and isinstance(artefacts.find(connection, path), Gone):
            paths.setdefault(name, []).append(path)
    for name in sorted(paths):
        yield FeedOverview(
            name=name,
            title="",
            description="",
            standing=Standing.ENDED,
            entries=0,
            posts=0,
            updated=None,
            urls=tuple(document_url(publication.site, path) for path in paths[name]),
        )


def _urls(publication: Publication, feed: Feed) -> tuple[str, ...]:
    return tuple(self_url(publication.site, feed, format) for format in feed.formats)
