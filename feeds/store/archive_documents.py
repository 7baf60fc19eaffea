"""Archive documents that somebody asked for: what can be made again at any time, kept as long as there is room."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from feeds.model.feed import Format
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import archive_documents as documents


def find(connection: Connection, feed: str, number: int, format: Format) -> tuple[bytes, datetime] | None:
    """Return a kept document, and when its content is from."""
    row = connection.execute(
        select(documents.c.body, documents.c.last_modified).where(
            documents.c.feed == feed, documents.c.number == number, documents.c.format == format.value
        )
    ).first()
    return (row.body, from_seconds(row.last_modified)) if row else None


def forget(connection: Connection, feeds: Iterable[str]) -> None:
    """Drop what is kept of some feeds."""
    connection.execute(delete(documents).where(among(documents.c.feed, feeds)))


def keep(
    connection: Connection, feed: str, number: int, format: Format, body: bytes, modified: datetime, *, room: int
) -> None:
    """Keep a document; those made first give way, so that all together are at most ``room`` bytes."""
    row = {
        "feed": feed,
        "number": number,
        "format": format.value,
        "size": len(body),
        "last_modified": to_seconds(modified),
        "body": body,
    }
    connection.execute(insert(documents).on_conflict_do_nothing(), row)
    taken = 0
    for made, size in connection.execute(select(documents.c.made, documents.c.size).order_by(documents.c.made.desc())):
        taken += size
        if taken > room:
            connection.execute(delete(documents).where(documents.c.made <= made))
            break
