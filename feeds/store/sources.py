"""Which content files were looked at, and as what they were read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from feeds.store.chunks import chunks
from feeds.store.schema import sources


class Role(StrEnum):
    """What a content file turned out to be.

    A *waiting* file cannot be published as it stands; if it could be once, its
    last good version still is.  A *duplicate* waits for the id of another post.
    """

    POST = "post"
    CATEGORY = "category"
    WAITING = "waiting"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One content file as it was when it was last read."""

    path: str
    size: int
    mtime_ns: int
    digest: str
    role: Role


def all_sources(connection: Connection) -> dict[str, SourceRecord]:
    """Return every known file by its path."""
    rows = connection.execute(select(sources))
    return {row.path: SourceRecord(row.path, row.size, row.mtime_ns, row.digest, Role(row.role)) for row in rows}


def save(connection: Connection, records: Iterable[SourceRecord]) -> None:
    """Remember how files were when they were read."""
    rows = [
        {"path": r.path, "size": r.size, "mtime_ns": r.mtime_ns, "digest": r.digest, "role": r.role.value}
        for r in records
    ]
    if rows:
        statement = insert(sources)
        changed = {name: statement.excluded[name] for name in ("size", "mtime_ns", "digest", "role")}
        connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=changed), rows)


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Forget files that are gone."""
    for chunk in chunks(paths):
        connection.execute(delete(sources).where(sources.c.path.in_(chunk)))


def find(connection: Connection, path: str) -> SourceRecord | None:
    """Return what is known of one file."""
    row = connection.execute(select(sources).where(sources.c.path == path)).first()
    return SourceRecord(row.path, row.size, row.mtime_ns, row.digest, Role(row.role)) if row else None
