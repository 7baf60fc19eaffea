"""The whole service: a real server, real files, and what subscribers see of them."""

import json
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(folder=tmp_path)
    place.post("one", "The first one", categories="Sea")
    return place


def test_it_serves_what_the_directory_holds_and_says_where(place: Place) -> None:
    with place.serving() as process:
        rss = place.get("/feeds/all.rss")
        assert rss.status == 200
        assert b"The first one" in rss.body
        assert rss.headers["content-type"] == "application/rss+xml; charset=utf-8"
        assert place.get("/").headers["content-type"].startswith("text/html")
        assert place.get("/feeds.opml").status == 200
        assert json.loads(place.get("/healthz").body)["status"] == "ok"
        assert place.get("/feeds/nothing.rss").status == 404
        assert process.stdout is not None
        told = "".join(process.stdout.readline() for _ in range(4))
        assert f"http://127.0.0.1:{place.port}/feeds/all.rss" in told


def test_a_saved_post_is_served_at_once(place: Place) -> None:
    with place.serving():
        place.post("two", "Fresh from the editor")
        place.wait_until(lambda: b"Fresh from the editor" in place.get("/feeds/all.rss").body)


def test_the_periodic_scan_alone_notices_changes(place: Place) -> None:
    place.configure(scan_interval=0.3)
    # Polling with an interval of hours is as good as no file events at all.
    with place.serving(WATCHFILES_FORCE_POLLING="true", WATCHFILES_POLL_DELAY_MS="3600000"):
        place.post("two", "Found by the scan")
        place.wait_until(lambda: b"Found by the scan" in place.get("/feeds/all.rss").body)


def test_a_post_appears_at_its_instant_without_any_change_on_disk(place: Place) -> None:
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
    place.post("due", "At last", date=f"{due:%Y-%m-%dT%H:%M:%SZ}")
    with place.serving():
        while datetime.now(UTC) < due - timedelta(milliseconds=50):
            assert b"At last" not in place.get("/feeds/all.rss").body
            time.sleep(0.1)
        place.wait_until(lambda: b"At last" in place.get("/feeds/all.rss").body)
        assert datetime.now(UTC) - due < timedelta(seconds=2)


def test_caches_are_never_told_to_wait_past_the_next_post(place: Place) -> None:
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=60)
    place.post("due", "In a minute", date=f"{due:%Y-%m-%dT%H:%M:%SZ}")
    with place.serving():
        control = place.get("/feeds/all.rss").headers["cache-control"]

    max_age = int(control.partition("max-age=")[2].partition(",")[0])
    assert 0 < max_age <= 60


def test_a_restart_serves_what_was_published_last_even_without_its_content(place: Place) -> None:
    place.run("refresh")
    place.content.rename(place.folder / "elsewhere")
    with place.serving():
        assert b"The first one" in place.get("/feeds/all.rss").body
        place.wait_until(lambda: json.loads(place.get("/healthz").body)["status"] == "degraded")
        assert place.get("/feeds/all.rss").status == 200
        (place.folder / "elsewhere").rename(place.content)
        place.post("two", "Back again")
        place.wait_until(lambda: b"Back again" in place.get("/feeds/all.rss").body)
        assert json.loads(place.get("/healthz").body)["status"] == "ok"


def test_a_good_change_of_the_config_takes_effect_and_a_broken_one_keeps_the_last_good(place: Place) -> None:
    with place.serving():
        place.configure(title="Renamed")
        place.wait_until(lambda: b"Renamed" in place.get("/feeds/all.rss").body)

        place.config.write_text("[site]\ntitel = 1\n")
        place.wait_until(lambda: json.loads(place.get("/healthz").body)["status"] == "degraded")
        assert "config" in place.get("/healthz").body.decode()
        place.post("two", "Still fresh")
        place.wait_until(lambda: b"Still fresh" in place.get("/feeds/all.rss").body)
        assert b"Renamed" in place.get("/feeds/all.rss").body

        place.configure(title="Mended")
        place.wait_until(lambda: b"Mended" in place.get("/feeds/all.rss").body)
        assert json.loads(place.get("/healthz").body)["status"] == "ok"


def test_one_engine_works_at_a_time_and_another_takes_over_when_it_dies(place: Place) -> None:
    second = Place(folder=place.folder, config_name="second.toml")
    with place.serving() as first, second.serving():
        assert second.get("/feeds/all.rss") == place.get("/feeds/all.rss")
        workers = children_of(first.pid)
        for pid in (first.pid, *workers):
            os.kill(pid, signal.SIGKILL)
        first.wait(timeout=10)
        second.post("two", "By the second engine")
        second.wait_until(lambda: b"By the second engine" in second.get("/feeds/all.rss").body)


def children_of(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
