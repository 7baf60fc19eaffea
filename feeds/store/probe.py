"""Finding out whether the state can be kept, before anything heavy is loaded."""

import sqlite3
from contextlib import closing
from pathlib import Path

from feeds.errors import StoreError
from feeds.store.whereabouts import companions

FILE_NAME = "feeds.sqlite3"


def probe(directory: Path) -> None:
    """Make ``directory`` where it is missing, and raise `StoreError` with what to do if no state can be kept there."""
    file = directory / FILE_NAME
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            # What a database that was removed left behind, and what others may still write to, is not for a new one.
            for companion in companions(file):
                companion.unlink(missing_ok=True)
        with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        damaged = not isinstance(error, sqlite3.OperationalError)
        raise StoreError(f"{file}: the state cannot be used: {error}. {_DAMAGED if damaged else _NOT_OURS}") from error
    except OSError as error:
        raise StoreError(f"{directory}: the state cannot be kept here: {error.strerror}. {_NOT_OURS}") from error


def is_unusable(error: StoreError) -> bool:
    """Tell whether the file itself is at fault: damaged, or of another version; not its place, and nobody's lock."""
    cause = getattr(error.__cause__, "orig", error.__cause__)
    return not isinstance(cause, OSError | sqlite3.OperationalError)


_NOT_OURS = "Give the service a directory it may write, with [state] directory."
_DAMAGED = (
    "Put back a copy of it if you have one: the ids of the entries are in it. "
    "If not, move it away: a new one is made from the content."
)
