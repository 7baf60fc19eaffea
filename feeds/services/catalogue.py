"""Bringing the catalogue of posts in line with the content directory.

Readers see nothing of this: it only marks the feeds that became stale, in the
same transaction as the change, so that a crash in between is made good by the
next pass.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from sqlalchemy import Connection

from feeds.content.dialects import dialect
from feeds.disk import FileStat
from feeds.errors import EngineError
from feeds.model.finding import Finding, Severity
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.services.burial import bury
from feeds.services.held import affected_combinations
from feeds.services.ledger import Ledger
from feeds.services.reading import FileRead, FileToRead, Reading
from feeds.services.working import Workers
from feeds.store import categories, findings, identities, posts, runs, sources
from feeds.store.database import Database
from feeds.store.sources import Role, SourceRecord
from feeds.syndication.derive import affected

_BATCH = 2000

#: About how long reading one file takes, in seconds.
_READING = 0.0005

#: More changes than this make every feed stale: finding out which would cost more.
_MANY = 500

#: A file written to less than this long ago is looked at twice, in seconds.
_RECENT = 2.0

#: How long after the first look the second one is, in seconds.
_SETTLE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differed between the content directory and the catalogue, as counts of files.

    ``seen`` is False when the content directory could not be read: then
    nothing is known of it.  ``vanished`` are the paths whose files are gone;
    ``whole`` tells that every file was looked at.
    """

    seen: bool = True
    added: int = 0
    changed: int = 0
    unsettled: int = 0
    vanished: tuple[str, ...] = ()
    whole: bool = True

    @property
    def removed(self) -> int:
        """How many files are gone."""
        return len(self.vanished)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    to_read: dict[str, FileStat]
    vanished: tuple[str, ...]
    added: int
    moving: frozenset[str]
    whole: bool


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
        self._directory = reading.directory
        self._publication = reading.publication
        self._clock = clock
        self._sleep = sleep

    def differing(self) -> frozenset[str] | None:
        """Return the files that are not as they were read, whose change nobody may have told of; nothing is read.

        None means all of them: they are to be read by other rules, or they are many.
        Raises `EngineError` as `update` does.
        """
        with self._database.reading() as connection:
            standing = runs.standing(connection)
        if standing is None or standing.interpretation != self._publication.interpretation:
            return None
        difference = self._compare(None)
        paths = difference.moving.union(difference.to_read, difference.vanished)
        return paths if len(paths) <= _MANY else None

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
        difference = self._compare(touched, replaced)
        if not difference.to_read and not difference.vanished:
            return Change(unsettled=len(difference.moving), whole=difference.whole)
        files = list(self._files(difference.to_read, now))
        if len(files) + len(difference.vanished) > _MANY:
            with self._database.writing() as connection:
                runs.mark_stale(connection, [runs.EVERY_FEED])
        ledger = Ledger(self._reading, now, vanished=difference.vanished, to_read=difference.to_read)
        results = workers.work(self._reading.read, files, stage="Reading posts", cost=_READING)
        gone = difference.vanished
        unsettled = len(difference.moving)
        for batch in _batches(results):
            settled = [read for read in batch if read.settled]
            unsettled += len(batch) - len(settled)
            with self._database.preparing() as connection:
                _Batch(connection, ledger, self._publication, now).write(settled, gone)
            gone = ()
        return Change(
            added=difference.added,
            changed=len(files) - difference.added,
            vanished=difference.vanished,
            unsettled=unsettled,
            whole=difference.whole,
        )

    def _compare(self, touched: frozenset[str] | None, replaced: frozenset[str] = frozenset()) -> _Difference:
        with self._database.reading() as connection:
            standing = runs.standing(connection)
            same_rules = standing is not None and standing.interpretation == self._publication.interpretation
            if not same_rules or (touched is not None and not self._are_files(connection, touched)):
                touched = None
            known = sources.all_sources(connection) if touched is None else sources.find(connection, touched)
            # What waits for the id of another post may have it now.
            waiting = sources.of_role(connection, Role.DUPLICATE)
            outdated = self._outdated(connection, known, touched) if same_rules else frozenset()
        files = self._scan(known) if touched is None else self._look(touched)
        files = {path: stat for path, stat in files.items() if (same_rules and path in known) or self._is_content(path)}
        # A scan has seen every file there is; of a few paths the others have to be looked at.
        is_there = files.__contains__ if touched is None else partial(self._is_there, files)
        files = {path: stat for path, stat in files.items() if not self._is_part(path, is_there)}
        to_read = {
            path: stat
            for path, stat in files.items()
            if not (same_rules and _is_known(known.get(path), stat)) or path in outdated
        }
        vanished = tuple(sorted(path for path in known if path not in files))
        if to_read or vanished:
            to_read |= self._look(path for path in waiting if path not in vanished)
        settled = self._settled(to_read, replaced & known.keys())
        return _Difference(
            to_read=settled,
            vanished=vanished,
            added=len(settled.keys() - known.keys() - set(waiting)),
            moving=frozenset(to_read.keys() - settled.keys()),
            whole=touched is None,
        )

    def _outdated(
        self, connection: Connection, known: Mapping[str, SourceRecord], touched: frozenset[str] | None
    ) -> frozenset[str]:
        """Return the posts with a file beside them whose length is another now: it came, went, or was replaced."""
        some = posts.enclosing(connection) if touched is None else posts.find(connection, touched)
        enclosing = ((str(post.path), post) for post in some)
        return frozenset(
            path
            for path, post in enclosing
            # A broken one would be read again and again, and stay as it was.
            if path in known and known[path].role is Role.POST and self._reading.with_measured(post) != post
        )

    def _are_files(self, connection: Connection, touched: frozenset[str]) -> bool:
        """Tell whether looking at these paths alone is enough: none is, or was, a folder, and the disk is there."""
        return self._directory.is_there() and not any(
            self._directory.is_folder(path) or sources.has_below(connection, path) for path in touched
        )

    def _scan(self, known: Mapping[str, SourceRecord]) -> dict[str, FileStat]:
        scan = self._directory.scan()
        files = scan.files
        with self._database.writing() as connection:
            findings.replace_all(connection, findings.SCANNING, map(_unnameable, scan.unnameable))
        if known and not files:
            raise EngineError(
                "The content directory is empty, but posts were published from it: they stay published. "
                "Put the files back; if the site is to be empty, leave one draft in it."
            )
        return files

    def _look(self, paths: Iterable[str]) -> dict[str, FileStat]:
        looks = ((path, self._directory.look(path)) for path in paths)
        return {path: stat for path, stat in looks if stat is not None}

    def _is_content(self, path: str) -> bool:
        its = dialect(self._publication.generator)
        return its.takes(path, self._publication.customs) or its.category_page(path) is not None

    def _is_part(self, path: str, is_there: Callable[[str], bool]) -> bool:
        """Tell whether a file belongs to a post beside it, as the pictures in its folder do."""
        wholes = dialect(self._publication.generator).part_of(path)
        return any(is_there(whole) for whole in wholes if whole != path)

    def _is_there(self, files: Mapping[str, FileStat], path: str) -> bool:
        return path in files or self._directory.look(path) is not None

    def _settled(self, to_read: dict[str, FileStat], replaced: frozenset[str]) -> dict[str, FileStat]:
        """Leave out files that someone is writing to at this moment: they change between two looks."""
        horizon = (self._clock() - _RECENT) * 1e9
        recent = [path for path, stat in to_read.items() if stat.mtime_ns > horizon]
        recent = [path for path in recent if not self._is_whole(path, replaced)]
        if not recent:
            return to_read
        self._sleep(_SETTLE)
        moving = {path for path in recent if not self._directory.is_still(path, to_read[path])}
        return {path: stat for path, stat in to_read.items() if path not in moving}

    def _is_whole(self, path: str, replaced: frozenset[str]) -> bool:
        """Tell whether a file that was written to just now is what its writer wanted it to be."""
        is_done = path in replaced and self._directory.is_let_go(path)
        return is_done or self._directory.was_put_in_place(path)

    def _files(self, to_read: dict[str, FileStat], now: datetime) -> Iterator[FileToRead]:
        with self._database.reading() as connection:
            known = identities.by_path(connection, to_read)
        for path in sorted(to_read):
            first_seen = known[path].first_seen if path in known else now
            yield FileToRead(path=path, stat=to_read[path], first_seen=first_seen)


