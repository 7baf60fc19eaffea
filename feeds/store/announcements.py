"""What subscribers of each feed have been told: the entries that its documents show, or once showed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.model.announcement import Announcement
from feeds.store import rows
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import announcements


def known(connection: Connection, feed: str, ids: Iterable[str]) -> set[str]:
    """Return those of ``ids`` that the feed's documents show or once showed."""
    statement = select(announcements.c.id).where(announcements.c.feed == feed, among(announcements.c.id, ids))
    return set(connection.execute(statement).scalars())


def shown(connection: Connection, feed: str) -> list[Announcement]:
    """Return what the feed's documents show, newest first."""
    statement = (
        select(announcements)
        .where(announcements.c.feed == feed, announcements.c.shown.is_(True))
        .order_by(announcements.c.published.desc(), announcements.c.id.desc())
    )
    return [_to_announcement(row) for row in connection.execute(statement)]


def replace(connection: Connection, told: Mapping[str, Sequence[Announcement]]) -> None:
    """Remember what the documents of some feeds show now, by the name of the feed."""
    connection.execute(
        update(announcements)
        .where(among(announcements.c.feed, told), announcements.c.shown.is_(True))
        .values(shown=False)
    )
    statement = insert(announcements)
    names = ("path", "title", "published", "updated", "fingerprint", "shown")
    changes = {name: statement.excluded[name] for name in names}
    everything = [_to_row(feed, entry) for feed, entries in told.items() for entry in entries]
    rows.write(connection, statement.on_conflict_do_update(index_elements=["feed", "id"], set_=changes), everything)


def forget(connection: Connection, feeds: Iterable[str]) -> None:
    """Forget feeds that are no more."""
    connection.execute(delete(announcements).where(among(announcements.c.feed, feeds)))


def _to_row(feed: str, entry: Announcement) -> dict[str, Any]:
    return {
        "feed": feed,
        "id": entry.id,
        "path": entry.path,
        "title": entry.title,
        "published": to_seconds(entry.published),
        "updated": to_seconds(entry.updated),
        "fingerprint": entry.fingerprint,
        "shown": True,
    }


def _to_announcement(row: Row[Any]) -> Announcement:
    return Announcement(
        id=row.id,
        path=row.path,
        title=row.title,
        published=from_seconds(row.published),
        updated=from_seconds(row.updated),
        fingerprint=row.fingerprint,
    )
