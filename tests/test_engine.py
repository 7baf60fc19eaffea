"""When work runs, and what happens when it cannot."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from feeds.engine.scheduler import Duty, Engine
from feeds.engine.watcher import Watcher
from feeds.errors import SettingsError
from feeds.model.report import Report
from feeds.services.refresh import Refresh
from feeds.services.trouble import Trouble
from feeds.services.working import Progress, quietly
from feeds.settings import signature
from feeds.store import runs
from feeds.store.rescue import rescue
from workbench import NOON, Workbench


def duty(bench: Workbench, scan_interval: float = 60, refresh: Refresh | None = None) -> Duty:
    lock = FileLock(bench.state / "refresh.lock", timeout=0.05, thread_local=False)
    refresh = refresh or Refresh(bench.database, bench.reading(), lock)
    config = signature(bench.content.parent / "feeds.toml")
    return Duty(
        refresh=refresh, content=bench.content, scan_interval=scan_interval, config=config, is_current=lambda: True
    )


@contextmanager
def at_work(
    bench: Workbench,
    load: Callable[[], Duty],
    listener: Callable[[Report], None],
    scan_interval: float = 60,
    refresh: Refresh | None = None,
) -> Iterator[Engine]:
    engine = Engine(
        duty(bench, scan_interval, refresh),
        load=load,
        lock=FileLock(bench.state / "engine.lock", thread_local=False),
        trouble=Trouble(bench.database),
        rescue=partial(rescue, bench.database),
        listener=listener,
    )
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()


def wait_until(holds: Callable[[], bool]) -> None:
    limit = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < limit, "that never came to be"
        time.sleep(0.02)


def codes(bench: Workbench) -> list[str]:
    return [condition.code for condition in bench.conditions()]


def no_other_config() -> Duty:
    raise AssertionError("nobody changed the config")


def test_a_pass_that_fails_is_a_condition_until_one_succeeds(bench: Workbench) -> None:
    bench.post("one")
    reports: list[Report] = []
    in_the_way = FileLock(bench.state / "refresh.lock")
    in_the_way.acquire()

    with at_work(bench, no_other_config, reports.append, scan_interval=0.2):
        wait_until(lambda: codes(bench) == ["refresh-failed"])
        assert reports == []
        in_the_way.release()
        wait_until(lambda: bool(reports))
        wait_until(lambda: codes(bench) == [])

    assert reports[0].visible == 1


def test_a_fault_of_our_own_neither_ends_the_engine_nor_what_was_published(bench: Workbench) -> None:
    bench.post("one")
    bench.refresh()
    before = bench.body()
    bench.post("two", date="2026-01-09")
    broken = threading.Event()
    broken.set()

    def clock() -> float:
        if broken.is_set():
            raise ZeroDivisionError("a fault")
        return time.time()

    lock = FileLock(bench.state / "refresh.lock", timeout=1, thread_local=False)
    refresh = Refresh(bench.database, bench.reading(), lock, clock=clock)
    engine = Engine(
        replace(duty(bench, 0.3), refresh=refresh),
        load=no_other_config,
        lock=FileLock(bench.state / "engine.lock", thread_local=False),
        trouble=Trouble(bench.database),
        rescue=partial(rescue, bench.database),
        listener=lambda _report: None,
    )
    engine.start()
    try:
        wait_until(lambda: codes(bench) == ["refresh-failed"])
        assert "ZeroDivisionError" in bench.conditions()[0].message
        assert bench.body() == before
        broken.clear()
        wait_until(lambda: codes(bench) == [])
    finally:
        engine.stop()
    assert b"Two" in bench.body()


def test_a_broken_config_is_a_condition_that_names_no_secret(bench: Workbench) -> None:
    bench.post("one")
    config = bench.content.parent / "feeds.toml"

    def load() -> Duty:
        if config.read_text() == "broken":
            raise SettingsError(("feeds.toml:1: password = hunter2 is wrong",))
        return duty(bench)

    with at_work(bench, load, lambda _report: None):
        wait_until(lambda: bench.shelf().generation() is not None)
        config.write_text("broken")
        wait_until(lambda: codes(bench) == ["config-broken"])
        assert "hunter2" not in bench.conditions()[0].message
        config.write_text("mended now")
        wait_until(lambda: codes(bench) == [])


def test_an_engine_stands_by_while_another_is_at_work(bench: Workbench) -> None:
    bench.post("one")
    other = FileLock(bench.state / "engine.lock")
    other.acquire()

    with at_work(bench, no_other_config, lambda _report: None):
        time.sleep(0.5)
        assert bench.shelf().generation() is None
        other.release()
        wait_until(lambda: bench.shelf().generation() is not None)


def test_a_directory_that_comes_later_is_watched_from_then_on(tmp_path: Path) -> None:
    directory = tmp_path / "content"
    noticed: list[frozenset[str] | None] = []
    watcher = Watcher(directory, noticed.append)
    watcher.start()
    try:
        time.sleep(0.2)
        assert noticed == []
        directory.mkdir()
        wait_until(lambda: None in noticed)
        (directory / "one.md").write_text("x")
        wait_until(lambda: frozenset({"one.md"}) in noticed)
        directory.rename(tmp_path / "elsewhere")
        wait_until(lambda: noticed.count(None) >= 2)
    finally:
        watcher.stop()


@pytest.mark.parametrize("begin", [True, False])
def test_trouble_with_a_state_that_cannot_be_written_is_passed_over(bench: Workbench, *, begin: bool) -> None:
    trouble = Trouble(bench.database)
    with bench.database.writing() as connection:
        runs.clear_conditions(connection, [])
    bench.close()
    (bench.state / "feeds.sqlite3").unlink()
    (bench.state / "feeds.sqlite3").mkdir()

    if begin:
        trouble.begins("code", "message", NOON)
    else:
        trouble.ends("code")


def test_what_no_event_tells_of_is_found_by_looking_over_all_files(bench: Workbench) -> None:
    bench.post("one", title="One")
    reports: list[Report] = []
    elsewhere = bench.content.parent / "elsewhere"
    bench.content.rename(elsewhere)
    # Of what changes behind a link at a file there are no events.
    bench.content.mkdir()
    outside = elsewhere / "one.md"
    os.link(outside, bench.content / "one.md")

    with at_work(bench, no_other_config, reports.append, scan_interval=0.3):
        wait_until(lambda: b"One" in bench.body() if bench.paths() else False)
        with outside.open("a") as writer:
            writer.write("Written through another name.")
        wait_until(lambda: b"through another name" in bench.body())


class Stoppable(Refresh):
    """Waits at the first step of its work until it may go on."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.database, bench.reading(), FileLock(bench.state / "refresh.lock", thread_local=False))
        self.begun, self.may_go_on = threading.Event(), threading.Event()

    def run(self, now: datetime, progress: Progress = quietly, **more: frozenset[str] | None) -> Report:
        def tell(stage: str, done: int, total: int) -> None:
            self.begun.set()
            self.may_go_on.wait(20)
            progress(stage, done, total)

        return super().run(now, tell, **more)  # type: ignore[arg-type]


def test_an_engine_that_is_to_end_gives_up_the_pass_it_is_at_and_the_next_one_finishes_it(bench: Workbench) -> None:
    for number in range(3):
        bench.post(f"post-{number}", title=f"Number {number}")
    refresh = Stoppable(bench)
    with at_work(bench, no_other_config, lambda _report: None, refresh=refresh):
        assert refresh.begun.wait(20)
        # It is told to end before that.
        threading.Timer(0.3, refresh.may_go_on.set).start()
    with bench.database.reading() as connection:
        assert runs.standing(connection) is None
        assert runs.standing_conditions(connection) == ()

    bench.refresh()

    assert bench.body("/feeds/all.atom").count(b"<entry>") == 3