class _Batch:
    """One transaction's worth of files."""

    def __init__(self, connection: Connection, ledger: Ledger, publication: Publication, now: datetime) -> None:
        self._connection = connection
        self._ledger = ledger
        self._publication = publication
        self._now = now

    def write(self, read: Sequence[FileRead], gone: Sequence[str]) -> None:
        before = posts.find(self._connection, [*gone, *(file.path for file in read)])
        self._forget(gone)
        assignments = self._ledger.assign(self._connection, read)
        refused = {a.read.path: a.refused for a in assignments if a.refused}
        before += self._moved({a.moved_from: a.post.id for a in assignments if a.moved_from})
        after = [a.post for a in assignments if not a.refused]
        posts.save(self._connection, after)
        for file in read:
            if file.page:
                categories.save(self._connection, file.path, file.page)
        bury(self._connection, self._publication.definitions, before, now=self._now)
        sources.save(self._connection, (_record(file, refused.keys()) for file in read))
        found = [finding for file in read for finding in file.findings]
        found.extend(refusal for refusal in refused.values() if refusal)
        findings.replace(self._connection, findings.READING, (file.path for file in read), found)
        changed = [*before, *after]
        oldest = min((post.published for post in changed), default=self._now)
        runs.mark_stale(self._connection, self._stale(changed, read, gone), since=oldest)

    def _forget(self, gone: Sequence[str]) -> None:
        sources.forget(self._connection, gone)
        identities.let_go(self._connection, gone)
        posts.remove(self._connection, gone)
        findings.forget(self._connection, gone)
        for path in gone:
            categories.remove(self._connection, path)

    def _is_page(self, path: str) -> bool:
        return dialect(self._publication.generator).category_page(path) is not None

    def _moved(self, ids: Mapping[str, str]) -> list[Post]:
        """Take out of the catalogue the posts, by their old paths, that are at new ones now."""
        moved = [post for post in posts.find(self._connection, ids) if post.id == ids[str(post.path)]]
        posts.remove(self._connection, (str(post.path) for post in moved))
        return moved

    def _stale(self, changed: Sequence[Post], read: Sequence[FileRead], gone: Sequence[str]) -> Iterable[str]:
        if any(file.page for file in read) or any(map(self._is_page, gone)) or len(changed) > _MANY:
            return [runs.EVERY_FEED]
        combined = affected_combinations(self._connection, self._publication, changed)
        return combined | affected(self._publication.definitions, changed)


def _unnameable(path: str) -> Finding:
    return Finding(
        path=PurePosixPath(path),
        line=0,
        code="file-name",
        severity=Severity.ERROR,
        message="the name of the file, or of its folder, holds a control character or is not UTF-8: it is not read.",
        advice="Rename it.",
    )


def _record(file: FileRead, refused: Iterable[str]) -> SourceRecord:
    if file.post:
        role = Role.DUPLICATE if file.path in refused else Role.POST
    else:
        role = Role.CATEGORY if file.page else Role.WAITING
    return SourceRecord(file.path, file.stat.size, file.stat.mtime_ns, file.digest, role)


def _is_known(record: SourceRecord | None, stat: FileStat) -> bool:
    return record is not None and (record.size, record.mtime_ns) == (stat.size, stat.mtime_ns)


def _batches(results: Iterable[FileRead]) -> Iterator[list[FileRead]]:
    batch: list[FileRead] = []
    for result in results:
        batch.append(result)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch
