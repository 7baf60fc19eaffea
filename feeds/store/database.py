"""The door to the database: connections, transactions, the schema's version."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from feeds.errors import StoreError
from feeds.store.probe import FILE_NAME, probe

#: The revision that this code works with: the newest under ``migrations/versions``.
REVISION = "0007"


#: How long to wait for others who use the file, in seconds.
_PATIENCE = 10


class Database:
    """Transactions on the state; every failure is a `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the state."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"The state could not be read: {_reason(error)}") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes appear all at once, or not at all."""
        try:
            with self._engine.connect() as connection:
                connection = connection.execution_options(begin="BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"The state could not be written: {_reason(error)}") from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_database(directory: Path) -> Database:
    """Open the state in ``directory``, made and brought to the current schema where needed.

    Raises `StoreError` with what to do when that cannot be.
    """
    probe(directory)
    try:
        engine = _engine(directory / FILE_NAME)
        if _revision(engine) != REVISION:
            with FileLock(directory / "migration.lock", timeout=60):
                _migrate(engine)
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        raise StoreError(
            f"{directory}: the state cannot be opened: {_reason(error)}. "
            "Give the service a directory it may write, with [state] directory."
        ) from error
    return Database(engine)


def copy_database(source: Path, target: Path) -> None:
    """Put a copy of the state in the directory ``source`` into ``target``; nothing, where there is none.

    Raises `StoreError` when it cannot be read.
    """
    file = source / FILE_NAME
    target.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        return
    try:
        with (
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as original,
            closing(sqlite3.connect(target / FILE_NAME)) as copy,
        ):
            original.backup(copy)
    except sqlite3.Error as error:
        raise StoreError(f"{file}: the state cannot be copied: {error}.") from error


def _engine(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": _PATIENCE})

    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html: the driver's own
    # transactions begin too late for a snapshot; these begin when told.
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _revision(engine: Engine) -> str:
    with engine.connect() as connection:
        known = connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")).scalar()
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar()) if known else ""


def _migrate(engine: Engine) -> None:
    # Alembic is slow to import and needed only when the schema changes.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    _keep_a_log(engine)
    with engine.connect() as connection:
        connection = connection.execution_options(begin="BEGIN IMMEDIATE")
        with connection.begin():
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, REVISION)
            except CommandError as error:
                raise StoreError(
                    f"{engine.url.database}: the state was made by another version of feeds ({error}). "
                    "Use that version, or another [state] directory."
                ) from error


def _keep_a_log(engine: Engine) -> None:
    """Switch the file to write-ahead logging, in which it stays.

    That takes the file from everybody else for a moment, and SQLite does not
    wait for them as it does elsewhere.
    """
    patience = time.monotonic() + _PATIENCE
    with closing(engine.raw_connection()) as connection:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > patience:
                    raise
                time.sleep(0.02)
            else:
                return


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().rstrip(".")
