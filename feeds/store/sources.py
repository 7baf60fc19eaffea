"""Which content files were looked at, and as what they were read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from feeds.store import rows
from feeds.store.among import among
from feeds.store.schema import sources


class Role(StrEnum):
    """What a content file turned out to be.

    A *waiting* file cannot be published as it stands; if it could be once, its
    last good version still is.  A *duplicate* waits for another post
    to give up its id, or to go: it is a copy of it.
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
    return {row.path: _to_record(row) for row in connection.execute(select(sources))}


def save(connection: Connection, records: Iterable[SourceRecord]) -> None:
    """Remember how files were when they were read."""
    looks = [
        {"path": r.path, "size": r.size, "mtime_ns": r.mtime_ns, "digest": r.digest, "role": r.role.value}
        for r in records
    ]
    statement = insert(sources)
    changed = {name: statement.excluded[name] for name in ("size", "mtime_ns", "digest", "role")}
    rows.write(connection, statement.on_conflict_do_update(index_elements=["path"], set_=changed), looks)


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Forget files that are gone."""
    connection.execute(delete(sources).where(among(sources.c.path, paths)))


def find(connection: Connection, paths: Iterable[str]) -> dict[str, SourceRecord]:
    """Return what is known of some files, by their path."""
    found = connection.execute(select(sources).where(among(sources.c.path, paths)))
    return {row.path: _to_record(row) for row in found}


def has_below(connection: Connection, folder: str) -> bool:
    """Tell whether any file is known below a folder."""
    # "0" is the character after "/".
    below = sources.c.path.between(f"{folder}/", f"{folder}0")
    return connection.execute(select(sources.c.path).where(below).limit(1)).first() is not None


def of_role(connection: Connection, role: Role) -> list[str]:
    """Return the paths of all files that turned out to be this, in order."""
    statement = select(sources.c.path).where(sources.c.role == role.value).order_by(sources.c.path)
    return list(connection.execute(statement).scalars())


def _to_record(row: Row[Any]) -> SourceRecord:
    return SourceRecord(row.path, row.size, row.mtime_ns, row.digest, Role(row.role))
