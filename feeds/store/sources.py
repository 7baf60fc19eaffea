"""Which content files were looked at, and as what they were read."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, Select, delete, select, text
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


class SourceRecord(NamedTuple):
    """One content file as it was when it was last read: a tuple, for there are as many as files at every look."""

    path: str
    size: int
    mtime_ns: int
    digest: str
    role: Role


_ROLES = {role.value: role for role in Role}
_COLUMNS = (sources.c.path, sources.c.size, sources.c.mtime_ns, sources.c.digest, sources.c.role)


def all_sources(connection: Connection) -> dict[str, SourceRecord]:
    """Return every known file by its path."""
    return _records(connection, select(*_COLUMNS))


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
    return _records(connection, select(*_COLUMNS).where(among(sources.c.path, paths)))


def has_below(connection: Connection, folder: str) -> bool:
    """Tell whether any file is known below a folder."""
    # "0" is the character after "/".
    below = sources.c.path.between(f"{folder}/", f"{folder}0")
    return connection.execute(select(sources.c.path).where(below).limit(1)).first() is not None


def of_role(connection: Connection, role: Role) -> list[str]:
    """Return the paths of all files that turned out to be this, in order."""
    statement = select(sources.c.path).where(sources.c.role == role.value).order_by(sources.c.path)
    if role in {Role.WAITING, Role.DUPLICATE}:
        # Written as the index has it, for it to be used.
        statement = statement.where(text("role IN ('waiting', 'duplicate')"))
    return list(connection.execute(statement).scalars())


def _records(connection: Connection, statement: Select[str, int, int, str, str]) -> dict[str, SourceRecord]:
    return {
        path: SourceRecord(path, size, mtime_ns, digest, _ROLES[role])
        for path, size, mtime_ns, digest, role in connection.execute(statement).all()
    }
