"""The whole service: a real server, real files, and what subscribers see of them."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from feeds.model.feed import Format
from service import Place, clean_environment
from walking import walk


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


def workers(parent: int) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        # Other processes may end while they are looked at.
        with contextlib.suppress(OSError):
            is_child = f"\nPPid:\t{parent}\n" in (folder / "status").read_text()
            if is_child and b"spawn_main" in (folder / "cmdline").read_bytes():
                yield int(folder.name)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux tells the environment of a process")
def test_workers_give_the_memory_of_documents_back_unless_their_operator_says_otherwise(place: Place) -> None:
    with place.serving(MALLOC_ARENA_MAX="7") as process:
        environments = [Path(f"/proc/{worker}/environ").read_bytes().split(b"\0") for worker in workers(process.pid)]

    assert len(environments) == 1
    assert {b"MALLOC_ARENA_MAX=7", b"MALLOC_MMAP_THRESHOLD_=65536"} <= set(environments[0])


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
        # Long before the next scan: it was the clock.
        assert datetime.now(UTC) - due < timedelta(seconds=20)


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
        one, other = place.get("/feeds/all.rss"), second.get("/feeds/all.rss")
        assert one.headers | {"date": ""} == other.headers | {"date": ""}
        assert (one.status, one.body) == (other.status, other.body)
        os.kill(first.pid, signal.SIGKILL)
        first.wait(timeout=10)
        place.wait_until(lambda: place.get("/readyz").status == 0)
        second.post("two", "By the second engine")
        second.wait_until(lambda: b"By the second engine" in second.get("/feeds/all.rss").body)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one thread of another process be signalled")
def test_it_ends_when_told_to_though_another_of_its_threads_gets_the_signal(place: Place) -> None:
    with place.serving() as process:
        threads = [int(task.name) for task in Path(f"/proc/{process.pid}/task").iterdir()]
        other = max(threads)
        assert other != process.pid
        ctypes.CDLL(None).tgkill(process.pid, other, signal.SIGTERM)
        assert process.wait(timeout=10) == 0


def test_it_ends_when_told_to_though_a_web_worker_hangs(place: Place) -> None:
    with place.serving() as process:
        (worker,) = workers(process.pid)
        os.kill(worker, signal.SIGSTOP)
        process.terminate()
        assert process.wait(timeout=20) == 0
        assert not list(workers(process.pid))


def test_what_is_missing_is_said_at_the_start(place: Place) -> None:
    place.content.rename(place.folder / "elsewhere")
    with place.serving() as process:
        assert process.stdout is not None
        told = "".join(process.stdout.readline() for _ in range(14))

    assert "Degraded: The content directory cannot be read" in told


def test_a_change_of_the_config_right_after_the_start_is_not_lost(place: Place) -> None:
    with place.serving():
        place.configure(title="Changed at once")
        place.wait_until(lambda: b"Changed at once" in place.get("/feeds/all.rss").body)


def test_any_wsgi_server_can_serve_what_is_published(place: Place) -> None:
    place.run("refresh")
    code = (
        "import wsgi; from werkzeug.test import Client; "
        "answer = Client(wsgi.application).get('/feeds/all.atom'); print(answer.status, answer.text.count('<entry>'))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
        env=clean_environment() | {"FEEDS_CONFIG": str(place.config)},
    )

    assert result.stdout.split() == ["200", "OK", "1"]


def test_a_reader_walks_from_the_subscription_document_to_the_first_post_in_each_format(tmp_path: Path) -> None:
    place = Place(folder=tmp_path)
    place.configure(more="[defaults]\nentries = 4\n")
    names = [f"post-{number:02}" for number in range(30)]
    for number, name in enumerate(names):
        place.post(name, name, date=f"2026-01-{number + 1:02}T10:00:00Z")

    def get(path: str) -> bytes:
        answer = place.get(path)
        if answer.status == 302:
            answer = place.get(urljoin(path, answer.headers["location"]))
        assert answer.status == 200
        return answer.body

    with place.serving():
        for format in Format:
            pages = walk(get, f"/feeds/all.{format}", format)
            assert [id.rpartition(":")[2] for page in pages for id in page.ids] == names[::-1]
            closed = urlsplit(pages[-1].own).path
            assert place.get(closed).headers["cache-control"] == "public, max-age=31536000, immutable"
            assert place.get(closed, "HEAD").headers["content-length"] == str(len(place.get(closed).body))
            assert get(f"/feeds/all/archive/1.{format}") == place.get(closed).body


def test_a_worker_loads_what_makes_documents_only_when_an_archive_is_asked_for(tmp_path: Path) -> None:
    place = Place(folder=tmp_path)
    place.configure(more="[defaults]\nentries = 1\n")
    for name in ("one", "two", "three"):
        place.post(name, name)
    assert place.run("refresh").returncode == 0
    script = (
        "import os, sys; from pathlib import Path\n"
        "from feeds.bootstrap.serving import application\n"
        "client = application(Path(sys.argv[1]), 1, 1, Path('feeds.toml')).test_client()\n"
        "heavy = {'feedgen', 'lxml', 'bleach', 'markdown_it', 'pydantic', 'frontmatter'}\n"
        "assert client.get('/feeds/all.rss').status_code == 200\n"
        "assert client.get('/feeds/all/archive.rss').status_code == 404\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert client.get('/feeds/all/archive/2.rss').status_code == 200\n"
        "assert {'feedgen', 'lxml', 'pydantic'} <= set(sys.modules)\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "state")], capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stderr
