"""A state that is removed, or replaced, under a service that uses it."""

import http
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from builders import day
from feeds.errors import StoreError
from feeds.model.artefact import Artefact
from feeds.services.serve import Serve
from feeds.store import runs
from feeds.store.database import open_database
from feeds.store.probe import FILE_NAME
from feeds.store.rescue import GONE_OVER, PUT_BACK, rescue
from feeds.store.shelf import StoreShelf
from service import Place
from workbench import NOON, Workbench


def published(place: Place) -> bytes:
    return place.get("/feeds/all.json").body


def codes(place: Place) -> set[str]:
    health = place.get("/healthz").body.decode()
    return {code for code in ("state-gone", "engine-silent", "refresh-failed") if code in health}


def a_shelf(bench: Workbench) -> StoreShelf:
    """Open the same state as a web worker does, with connections of its own."""
    return StoreShelf(open_database(bench.state))


@pytest.fixture
def running(bench: Workbench) -> Workbench:
    bench.post("one", title="One")
    bench.refresh()
    return bench


# The database


@pytest.mark.parametrize("loss", ["file", "folder"])
def test_a_state_that_is_removed_is_put_back_whole(running: Workbench, loss: str) -> None:
    running.content.joinpath("one.md").rename(running.content / "renamed.md")
    running.refresh()
    before = running.everything()
    id_before = running.catalogued("renamed").id

    if loss == "file":
        (running.state / FILE_NAME).unlink()
    else:
        shutil.rmtree(running.state)

    assert running.database.is_displaced
    assert rescue(running.database) == PUT_BACK
    assert rescue(running.database) == ""
    assert running.everything() == before
    running.post("two", title="Two")
    running.refresh()
    with closing(sqlite3.connect(running.state / FILE_NAME)) as again:
        assert again.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert again.execute("SELECT id FROM posts WHERE path = 'renamed.md'").fetchone() == (id_before,)
        assert again.execute("SELECT count(*) FROM posts").fetchone() == (2,)


def test_nothing_is_written_to_a_state_that_nobody_would_find_again(running: Workbench) -> None:
    shutil.rmtree(running.state)

    with pytest.raises(StoreError, match="removed, or replaced"), running.database.writing():
        raise AssertionError("that must not be reached")
    assert b"One" in running.body("/feeds/all.json")


def test_a_state_that_comes_into_the_place_of_another_is_gone_over_to(running: Workbench, tmp_path: Path) -> None:
    other = Workbench(tmp_path / "other")
    other.post("other", title="Another")
    other.refresh()
    other.close()

    running.state.rename(tmp_path / "aside")
    other.state.rename(running.state)

    assert rescue(running.database) == GONE_OVER
    assert b"Another" in running.body("/feeds/all.json")
    running.refresh()
    assert b"One" in running.body("/feeds/all.json")


def test_a_database_beside_the_log_of_another_one_is_not_touched(running: Workbench, tmp_path: Path) -> None:
    other = Workbench(tmp_path / "other")
    other.close()
    (other.state / FILE_NAME).replace(running.state / FILE_NAME)
    content = (running.state / FILE_NAME).read_bytes()

    with pytest.raises(StoreError, match="-wal and -shm"):
        rescue(running.database)

    assert (running.state / FILE_NAME).read_bytes() == content
    assert running.database.is_displaced
    for left in running.state.glob("*-*"):
        left.unlink()
    assert rescue(running.database) == GONE_OVER


def test_a_new_state_does_not_take_over_the_log_of_one_that_was_removed(running: Workbench) -> None:
    (running.state / FILE_NAME).unlink()

    new = open_database(running.state)

    with new.writing() as connection:
        assert runs.standing(connection) is None
    assert b"One" in running.body("/feeds/all.json")
    new.close()


# A web worker


def test_a_worker_serves_on_from_what_it_has_open_and_says_so(running: Workbench) -> None:
    shelf = a_shelf(running)
    shutil.rmtree(running.state)

    assert isinstance(shelf.find("/feeds/all.rss"), Artefact)
    assert shelf.generation() is not None
    (condition,) = shelf.conditions()
    assert (condition.code, condition.since) == ("state-gone", NOON)


def test_a_worker_follows_when_the_state_is_back_and_not_before_there_is_something_in_it(
    running: Workbench,
) -> None:
    seconds = iter(range(1000))
    shelf = a_shelf(running)
    serve = Serve(shelf, memory_bytes=1 << 20, clock=lambda: NOON, monotonic=lambda: float(next(seconds)))
    before = serve.find("/feeds/all.json")
    shutil.rmtree(running.state)
    new = open_database(running.state)
    assert serve.health().status == "degraded"
    assert serve.find("/feeds/all.json") == before

    running.database = new
    running.post("one", title="Another title")
    running.refresh(day(900))

    after = serve.find("/feeds/all.json")
    assert isinstance(after, Artefact)
    assert b"Another title" in after.body
    assert serve.health().status == "ok"
    new.close()


# The whole service


def test_a_service_whose_state_is_removed_says_so_puts_it_back_and_goes_on(tmp_path: Path) -> None:
    place = Place(folder=tmp_path)
    place.post("one", "One")
    with place.serving() as process:
        place.wait_until(lambda: b"One" in published(place), process)
        shutil.rmtree(tmp_path / "state")
        place.wait_until(lambda: (tmp_path / "state" / FILE_NAME).exists(), process)
        place.post("two", "Two")
        place.wait_until(lambda: b"Two" in published(place), process)
        place.wait_until(lambda: codes(place) == set(), process)
        assert place.get("/healthz").status == http.HTTPStatus.OK
        # Another engine finds the lock of this one in the new place.
        place.wait_until((tmp_path / "state" / "engine.lock").exists, process)
    assert place.run("list").returncode == 0
