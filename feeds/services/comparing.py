"""What differs between the content directory and the catalogue: both are gone through in the order of paths.

Neither is ever held in memory as a whole, nor is the difference.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath

from sqlalchemy import Connection

from feeds.content.dialects import dialect
from feeds.disk import FileStat, Walk
from feeds.errors import EngineError
from feeds.model.finding import Finding, Severity
from feeds.model.post import Post
from feeds.services.reading import Reading
from feeds.services.working import Progress, quietly
from feeds.store import findings, identities, posts, runs, sources
from feeds.store.database import Database
from feeds.store.records import Role
from feeds.store.worklist import Sighting, Worklist

#: How many files are compared at once.
_PORTION = 5000

#: A file written to less than this long ago is looked at twice, in seconds.
_RECENT = 2.0

#: How long after the first look the second one is, in seconds.
_SETTLE = 0.1

#: How many answers are remembered to whether a page is there that others are parts of.
_PAGES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How many of the files that are to be read nothing was known of, and which are being written to just now.

    ``whole`` tells that every file was looked at.
    """

    added: int
    moving: frozenset[str]
    whole: bool


class Comparing:
    """Compares one content directory with what the catalogue knows of it."""

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

    def compare(
        self,
        work: Worklist,
        touched: frozenset[str] | None,
        replaced: frozenset[str] = frozenset(),
        *,
        progress: Progress = quietly,
    ) -> Difference:
        """Put on the list what is new, changed or gone; of the files ``touched`` alone, if any are given.

        In the place of ``replaced`` ones, if they were there before, others were put.
        Raises `EngineError` when the content directory cannot be read, or is
        empty all of a sudden.
        """
        with self._database.reading() as connection:
            standing = runs.standing(connection)
            same_rules = standing is not None and standing.interpretation == self._publication.interpretation
            if not same_rules or (touched is not None and not self._are_files(connection, touched)):
                touched = None
            # What waits for the id of another post may have it now.
            waiting = sources.of_role(connection, Role.DUPLICATE)
            horizon = int((self._clock() - _RECENT) * 1e9)
            comparison = _Comparison(connection, self._reading, work, same_rules=same_rules, horizon=horizon)
            if touched is None:
                walk = self._directory.walk()
                comparison.all(walk, progress)
            else:
                comparison.few(self._look(touched), touched)
            if comparison.found_any:
                comparison.again(self._look(path for path in waiting if not work.has_vanished(path)))
            moving = self._settle(comparison, replaced)
        if touched is None:
            self._judge(walk, work)
        return Difference(added=comparison.added, moving=moving, whole=touched is None)

    def _are_files(self, connection: Connection, touched: frozenset[str]) -> bool:
        """Tell whether looking at these paths alone is enough: none is, or was, a folder, and the disk is there."""
        return self._directory.is_there() and not any(
            self._directory.is_folder(path) or sources.has_below(connection, path) for path in touched
        )

    def _judge(self, walk: Walk, work: Worklist) -> None:
        with self._database.writing() as connection:
            findings.replace_all(connection, findings.SCANNING, map(_unnameable, sorted(walk.unnameable)))
        if work.losses and not walk.files:
            raise EngineError(
                "The content directory is empty, but posts were published from it: they stay published. "
                "Put the files back; if the site is to be empty, leave one draft in it."
            )

    def _look(self, paths: Iterable[str]) -> dict[str, FileStat]:
        looks = ((path, self._directory.look(path)) for path in paths)
        return {path: stat for path, stat in looks if stat is not None}

    def _settle(self, comparison: "_Comparison", replaced: frozenset[str]) -> frozenset[str]:
        """Leave out files that someone is writing to at this moment: they change between two looks; return them."""
        # Of a file that is new the events do not tell whether it was put there whole.
        known = frozenset(path for path, (_, new) in comparison.recent.items() if not new)
        recent = {path: seen for path, seen in comparison.recent.items() if not self._is_whole(path, replaced & known)}
        moving: frozenset[str] = frozenset()
        if recent:
            self._sleep(_SETTLE)
            moving = frozenset(path for path, (stat, _) in recent.items() if not self._directory.is_still(path, stat))
        comparison.take(path for path in comparison.recent if path not in moving)
        return moving

    def _is_whole(self, path: str, replaced: frozenset[str]) -> bool:
        """Tell whether a file that was written to just now is what its writer wanted it to be."""
        is_done = path in replaced and self._directory.is_let_go(path)
        return is_done or self._directory.was_put_in_place(path)


