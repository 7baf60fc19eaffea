"""How much is done for one edit: as much as changed, however much there is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from workbench import NOON, Workbench

#: After so many steps of SQLite's machine each, the counting is told of them.
_STEPS = 100


@contextmanager
def steps() -> Iterator[list[int]]:
    """Count the steps that SQLite makes for this process meanwhile, in hundreds."""
    done = [0]

    def count() -> int:
        done[0] += 1
        return 0

    def watch(driver_connection: sqlite3.Connection, *_rest: object) -> None:
        driver_connection.set_progress_handler(count, _STEPS)

    def unwatch(driver_connection: sqlite3.Connection, *_rest: object) -> None:
        driver_connection.set_progress_handler(None, 0)

    event.listen(Engine, "checkout", watch)
    event.listen(Engine, "checkin", unwatch)
    try:
        yield done
    finally:
        event.remove(Engine, "checkout", watch)
        event.remove(Engine, "checkin", unwatch)


def effort_of_an_edit(folder: Path, posts: int) -> int:
    bench = Workbench(folder)
    for number in range(posts):
        bench.post(
            f"post-{number:04}",
            body="Hello.",
            categories=f"c{number % 5}",
            date=f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z",
        )
    bench.post("hidden", draft="true")
    bench.refresh()
    bench.post("post-0007", body="Edited once.", categories="c1", date="2026-01-01T12:00:00Z")
    bench.refresh(NOON, "post-0007.md")
    bench.post("post-0007", body="Edited again.", categories="c1", date="2026-01-01T12:00:00Z")
    with steps() as done:
        report = bench.refresh(NOON, "post-0007.md")
    assert report.changed == 1
    return done[0]


def test_an_edit_takes_as_many_steps_among_many_posts_as_among_few(tmp_path: Path) -> None:
    few = effort_of_an_edit(tmp_path / "few", 300)
    many = effort_of_an_edit(tmp_path / "many", 1500)

    assert few > 0
    assert many == pytest.approx(few, rel=0.25)
