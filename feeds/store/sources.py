"""Which content files were looked at, and as what they were read."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, Select, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert

from feeds.store import rows
from feeds.store.among import among
from feeds.store.records import Role as Role
from feeds.store.records import SourceRecord, Values
from feeds.store.schema import sources

_ROLES = {role.value: role for role in Role}
_LOOK = (sources.c.path, sources.c.size, sources.c.mtime_ns)
_COLUMNS = (sources.c.path, sources.c.size, sources.c.mtime_ns, sources.c.digest, sources.c.role)

#: How many rows are taken into memory at once.
_AT_ONCE = 1000


def save(connection: Connection, records: Iterable[SourceRecord]) -> None:
    """Remember how files were when they were read."""
    insert_rows(connection, [(r.path, r.size, r.mtime_ns, r.digest, r.role.value) for r in records])


def insert_rows(connection: Connection, looks: Sequence[Values]) -> None:
    """Remember how files were when they were read, as rows of the table say it."""
    statement = insert(sources)
    changed = {name: statement.excluded[name] for name in ("size", "mtime_ns", "digest", "role")}
    rows.write_tuples(connection, statement.on_conflict_do_update(index_elements=["path"], set_=changed), looks)


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Forget files that are gone."""
    connection.execute(delete(sources).where(among(sources.c.path, paths)))


def find(connection: Connection, paths: Iterable[str]) -> dict[str, SourceRecord]:
    """Return what is known of some files, by their path."""
    return _records(connection, select(*_COLUMNS).where(among(sources.c.path, paths)))


def looks(connection: Connection, paths: Iterable[str]) -> list[tuple[str, int, int]]:
    """Return path, size and time of modification of some files, those that are known."""
    return [*_looks(connection, select(*_LOOK).where(among(sources.c.path, paths)))]


def looks_between(connection: Connection, after: str, last: str | None) -> Iterator[tuple[str, int, int]]:
    """Yield the `looks` of all known files behind ``after`` up to ``last``, or to the end, in the order of paths."""
    statement = select(*_LOOK).where(sources.c.path > after).order_by(sources.c.path)
    if last is not None:
        statement = statement.where(sources.c.path <= last)
    return _looks(connection, statement)


def _looks(connection: Connection, statement: Select[str, int, int]) -> Iterator[tuple[str, int, int]]:
    for some in connection.execute(statement).partitions(_AT_ONCE):
        yield from some


def total(connection: Connection) -> int:
    """Return how many files are known."""
    return int(connection.execute(select(func.count()).select_from(sources)).scalar_one())


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
