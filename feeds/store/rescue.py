"""What becomes of a state that is removed, or replaced, while it is in use."""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from feeds.errors import StoreError
from feeds.store.database import Database
from feeds.store.whereabouts import companions

PUT_BACK = "the state was removed while it was in use: it was put back as it was"
GONE_OVER = "another state was put in the place of the one in use: that is in use from now on"


def rescue(database: Database) -> str:
    """See that the database is the one at its path, and return what had to be done for that; "" for nothing.

    One that was removed is put back, whole, from what this process still has
    open.  Raises `StoreError` where it cannot be done, with what to do.
    """
    if not database.is_displaced:
        return ""
    if database.file.exists():
        database.reopen()
        return GONE_OVER
    try:
        _put_back(database)
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        raise StoreError(
            f"{database.file}: the state was removed while it was in use, and cannot be put back: {error}. "
            "Put it back from a copy if you have one, and start the service again."
        ) from error
    database.reopen()
    return PUT_BACK


def _put_back(database: Database) -> None:
    file: Path = database.file
    file.parent.mkdir(parents=True, exist_ok=True)
    rescued = file.with_suffix(".rescued")
    rescued.unlink(missing_ok=True)
    database.copy(rescued)
    # Those that have the old database open write into these: a new one needs its own.
    for companion in companions(file):
        companion.unlink(missing_ok=True)
    rescued.replace(file)
