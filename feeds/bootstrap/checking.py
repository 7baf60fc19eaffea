"""Putting together what looks for mistakes, apart from what readers are served."""

import gc
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from filelock import FileLock

from feeds.bootstrap.assuming import assumptions
from feeds.bootstrap.parts import premises_of, reading_of
from feeds.bootstrap.recognising import stray
from feeds.content.dialects import dialect
from feeds.content.generators import Recognised
from feeds.errors import EngineError, StoreError
from feeds.model.doubt import Doubt, KeyPath, doubt
from feeds.model.feed import Selection
from feeds.model.finding import Finding
from feeds.model.publication import Publication
from feeds.model.rulebook import RULEBOOK
from feeds.services.examine import Configuration, Examination, Examine
from feeds.services.proofreading import Proofreading
from feeds.services.reading import Reading
from feeds.services.refresh import Refresh
from feeds.services.working import Progress
from feeds.settings import Settings, doubts, line_of, places
from feeds.store.database import Database, open_database
from feeds.store.posts import newest
from feeds.store.probe import is_unusable

#: Below the state: what checks remember.  It may be deleted at any time.
FOLDER = "check"

#: One look at all files makes so many objects, none of them garbage.
_MANY_OBJECTS = 50_000

#: More entries than any document shows.
_ANY_NUMBER = 1_000_000

#: Another check may take this long before this one gives up, in seconds.
_PATIENCE = 600


def check(settings: Settings, *, now: datetime, progress: Progress) -> Examination:
    """Look at everything that ``settings`` are about, and publish nothing.

    Raises `feeds.errors.FeedsError` when that cannot be done.
    """
    # All that was imported stays until the end: the collector need not look at it again.
    gc.freeze()
    gc.set_threshold(_MANY_OBJECTS)
    known = places(settings.file)
    premises = premises_of(settings)
    settings = premises.settings
    configuration = Configuration(
        publication=_unguarded(premises.publication),
        written=bool(settings.feed),
        digest=sha256(settings.file.read_bytes()).hexdigest() if settings.file.is_file() else "",
        locate=lambda doubt: located(doubt, settings.file, known),
    )
    with _notebook(settings.state.directory) as (database, folder):
        directory = reading_of(settings, configuration.publication).directory
        reading = Proofreading(directory=directory, publication=configuration.publication)
        lock = FileLock(folder / "refresh.lock", timeout=_PATIENCE, thread_local=False)
        refresh = Refresh(database, reading, lock)
        examination = Examine(database, refresh, configuration).run(now, progress)
        with database.reading() as connection:
            example = next(iter(newest(connection, Selection(), now=now, limit=1)), None)
    found = [
        *doubts(settings),
        *assumptions(premises, example),
        *_elsewhere(reading, examination.posts, premises.recognised),
    ]
    of_settings = (located(each, settings.file, known) for each in found)
    return Examination(
        findings=(*sorted(of_settings), *premises.findings, *examination.findings),
        conditions=examination.conditions,
        posts=examination.posts,
        documents=examination.documents,
    )


def _unguarded(publication: Publication) -> Publication:
    """Hold no feed back: a check has no subscribers."""
    definitions = tuple(replace(definition, max_new_entries=_ANY_NUMBER) for definition in publication.definitions)
    return replace(publication, definitions=definitions)


def located(doubt: Doubt, file: Path, known: Mapping[KeyPath, int]) -> Finding:
    """Say of a doubt on which line of the configuration it is."""
    return Finding(
        path=PurePosixPath(file),
        line=line_of(doubt.key, known),
        code=doubt.code,
        severity=doubt.severity,
        message=f"{doubt.message}.",
        advice=RULEBOOK[doubt.code].advice.replace("`", ""),
    )


def _elsewhere(reading: Reading, posts: int, recognised: Recognised) -> Iterator[Doubt]:
    """Wonder why nothing of what is there is a post."""
    if posts:
        return
    try:
        files = reading.directory.scan().files
    except EngineError:
        return
    its = dialect(reading.publication.generator)
    if files and not any(its.takes(file, reading.publication.customs) for file in files):
        first = min(files)
        message = (
            f"{reading.directory.root} holds {len(files)} Markdown files, such as {first}, "
            f'but no post as generator = "{its.name}" has them'
        )
        astray = stray(recognised, reading.directory.root)
        message = f"{message}; {astray}" if astray else message
        yield doubt("config-content-elsewhere", ("content", "generator"), message)


@contextmanager
def _notebook(state: Path) -> Iterator[tuple[Database, Path]]:
    """Give a state for checks alone: below ``state``, or for this once in a temporary directory."""
    try:
        database, folder = _opened(state / FOLDER), state / FOLDER
    except StoreError:
        with TemporaryDirectory(prefix="feeds-check-") as temporary:
            database, folder = open_database(Path(temporary)), Path(temporary)
            try:
                yield database, folder
            finally:
                database.close()
        return
    try:
        yield database, folder
    finally:
        database.close()


def _opened(folder: Path) -> Database:
    """Open what checks remember; what is damaged, or of another version, is not worth keeping."""
    try:
        return open_database(folder)
    except StoreError as error:
        if not is_unusable(error):
            raise
        shutil.rmtree(folder, ignore_errors=True)
        return open_database(folder)
