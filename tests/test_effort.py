"""How much is done for one edit: as much as changed, however much there is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from feeds.store import archives as archives_store
from feeds.store import runs
from workbench import NOON, USUAL, Workbench, a_publication

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


@contextmanager
def documents_kept() -> Iterator[list[int]]:
    """Count the documents that are put into the state meanwhile."""
    done = [0]

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        done[0] += statement.startswith("INSERT INTO documents")

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield done
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def among(folder: Path, posts: int, **changes: Any) -> Workbench:
    """Return a site of so many posts, a minute apart, that has been refreshed."""
    bench = Workbench(folder, a_publication(**changes))
    for number in range(posts):
        bench.post(f"post-{number:04}", body="Hello.", categories=f"c{number % 5}", date=_date(number))
    bench.post("hidden", draft="true")
    bench.refresh()
    return bench


def effort_of_an_edit(bench: Workbench, number: int) -> int:
    """Edit a post twice; return the steps that the second time takes, when everything has been asked before."""
    name = f"post-{number:04}"
    bench.post(name, body="Edited once.", categories=f"c{number % 5}", date=_date(number))
    bench.refresh(NOON, f"{name}.md")
    bench.post(name, body="Edited again.", categories=f"c{number % 5}", date=_date(number))
    with steps() as done:
        report = bench.refresh(NOON, f"{name}.md")
    assert report.changed == 1
    return done[0]


def _date(number: int) -> str:
    return f"2026-01-01T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"


@pytest.mark.parametrize("archives", [False, True])
def test_an_edit_takes_as_many_steps_among_many_posts_as_among_few(tmp_path: Path, *, archives: bool) -> None:
    definitions = tuple(replace(definition, archives=archives, entries=10) for definition in USUAL)
    few = effort_of_an_edit(among(tmp_path / "few", 200, definitions=definitions), 197)
    many = effort_of_an_edit(among(tmp_path / "many", 800, definitions=definitions), 797)

    assert few > 0
    assert many == pytest.approx(few, rel=0.25)


def test_an_edit_of_an_old_post_takes_as_many_steps_among_many_posts_as_among_few(tmp_path: Path) -> None:
    definitions = tuple(replace(definition, archives=False, entries=10) for definition in USUAL)
    few = effort_of_an_edit(among(tmp_path / "few", 200, definitions=definitions), 7)
    many = effort_of_an_edit(among(tmp_path / "many", 800, definitions=definitions), 7)

    assert many == pytest.approx(few, rel=0.25)


def test_documents_that_show_nothing_of_an_edit_are_not_made_again(tmp_path: Path) -> None:
    bench = among(tmp_path, 120, definitions=tuple(replace(definition, entries=10) for definition in USUAL))

    with documents_kept() as of_old:
        bench.post("post-0003", body="Edited.", categories="c3", date=_date(3))
        report = bench.refresh(NOON, "post-0003.md")
    with documents_kept() as of_new:
        bench.post("post-0118", body="Edited.", categories="c3", date=_date(118))
        bench.refresh(NOON, "post-0118.md")

    assert report.documents == 0
    # The list of feeds and the OPML document; beside them two feeds in three formats.
    assert (of_old[0], of_new[0]) == (2, 2 + 2 * 3)


@pytest.mark.parametrize("archives", [False, True])
def test_what_is_left_out_comes_to_the_same_as_doing_everything(tmp_path: Path, *, archives: bool) -> None:
    definitions = tuple(replace(definition, archives=archives, entries=7) for definition in USUAL)
    edited = among(tmp_path / "edited", 60, definitions=definitions)
    changes = [(3, "c3"), (58, "c3"), (20, "c1"), (59, "c0"), (3, "c4"), (61, "c2"), (58, "c1"), (0, "c5")]
    for count, (number, category) in enumerate(changes):
        edited.post(f"post-{number:04}", body=f"Edit {count}.", categories=category, date=_date(number))
        edited.refresh(NOON, f"post-{number:04}.md")
    (edited.content / "post-0059.md").unlink()
    edited.refresh(NOON, "post-0059.md")
    before = edited.everything(), laid_out(edited)

    with edited.database.writing() as connection:
        runs.outdate(connection)
    edited.refresh()

    assert (edited.everything(), laid_out(edited)) == before
    with edited.database.reading() as connection:
        texts = connection.execute(text("SELECT count(*) FROM documents")).scalar_one()
        named = connection.execute(text("SELECT count(DISTINCT digest) FROM artefacts")).scalar_one()
        left = connection.execute(text("SELECT count(*) FROM bodies WHERE path NOT IN (SELECT path FROM posts)"))
    assert texts == named
    assert left.scalar_one() == 0


def laid_out(bench: Workbench) -> list[tuple[Any, ...]]:
    """Return the windows of all archives, but for when they last changed."""
    with bench.database.reading() as connection:
        names = sorted(archives_store.archived_names(connection))
        found = {name: archives_store.windows(connection, name) for name in names}
    return [(name, replace(window, modified=NOON)) for name in names for window in found[name]]
