"""When work runs: at the start, when files change, every so often, and when a post is due."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from filelock import FileLock, Timeout

from feeds.engine.watcher import Watcher
from feeds.errors import FeedsError, SettingsError, StoreError
from feeds.model.report import Report
from feeds.services.refresh import Refresh
from feeds.services.trouble import Trouble
from feeds.settings import Signature, signature

log = structlog.get_logger("feeds.engine")

#: How often a standing-by engine tries to take over, and how often the config is looked at, in seconds.
_LOOK_EVERY = 1.0

#: How long after files were found unsettled they are looked at again.
_AGAIN = timedelta(seconds=0.3)

#: The thread, and the processes it starts, that readers go before where both want the processor, and by how much.
#: What takes long is done there; an edit is not, for whoever made it waits.
_BEHIND = "behind"
_NICENESS = 10

#: More files than this at once are no edit.
_FEW = 20

CONFIG_BROKEN = "config-broken"
REFRESH_FAILED = "refresh-failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What an engine does, under one configuration: ``config``, as it was read.

    ``scan_interval`` is in seconds.  ``is_current`` tells whether the site's
    own files still say what it was made by.
    """

    refresh: Refresh
    content: Path
    scan_interval: float
    config: Signature
    is_current: Callable[[], bool]


class _Ending(Exception):
    """The engine is to end: what is at work is given up where it is, and the next engine goes on from there."""