class _Comparison:
    """One comparison, as far as it has come: what differs is put on the list of ``work``."""

    def __init__(
        self, connection: Connection, reading: Reading, work: Worklist, *, same_rules: bool, horizon: int
    ) -> None:
        self._connection = connection
        self._reading = reading
        self._dialect = dialect(reading.publication.generator)
        self._customs = reading.publication.customs
        self._work = work
        self._same_rules = same_rules
        self._horizon = horizon
        self._outdated: frozenset[str] = frozenset()
        # All files of a folder ask for the same pages.
        self._is_there = lru_cache(_PAGES)(self._is_page)

        #: How many of the files on the list nothing was known of.
        self.added = 0

        #: Files that were written to only just now, and whether nothing was known of them: not on the list yet.
        self.recent: dict[str, tuple[FileStat, bool]] = {}

    @property
    def found_any(self) -> bool:
        """Whether anything differs."""
        return bool(self._work.reads or self._work.losses or self.recent)

    def all(self, files: Walk, progress: Progress) -> None:
        """Compare all files that there are, in the order of their paths, with all that are known."""
        known = sources.total(self._connection)
        if self._same_rules:
            self._outdated = self._measured_anew(posts.enclosing(self._connection))
        entries = iter(files)
        last = ""
        while portion := dict(islice(entries, _PORTION)):
            first, last = last, next(reversed(portion))
            self.some(portion, sources.looks_between(self._connection, first, last))
            progress("Looking at files", files.files, max(known, files.files))
        self.some({}, sources.looks_between(self._connection, last, None))

    def few(self, here: dict[str, FileStat], paths: Set[str]) -> None:
        """Compare the files at ``paths``, of which these are ``here``."""
        if self._same_rules:
            self._outdated = self._measured_anew(posts.find(self._connection, paths))
        self.some(here, sources.looks(self._connection, paths))

    def some(self, here: dict[str, FileStat], known: Iterable[tuple[str, int, int]]) -> None:
        """Compare files that are ``here`` with what is ``known`` of the same paths: size and time of modification."""
        gone: list[str] = []
        differing: dict[str, FileStat] = {}
        for path, size, mtime_ns in known:
            stat = here.pop(path, None)
            if stat is None or not (self._same_rules or self._is_content(path)) or self._is_part(path):
                gone.append(path)
            elif not self._same_rules or stat != (size, mtime_ns) or path in self._outdated:
                differing[path] = stat
        self._work.lose(gone)
        self._add(differing, new=False)
        self._add({p: stat for p, stat in here.items() if self._is_content(p) and not self._is_part(p)}, new=True)

    def again(self, files: Mapping[str, FileStat]) -> None:
        """Put files on the list that differ in nothing."""
        self._add({path: stat for path, stat in files.items() if path not in self.recent}, new=False)

    def take(self, paths: Iterable[str]) -> None:
        """Put some of the ``recent`` files on the list."""
        chosen = {path: self.recent[path] for path in paths}
        for new in (False, True):
            self._write({path: stat for path, (stat, its) in chosen.items() if its is new}, new=new)

    def _add(self, files: dict[str, FileStat], *, new: bool) -> None:
        recent = {path: (stat, new) for path, stat in files.items() if stat.mtime_ns > self._horizon}
        self.recent |= recent
        self._write({path: stat for path, stat in files.items() if path not in recent} if recent else files, new=new)

    def _write(self, files: Mapping[str, FileStat], *, new: bool) -> None:
        if files:
            seen = identities.first_seen(self._connection, files)
            self._work.add(Sighting(path, *stat, seen.get(path)) for path, stat in files.items())
            self.added += len(files) if new else 0

    def _is_content(self, path: str) -> bool:
        return self._dialect.takes(path, self._customs) or self._dialect.category_page(path) is not None

    def _is_part(self, path: str) -> bool:
        """Tell whether a file belongs to a post beside it, as the pictures in its folder do."""
        wholes = self._dialect.part_of(path)
        return bool(wholes) and any(whole != path and self._is_there(whole) for whole in wholes)

    def _is_page(self, path: str) -> bool:
        return self._reading.directory.look(path) is not None and self._is_content(path)

    def _measured_anew(self, some: Iterable[Post]) -> frozenset[str]:
        """Return the posts with a file beside them whose length is another now: it came, went, or was replaced."""
        changed = [str(post.path) for post in some if self._reading.with_measured(post) != post]
        # A broken one would be read again and again, and stay as it was.
        known = sources.find(self._connection, changed)
        return frozenset(path for path, record in known.items() if record.role is Role.POST)


def _unnameable(path: str) -> Finding:
    return Finding(
        path=PurePosixPath(path),
        line=0,
        code="file-name",
        severity=Severity.ERROR,
        message="the name of the file, or of its folder, holds a control character or is not UTF-8: it is not read.",
        advice="Rename it.",
    )
