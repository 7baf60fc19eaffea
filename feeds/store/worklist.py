"""What a pass has to look at, however much that is: on disk beside memory, and gone with the pass."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from feeds.errors import StoreError

_TABLES = """
PRAGMA journal_mode=OFF;
PRAGMA cache_size=-4000;
CREATE TABLE here (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, first_seen INTEGER) WITHOUT ROWID;
CREATE TABLE gone (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""

#: How many rows are taken into memory at once.
_AT_ONCE = 1000


class Sighting(NamedTuple):
    """A file that is to be read, as it was seen; ``first_seen`` in seconds, None for one that the ledger has not."""

    path: str
    size: int
    mtime_ns: int
    first_seen: int | None = None


class Worklist:
    """The files that a pass has to read, and those that are gone, each in the order of paths."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, some: Iterable[Sighting]) -> None:
        """Put files on the list, in place of what it says of them."""
        self._connection.executemany("INSERT OR REPLACE INTO here VALUES (?, ?, ?, ?)", some)

    def lose(self, paths: Iterable[str]) -> None:
        """Put paths on the list whose files are gone."""
        self._connection.executemany("INSERT OR IGNORE INTO gone VALUES (?)", ((path,) for path in paths))

    def to_read(self) -> Iterator[Sighting]:
        """Yield the files that are to be read."""
        for row in self._all("here"):
            yield Sighting(*row)

    def vanished(self) -> Iterator[str]:
        """Yield the paths whose files are gone."""
        return (path for (path,) in self._all("gone"))

    def sighting(self, path: str) -> Sighting | None:
        """Return how a file is that is to be read, None for any other."""
        row = self._connection.execute("SELECT * FROM here WHERE path = ?", (path,)).fetchone()
        return Sighting(*row) if row else None

    def has_vanished(self, path: str) -> bool:
        """Tell whether the file at ``path`` is gone."""
        return self._connection.execute("SELECT 1 FROM gone WHERE path = ?", (path,)).fetchone() is not None

    @property
    def reads(self) -> int:
        """How many files are to be read."""
        return self._count("here")

    @property
    def losses(self) -> int:
        """How many files are gone."""
        return self._count("gone")

    def _count(self, table: str) -> int:
        return int(self._connection.execute(_COUNT[table]).fetchone()[0])

    def _all(self, table: str) -> Iterator[tuple[Any, ...]]:
        last = ""
        while some := self._connection.execute(_PORTION[table], (last, _AT_ONCE)).fetchall():
            yield from some
            last = some[-1][0]


_COUNT = {"here": "SELECT count(*) FROM here", "gone": "SELECT count(*) FROM gone"}
_PORTION = {
    "here": "SELECT * FROM here WHERE path > ? ORDER BY path LIMIT ?",
    "gone": "SELECT * FROM gone WHERE path > ? ORDER BY path LIMIT ?",
}


@contextmanager
def worklist() -> Iterator[Worklist]:
    """Give an empty list, in a file that has no name once it does not fit into memory; raises `StoreError`."""
    connection = sqlite3.connect("", isolation_level=None)
    try:
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        yield Worklist(connection)
    except sqlite3.Error as error:
        raise StoreError(f"The list of what there is to do could not be written: {error}.") from error
    finally:
        connection.close()
