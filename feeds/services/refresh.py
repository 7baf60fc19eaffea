"""One pass: what changed on disk becomes what changed in the feeds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from filelock import FileLock, Timeout

from feeds.errors import EngineError
from feeds.model.artefact import Condition
from feeds.model.feed import Selection
from feeds.model.report import Report
from feeds.services.catalogue import Catalogue, Change
from feeds.services.publish import Publish, Published
from feeds.services.reading import Reading
from feeds.services.working import Progress, Workers, quietly
from feeds.store import findings, posts, runs
from feeds.store.database import Database

#: The condition that stands while the content directory cannot be read.
CONTENT_GONE = "content-gone"


class Refresh:
    """Brings the feeds of one publication up to date; one pass at a time, whoever asks."""

    def __init__(
        self,
        database: Database,
        reading: Reading,
        lock: FileLock,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._lock = lock
        self._catalogue = Catalogue(database, reading, clock=clock, sleep=sleep)

        #: How it reads content.
        self.reading = reading
        self._publish = Publish(database, reading)

    def differing(self, progress: Progress = quietly) -> frozenset[str] | None:
        """Return the files that a `run` over ``touched`` would find changed, None where it has to be a whole one.

        All of them are looked at and none is read: another pass may go on meanwhile.
        Raises `EngineError` when the content directory cannot be read.
        """
        return self._catalogue.differing(progress)

    def run(
        self,
        now: datetime,
        progress: Progress = quietly,
        *,
        touched: frozenset[str] | None = None,
        replaced: frozenset[str] = frozenset(),
    ) -> Report:
        """Make the feeds show what the content directory holds and what is visible at ``now``.

        With ``touched``, paths relative to the content directory that
        something happened to, only those files are looked at.  Those that were
        ``replaced``, as by a rename, need not be waited for: they are whole.

        A content directory that cannot be read is a condition, not an error:
        what was published stays, and the clock still makes posts appear and
        expire.  Raises `EngineError` when another refresh does not end.
        """
        now = now.replace(microsecond=0)
        started = time.perf_counter()
        with self.alone(), Workers(progress) as workers:
            change = self._update(now, workers, touched, replaced)
            published = self._publish.bring_up_to_date(now, workers, change)
            report = self._report(now, time.perf_counter() - started, change, published)
            if published.documents:
                # Who reads has them by now; who writes next need not do it.
                self._database.tidy()
            return report

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other refresh waiting meanwhile; raises `EngineError` when one does not end."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise EngineError(
                "Another refresh of the same state is still at work. Wait for it, or end it if it hangs."
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    def _update(
        self, now: datetime, workers: Workers, touched: frozenset[str] | None, replaced: frozenset[str]
    ) -> Change:
        try:
            change = self._catalogue.update(now, workers, touched, replaced)
        except EngineError as error:
            condition = Condition(code=CONTENT_GONE, message=str(error), since=now)
            with self._database.writing() as connection:
                runs.raise_condition(connection, condition)
            return Change(seen=False)
        with self._database.reading() as connection:
            stands = any(condition.code == CONTENT_GONE for condition in runs.standing_conditions(connection))
        if stands:
            with self._database.writing() as connection:
                runs.clear_conditions(connection, [CONTENT_GONE])
        return change

    def _report(self, now: datetime, seconds: float, change: Change, published: Published) -> Report:
        with self._database.preparing() as connection:
            report = Report(
                started=now,
                seconds=round(seconds, 3),
                generation=published.standing.number,
                added=change.added,
                changed=change.changed,
                removed=change.removed,
                unsettled=change.unsettled + len(published.waiting),
                posts=posts.total(connection),
                visible=posts.count(connection, Selection(), now=now),
                feeds=published.feeds,
                documents=published.documents,
                findings=findings.files_with_findings(connection),
                next_transition=published.standing.next_transition,
                conditions=runs.standing_conditions(connection),
            )
            runs.record(connection, report)
        return report
