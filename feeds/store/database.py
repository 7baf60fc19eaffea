"""The door to the database: connections, transactions, the schema's version."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from feeds.errors import StoreError
from feeds.store.probe import FILE_NAME, probe
from feeds.store.whereabouts import Whereabouts, inode

#: The revision that this code works with: the newest under ``migrations/versions``.
REVISION = "0009"


#: How many kB of the database each connection keeps in memory: passes read much of it again and again.
_CACHE = 16_000

#: So many pages of the log, of 4 kB each, are moved to their place by whoever commits, if nobody tidied up before.
_LOG = 8_000

#: How long to wait for others who use the file, in seconds.
_PATIENCE = 10


class Database:
    """Transactions on the state; every failure is a `StoreError`.

    Where the file was removed or replaced, it can still be read as it was, but
    nothing is written to what nobody would find again.
    """

    def __init__(self, engine: Engine, file: Path, cache: int) -> None:
        self._engine = engine
        self._cache = cache
        self._whereabouts = Whereabouts.of(file)
        self._going_over = Lock()
        self._numbers = count()
        self._written = 0

        #: Where it is, or was.
        self.file = file

    @property
    def is_displaced(self) -> bool:
        """Whether the file that is open is no longer the one at its path."""
        return self._whereabouts.are_left

    def version(self) -> tuple[int, ...]:
        """Return what is another value as soon as anybody has changed anything; it costs next to nothing."""
        try:
            with closing(self._engine.raw_connection()) as pooled:
                # SQLite counts for each connection by itself, and what others do alone.
                own = pooled.info.setdefault("number", next(self._numbers))
                cursor = pooled.cursor()
                cursor.execute("PRAGMA data_version")
                (version,) = cursor.fetchone() or (0,)
        except (sqlite3.Error, SQLAlchemyError) as error:
            raise StoreError(f"The state could not be read: {_reason(error)}") from error
        return own, version, self._written

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
        """Give a connection whose changes appear all at once, or not at all, and outlast a power failure."""
        with self._changing("FULL") as connection:
            yield connection

    @contextmanager
    def preparing(self) -> Iterator[Connection]:
        """Give the same for what no reader sees: a power failure may undo it until something is written after it.

        Everything goes into one log in its order, which the next `writing`
        has the disk keep up to there: until then nobody need wait for the disk.
        """
        with self._changing("NORMAL") as connection:
            yield connection

    @contextmanager
    def _changing(self, synchronous: str) -> Iterator[Connection]:
        if self.is_displaced:
            raise StoreError(f"The state could not be written: {self.file} was removed, or replaced, while in use.")
        try:
            with self._engine.connect() as connection:
                options = {"begin": "BEGIN IMMEDIATE", "synchronous": synchronous}
                connection = connection.execution_options(**options)
                with connection.begin():
                    yield connection
                self._written += 1
        except SQLAlchemyError as error:
            raise StoreError(f"The state could not be written: {_reason(error)}") from error

    def tidy(self) -> None:
        """Move what the log holds to its place, as far as nobody is in the way: else some commit would have to."""
        try:
            with self._engine.connect() as connection:
                connection = connection.execution_options(begin="")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        except SQLAlchemyError as error:
            raise StoreError(f"The state could not be written: {_reason(error)}") from error

    def copy(self, target: Path) -> None:
        """Write a copy of what is open to a file; raises what sqlite3 and SQLAlchemy raise."""
        with closing(self._engine.raw_connection()) as pooled, closing(sqlite3.connect(target)) as copy:
            original = pooled.driver_connection
            if not isinstance(original, sqlite3.Connection):
                raise TypeError("only a database of SQLite can be copied so")
            original.backup(copy)

    def follow(self, is_ready: Callable[[Connection], bool]) -> bool:
        """Go over to the database that is at the path now, if it is another one and ``is_ready``; tell whether it was.

        One that cannot be used, or is not as this code needs it, is left to
        those who can mend it.
        """
        with self._going_over:
            if not self._whereabouts.are_left or not self.file.exists() or self._whereabouts.log_is_left_behind:
                return False
            engine = _engine(self.file, self._cache)
            try:
                useful = _revision(engine) == REVISION and _asked(engine, is_ready)
            except (sqlite3.Error, SQLAlchemyError):
                useful = False
            if useful:
                engine = self._go_over(engine)
            engine.dispose()
            return useful

    def reopen(self) -> None:
        """Go over to the database that is at the path now, brought to the current schema; raises `StoreError`."""
        with self._going_over:
            if self._whereabouts.log_is_left_behind:
                raise StoreError(
                    f"{self.file} was replaced while the service was using it, and the log of the old one lies beside "
                    "it: together they would be damaged. Stop the service, delete the files beside it that end in "
                    "-wal and -shm, and start again."
                )
            self._go_over(_current(self.file.parent, self._cache)).dispose()

    def _go_over(self, engine: Engine) -> Engine:
        """Use another engine from now on; return the one so far: who still reads with that is not disturbed."""
        before, self._engine = self._engine, engine
        self._whereabouts = Whereabouts.of(self.file)
        return before

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_database(directory: Path, *, cache: int = _CACHE) -> Database:
    """Open the state in ``directory``, made and brought to the current schema where needed.

    Each connection keeps up to ``cache`` kB of it in memory.
    Raises `StoreError` with what to do when that cannot be.
    """
    return Database(_current(directory, cache), directory / FILE_NAME, cache)


def _current(directory: Path, cache: int) -> Engine:
    probe(directory)
    try:
        engine = _engine(directory / FILE_NAME, cache)
        if _revision(engine) != REVISION:
            with FileLock(directory / "migration.lock", timeout=60):
                _migrate(engine)
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        raise StoreError(
            f"{directory}: the state cannot be opened: {_reason(error)}. "
            "Give the service a directory it may write, with [state] directory."
        ) from error
    return engine


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


def _engine(file: Path, cache: int) -> Engine:
    opened = inode(file)

    def connect() -> sqlite3.Connection:
        uri = f"{file.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, check_same_thread=False)
        if inode(file) != opened:
            connection.close()
            raise sqlite3.OperationalError(f"{file} was removed, or replaced, while in use")
        return connection

    engine = create_engine(f"sqlite:///{file}", creator=connect)

    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html: the driver's own
    # transactions begin too late for a snapshot; these begin when told.
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        pragmas = ("synchronous=FULL", "foreign_keys=ON", f"cache_size=-{cache}", f"wal_autocheckpoint={_LOG}")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if synchronous := options.get("synchronous"):
            # It is the connection's until told otherwise, and cannot be told in a transaction.
            connection.exec_driver_sql(f"PRAGMA synchronous={synchronous}")
        if start := options.get("begin", "BEGIN"):
            connection.exec_driver_sql(start)

    return engine


def _asked(engine: Engine, question: Callable[[Connection], bool]) -> bool:
    with engine.connect() as connection:
        return question(connection)


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
