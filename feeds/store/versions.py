"""What the latest versions of documents held, for readers that have one of them."""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from feeds.store.among import among
from feeds.store.schema import versions

#: How many versions of a document are known at a time: those of some hours, where it changes every few minutes.
MOST = 24


def remember(connection: Connection, path: str, body: bytes, entries: bytes) -> None:
    """Remember what the entries of a document are known by; of many versions the first are forgotten."""
    row = {"path": path, "etag": sha256(body).hexdigest()[:20], "entries": entries}
    connection.execute(insert(versions).on_conflict_do_nothing(), row)
    latest = select(versions.c.number).where(versions.c.path == path).order_by(versions.c.number.desc()).limit(MOST)
    connection.execute(delete(versions).where(versions.c.path == path, versions.c.number.not_in(latest)))


def find(connection: Connection, path: str, etags: Iterable[str]) -> dict[str, bytes]:
    """Return what is remembered of some versions, the latest first."""
    statement = (
        select(versions.c.etag, versions.c.entries)
        .where(versions.c.path == path, among(versions.c.etag, etags))
        .order_by(versions.c.number.desc())
    )
    return {row.etag: row.entries for row in connection.execute(statement)}


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Forget documents that are no more."""
    connection.execute(delete(versions).where(among(versions.c.path, paths)))