class Engine:
    """Runs refreshes in the background, one at a time, and only while no other engine does.

    ``load`` reads the configuration anew and raises `SettingsError` when it is
    broken: then the last good one stays in force.  ``rescue`` sees to it that
    the state is where it belongs, says what it had to do for that, and raises
    `StoreError` where it cannot.
    """

    def __init__(
        self,
        duty: Duty,
        *,
        load: Callable[[], Duty],
        lock: FileLock,
        trouble: Trouble,
        rescue: Callable[[], str],
        listener: Callable[[Report], None],
    ) -> None:
        self._duty = duty
        self._load = load
        self._config_seen = duty.config
        self._lock = lock
        self._trouble = trouble
        self._rescue = rescue
        self._stranded = False
        self._listener = listener
        self._watcher: Watcher | None = None
        self._stands_by = False
        #: What keeps the config that is written from being in force.
        self._problems: tuple[str, ...] = ()
        self._degraded: tuple[str, ...] = ()
        self._touched: set[str] = set()
        self._replaced: set[str] = set()
        self._touching = Lock()
        self._at_work = Lock()
        self._ending = Event()
        # One lock: no two passes ever overlap.  A job that is running may be
        # asked for once more, so that no change is overlooked.
        self._scheduler = BackgroundScheduler(
            executors={
                "default": ThreadPoolExecutor(1),
                _BEHIND: ThreadPoolExecutor(1, pool_kwargs={"initializer": _stand_back}),
            },
            job_defaults={"coalesce": True, "max_instances": 2, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self) -> None:
        """Begin as soon as no other engine is at work on the same state."""
        self._scheduler.start()
        self._every(_LOOK_EVERY, "lead", self._take_over)

    def stop(self) -> None:
        """Give up the pass that is running where it is, and let another engine take over."""
        self._ending.set()
        # The scheduler must not be asked to wait for its jobs: it holds, while it
        # waits, the lock that a job needs to plan the next one.
        self._scheduler.shutdown(wait=False)
        with self._at_work:
            if self._watcher:
                self._watcher.stop()
        self._lock.release()

    def _every(self, seconds: float, id: str, job: Callable[[], None]) -> None:
        """Do something now and every so often."""
        self._scheduler.add_job(
            self._do, "interval", args=(job,), seconds=seconds, id=id, next_run_time=_now(), replace_existing=True
        )

    def _at(self, instant: datetime, id: str, job: Callable[[], None], executor: str = "default") -> None:
        """Do something once."""
        self._scheduler.add_job(
            self._do, "date", args=(job,), run_date=instant, id=id, replace_existing=True, executor=executor
        )

    def _do(self, job: Callable[[], None]) -> None:
        with self._at_work:
            if not self._ending.is_set():
                job()

    def _take_over(self) -> None:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            if not self._stands_by:
                log.info("standing by: another engine is at work on this state")
            self._stands_by = True
            return
        self._scheduler.remove_job("lead")
        self._every(_LOOK_EVERY, "look", self._look_around)
        self._begin()

    def _begin(self) -> None:
        if self._watcher:
            self._watcher.stop()
        self._watcher = Watcher(self._duty.content, self._notice, self._note_replaced)
        self._watcher.start()
        self._scheduler.add_job(
            self._look_over,
            "interval",
            seconds=self._duty.scan_interval,
            id="scan",
            next_run_time=_now(),
            replace_existing=True,
            executor=_BEHIND,
        )

    def _look_over(self) -> None:
        """Look at every file there is, which may take long, and have those refreshed that are not as they were read."""
        duty = self._duty
        try:
            differing = duty.refresh.differing(self._go_on) if not self._problems and duty.is_current() else None
        except _Ending:
            return
        except Exception:  # Whatever it is, a whole pass comes upon it as well, and says so.
            differing = None
        if differing is None:
            self._do(self._refresh)
        else:
            self._notice(differing)

    def _go_on(self, _stage: str, _done: int, _total: int) -> None:
        """Be told how far a pass has come; raises `_Ending` where it has come far enough."""
        if self._ending.is_set():
            raise _Ending

    def _note_replaced(self, paths: frozenset[str]) -> None:
        with self._touching:
            self._replaced |= paths

    def _notice(self, touched: frozenset[str] | None) -> None:
        """Refresh at once, and look only at what is known to have been touched since the last time."""
        if touched is None:
            self._scheduler.add_job(self._look_over, id="anything", replace_existing=True, executor=_BEHIND)
            return
        with self._touching:
            self._touched |= touched
        is_edit = len(touched) <= _FEW and not any(map(self._is_folder, touched))
        self._at(_now(), "touched", self._refresh_touched, "default" if is_edit else _BEHIND)

    def _is_folder(self, path: str) -> bool:
        """Tell whether there is a folder at the path, or may have been."""
        file = self._duty.content / path
        return not file.suffix or file.is_dir()

    def _refresh_touched(self) -> None:
        with self._touching:
            touched, self._touched = frozenset(self._touched), set()
            replaced, self._replaced = frozenset(self._replaced), set()
        report = self._run(touched, replaced)
        if report and report.unsettled:
            with self._touching:
                self._touched |= touched
            self._at(_now() + _AGAIN, "again", self._refresh_touched)

    def _refresh(self) -> None:
        if self._problems or not self._duty.is_current():
            self._follow_config()
        report = self._run(None)
        if report and report.unsettled:
            self._at(_now() + _AGAIN, "all again", self._refresh, _BEHIND)

    def _run(self, touched: frozenset[str] | None, replaced: frozenset[str] = frozenset()) -> Report | None:
        """Run one pass; return None when it failed, which is a condition and never the end of the engine.

        The next full scan makes good what a failed pass left undone.
        """
        try:
            report = self._duty.refresh.run(_now(), self._go_on, touched=touched, replaced=replaced)
        except _Ending:
            return None
        except FeedsError as error:
            log.error("refresh failed", reason=str(error))
            self._trouble.begins(REFRESH_FAILED, str(error), _now())
            return None
        except Exception as error:
            log.exception("refresh failed")
            message = f"A refresh failed by a fault of the service ({type(error).__name__}): the log has it."
            self._trouble.begins(REFRESH_FAILED, message, _now())
            return None
        self._trouble.ends(REFRESH_FAILED)
        if report.next_transition:
            self._at(report.next_transition, "transition", self._refresh_touched)
        self._log_conditions(report)
        _log(report)
        self._listener(report)
        return report

    def _log_conditions(self, report: Report) -> None:
        """Say once what keeps the service degraded, and when nothing does any more."""
        conditions = tuple(condition.message for condition in report.conditions)
        if conditions != self._degraded:
            for message in conditions:
                log.warning("degraded", reason=message)
            if not conditions:
                log.info("no longer degraded")
        self._degraded = conditions

    def _look_around(self) -> None:
        self._look_at_state()
        self._look_at_config()

    def _look_at_state(self) -> None:
        try:
            done = self._rescue()
        except StoreError as error:
            if not self._stranded:
                log.error("the state is gone", reason=str(error))
            self._stranded = True
            return
        self._stranded = False
        if done:
            log.warning(done)
            self._lead_again()

    def _lead_again(self) -> None:
        """Take the lock anew, which may have gone with the state, unless another engine has one there by now."""
        self._lock.release(force=True)
        for job in ("look", "scan"):
            self._scheduler.remove_job(job)
        self._every(_LOOK_EVERY, "lead", self._take_over)

    def _look_at_config(self) -> None:
        seen = signature(self._config_seen.file)
        if seen == self._config_seen:
            return
        self._config_seen = seen
        if self._follow_config():
            self._begin()

    def _follow_config(self) -> bool:
        """Put the config in force as it is now; return False where it is broken."""
        try:
            duty = self._load()
        except SettingsError as error:
            if error.problems != self._problems:
                log.error("the config is broken: the last good one stays in force", problems=list(error.problems))
            count = len(error.problems)
            problems = "a problem" if count == 1 else f"{count} problems"
            message = f"The config has {problems}: the last good one stays in force. The log says more."
            self._trouble.begins(CONFIG_BROKEN, message, _now())
            self._problems = error.problems
            return False
        log.info("the config, or a file of the site, changed: it is in force now")
        self._trouble.ends(CONFIG_BROKEN)
        self._problems = ()
        self._duty = duty
        return True


def _stand_back() -> None:
    """Let readers go before this thread: on Linux, threads have a niceness each."""
    if sys.platform == "linux":
        os.nice(_NICENESS)


def _log(report: Report) -> None:
    changed = report.added or report.changed or report.removed or report.documents or report.unsettled
    write = log.info if changed else log.debug
    write(
        "refreshed",
        generation=report.generation,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        unsettled=report.unsettled,
        documents=report.documents,
        posts=report.visible,
        feeds=report.feeds,
        findings=report.findings,
        seconds=report.seconds,
    )


def _now() -> datetime:
    return datetime.now(UTC)
