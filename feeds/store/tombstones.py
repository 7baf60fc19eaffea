"""What is left, in a feed, of posts that readers saw and shall see no more (RFC 6721)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from feeds.model.feed import Tombstone
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.posts import visible
from feeds.store.schema import posts, tombstones

#: How many a feed keeps: the newest.
MOST = 50


def add(connection: Connection, gone: Iterable[tuple[str, str]], *, now: datetime) -> None:
    """Set a tombstone for each feed and id, unless it has one."""
    rows = [{"feed": feed, "id": id, "gone_at": to_seconds(now)} for feed, id in sorted(set(gone))]
    if rows:
        connection.execute(insert(tombstones).on_conflict_do_nothing(), rows)


def settle(connection: Connection, *, now: datetime) -> None:
    """Drop the tombstones of posts that are visible again, and the oldest where a feed has too many."""
    back = select(posts.c.id).where(posts.c.id == tombstones.c.id, visible(now)).exists()
    connection.execute(delete(tombstones).where(back))
    crowded = select(tombstones.c.feed).group_by(tombstones.c.feed).having(func.count() > MOST)
    for feed in connection.execute(crowded).scalars().all():
        oldest = [tombstone.id for tombstone in _of(connection, feed)[MOST:]]
        connection.execute(delete(tombstones).where(tombstones.c.feed == feed, among(tombstones.c.id, oldest)))


def newest(connection: Connection, feed: str) -> tuple[Tombstone, ...]:
    """Return the tombstones of a feed, newest first, ties by id."""
    return tuple(_of(connection, feed)[:MOST])


def forget(connection: Connection, feeds: Iterable[str]) -> None:
    """Drop every tombstone of feeds that are no more."""
    connection.execute(delete(tombstones).where(among(tombstones.c.feed, feeds)))


def _of(connection: Connection, feed: str) -> list[Tombstone]:
    order = (tombstones.c.gone_at.desc(), tombstones.c.id)
    rows = connection.execute(select(tombstones).where(tombstones.c.feed == feed).order_by(*order))
    return [Tombstone(id=row.id, when=from_seconds(row.gone_at)) for row in rows]
