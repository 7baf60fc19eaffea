"""Bringing the catalogue of posts in line with the content directory.

Readers see nothing of this: it only marks the feeds that became stale, in the
same transaction as the change, so that a crash in between is made good by the
next pass.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, islice
from typing import TypeVar

from feeds.disk import FileStat
from feeds.services.batch import MANY, Batch
from feeds.services.comparing import Comparing
from feeds.services.founding import found
from feeds.services.ledger import Ledger
from feeds.services.newcomers import Introducing, Newcomers, together
from feeds.services.reading import FileRead, FileToRead, Reading
from feeds.services.working import Progress, Workers, each, quietly
from feeds.store import runs
from feeds.store.database import Database
from feeds.store.instants import from_seconds
from feeds.store.worklist import Worklist, worklist

_BATCH = 2000

#: About how long reading one file takes, in seconds.
_READING = 0.0005

_Piece = TypeVar("_Piece")
_Portion = tuple[Sequence[FileToRead], Newcomers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differed between the content directory and the catalogue, as counts of files.

    ``seen`` is False when the content directory could not be read: then
    nothing is known of it.  ``whole`` tells that every file was looked at;
    else ``vanished`` are the paths whose files are gone.
    """

    seen: bool = True
    added: int = 0
    changed: int = 0
    removed: int = 0
    unsettled: int = 0
    vanished: tuple[str, ...] = ()
    whole: bool = True


class Catalogue:
    """The posts of one content directory, kept in line with its files."""

    def __init__(
        self,
        database: Database,
        reading: Reading,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._reading = reading
        self._comparing = Comparing(database, reading, clock=clock, sleep=sleep)

    def differing(self, progress: Progress = quietly) -> frozenset[str] | None:
        """Return the files that are not as they were read, whose change nobody may have told of; nothing is read.

        None means all of them: they are to be read by other rules, or they are many.
        Raises `EngineError` as `update` does.
        """
        with self._database.reading() as connection:
            standing = runs.standing(connection)
        if standing is None or standing.interpretation != self._reading.publication.interpretation:
            return None
        with worklist() as work:
            moving = self._comparing.compare(work, None, progress=progress).moving
            if work.reads + work.losses + len(moving) > MANY:
                return None
            return moving.union((sighting.path for sighting in work.to_read()), work.vanished())

    def update(
        self,
        now: datetime,
        workers: Workers,
        touched: frozenset[str] | None = None,
        replaced: frozenset[str] = frozenset(),
    ) -> Change:
        """Read every file that is new or changed and forget those that are gone.

        With ``touched``, paths that something is known to have happened to,
        only those are looked at, however many files there are.  In the place of
        ``replaced`` ones, if they were there before, others were put.

        Raises `EngineError` when the content directory cannot be read, or is
        empty all of a sudden: the catalogue is left as it was.
        """
        with worklist() as work:
            difference = self._comparing.compare(work, touched, replaced, progress=workers.tell)
            whole, unsettled = difference.whole, len(difference.moving)
            reads, losses = work.reads, work.losses
            if not reads and not losses:
                return Change(unsettled=unsettled, whole=whole)
            many = reads + losses > MANY
            if many:
                with self._database.writing() as connection:
                    runs.mark_stale(connection, [runs.EVERY_FEED])
            if many and difference.added == reads and not losses:
                unsettled += self._enter(work, now, workers)
            else:
                unsettled += self._read(work, now, workers)
            return Change(
                added=difference.added,
                changed=reads - difference.added,
                removed=losses,
                unsettled=unsettled,
                vanished=() if whole else tuple(work.vanished()),
                whole=whole,
            )

    def _read(self, work: Worklist, now: datetime, workers: Workers) -> int:
        """Read what is on the list; return how many of the files changed meanwhile."""
        ledger = Ledger(self._reading, now, work)
        results = workers.portions(
            partial(each, self._reading.read), _files(work, now), total=work.reads, stage="Reading posts", cost=_READING
        )
        read = chain.from_iterable(portion for _, portion in results)
        unsettled = 0
        for batch, gone in _together(_batches(read), _batches(work.vanished())):
            settled = [read for read in batch if read.settled]
            unsettled += len(batch) - len(settled)
            with self._database.preparing() as connection:
                Batch(connection, ledger, self._reading.publication, now).write(settled, gone)
        return unsettled

    def _enter(self, work: Worklist, now: datetime, workers: Workers) -> int:
        """Read what is on the list, which nothing is known of; return how many of the files changed meanwhile."""
        ledger = Ledger(self._reading, now, work)
        introducing = Introducing(reading=self._reading, now=now)
        results = workers.portions(
            introducing.read, _files(work, now), total=work.reads, stage="Reading posts", cost=_READING
        )
        unsettled = 0
        for some in _groups(results):
            with self._database.preparing() as connection:
                batch = Batch(connection, ledger, self._reading.publication, now)
                whole = together(newcomers for _, newcomers in some)
                if found(connection, whole):
                    unsettled += whole.unsettled
                    continue
                for files, newcomers in some:
                    if found(connection, newcomers):
                        unsettled += newcomers.unsettled
                        continue
                    read = [self._reading.read(file) for file in files]
                    settled = [file for file in read if file.settled]
                    batch.write(settled, ())
                    unsettled += len(read) - len(settled)
        return unsettled


def _files(work: Worklist, now: datetime) -> Iterator[FileToRead]:
    for path, size, mtime_ns, first_seen in work.to_read():
        seen = now if first_seen is None else from_seconds(first_seen)
        yield FileToRead(path=path, stat=FileStat(size, mtime_ns), first_seen=seen)


def _together(
    read: Iterator[Sequence[FileRead]], gone: Iterator[Sequence[str]]
) -> Iterator[tuple[Sequence[FileRead], Sequence[str]]]:
    """Yield what one transaction is to write: where files are gone, the last of them go with the first that were read.

    So a file that moves is at neither place at no moment, but where thousands do at once.
    """
    last: Sequence[str] = ()
    for some in gone:
        if last:
            yield (), last
        last = some
    yield next(read, ()), last
    yield from ((batch, ()) for batch in read)


def _groups(portions: Iterable[_Portion]) -> Iterator[Sequence[_Portion]]:
    """Yield as many portions at a time as go into one transaction."""
    group: list[_Portion] = []
    for portion in portions:
        group.append(portion)
        if sum(len(files) for files, _ in group) >= _BATCH:
            yield group
            group = []
    yield group


def _batches(pieces: Iterable[_Piece]) -> Iterator[Sequence[_Piece]]:
    some = iter(pieces)
    while batch := tuple(islice(some, _BATCH)):
        yield batch
