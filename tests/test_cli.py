"""The command line, as a user meets it."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from service import Place, run


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(folder=tmp_path)


def test_refresh_says_what_it_did(place: Place) -> None:
    place.post("one", "One", categories="Sea")
    place.post("later", "Later", date="2999-01-01")

    result = place.run("refresh")

    assert result.returncode == 0
    assert "1 of 2 posts published in 3 feeds (2 added, 0 changed, 0 removed)." in result.stdout
    assert "2999-01-01T00:00:00Z" in result.stdout
    assert result.stderr == ""


def test_refresh_reports_as_json_for_machines(place: Place) -> None:
    place.post("one", "One")

    report = json.loads(place.run("refresh", "--json").stdout)

    assert (report["generation"], report["posts"], report["visible"]) == (1, 1, 1)
    assert report["next_transition"] is None


def test_build_writes_the_documents_and_a_page_as_files(place: Place) -> None:
    place.post("one", "One", categories="Sea")
    output = place.folder / "public"

    result = place.run("build", "--output", str(output))

    assert result.returncode == 0
    files = sorted(file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file())
    assert "index.html" in files
    assert "feeds.opml" in files
    assert "feeds/category/sea.json" in files
    assert feedparser.parse((output / "feeds/all.rss").read_bytes()).entries[0].title == "One"
    assert [file for file in files if "writing" in file] == []


def test_a_second_build_writes_only_what_changed_and_removes_only_what_it_wrote(place: Place) -> None:
    place.post("one", "One", categories="Sea")
    gone = place.post("two", "Two", categories="Rail")
    output = place.folder / "public"
    place.run("build", "--output", str(output))
    (output / "mine.txt").write_text("mine")
    before = (output / "feeds/category/sea.rss").stat().st_mtime_ns
    gone.unlink()
    only_sea = 'for_each = "category"\nwhere = { category = "sea" }\n'
    place.configure(more=f'[[feed]]\nname = "category/{{category}}"\n{only_sea}')

    place.run("build", "--output", str(output))

    assert not (output / "feeds/category/rail.rss").exists()
    assert (output / "mine.txt").read_text() == "mine"
    assert (output / "feeds/category/sea.rss").stat().st_mtime_ns == before


def test_build_says_where_it_cannot_write(place: Place) -> None:
    place.post("one", "One")
    (place.folder / "file").write_text("in the way")

    result = place.run("build", "--output", str(place.folder / "file" / "public"))

    assert result.returncode == 1
    assert "could not be written" in result.stderr
    assert "Traceback" not in result.stderr


def test_list_names_each_feed_and_its_urls(place: Place) -> None:
    place.post("one", "One", categories="Sea")

    words = place.run("list").stdout
    machine = json.loads(place.run("list", "--json").stdout)

    assert "category/sea: Small Notes: Sea (1 of 1 posts)" in words
    assert "https://example.org/feeds/category/sea.atom" in words
    assert [feed["name"] for feed in machine] == ["all", "featured", "category/sea"]


def test_list_also_names_feeds_that_end_that_moved_and_that_are_no_more(place: Place) -> None:
    place.post("one", "One")
    feeds = '[[feed]]\nname = "all"\n'
    place.configure(more=f'{feeds}[[feed]]\nname = "taken-out"\n')
    place.run("refresh")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    long_ago, later = yesterday - timedelta(days=200), yesterday + timedelta(days=200)
    place.configure(
        more=f'{feeds}[[feed]]\nname = "soon"\nretired = {later}\n'
        f'[[feed]]\nname = "ending"\nretired = {yesterday}\n'
        f'[[feed]]\nname = "ended"\nretired = {long_ago}\n'
        '[[feed]]\nname = "moved"\nmoved_to = "https://new.example/it.{format}"\nformats = ["rss", "atom"]\n'
    )

    words = place.run("list").stdout
    machine = {feed["name"]: feed for feed in json.loads(place.run("list", "--json").stdout)}

    assert {name: feed["standing"] for name, feed in machine.items()} == {
        "all": "published",
        "soon": "published",
        "ending": "retired",
        "moved": "moved",
        "ended": "ended",
        "taken-out": "ended",
    }
    assert machine["moved"]["moved_to"] == ["https://new.example/it.rss", "https://new.example/it.atom"]
    assert machine["ending"]["retired"] == f"{yesterday}T00:00:00Z"
    assert f"ends on {later})" in words
    assert f"retired since {yesterday}, answers until {yesterday + timedelta(days=90)})" in words
    assert f"ended: Small Notes (ended on {long_ago}: answers 410)" in words
    assert "taken-out: (ended: answers 410)\n  https://example.org/feeds/taken-out.atom" in words
    assert "moved: Small Notes (moved: answers 301)" in words
    assert "https://example.org/feeds/moved.rss -> https://new.example/it.rss" in words

    with place.serving() as process:
        assert process.stdout
        told = ""
        while "posts published" not in told:
            told += process.stdout.readline()
    assert f"retired since {yesterday}" in told
    assert "/feeds/moved.rss -> https://new.example/it.rss" in told


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, "Published."),
        ({"draft": "true"}, "Not published: "),
        ({"date": "2999-01-01"}, "Not published yet: it appears at 2999-01-01T00:00:00Z."),
        ({"expires": "2026-01-03"}, "Published no more: it expired at 2026-01-03T00:00:00Z."),
        ({"date": "2026-02-31"}, "Not published as it stands: it cannot be read."),
    ],
)
def test_explain_tells_what_became_of_a_file(place: Place, fields: dict[str, str], verdict: str) -> None:
    place.post("other", "Other")
    place.post("one", "One", **fields)

    result = place.run("explain", "one.md")

    assert verdict in result.stdout
    assert result.returncode == 0


def test_explain_names_the_files_that_come_with_a_post(place: Place) -> None:
    place.post("one", "One", audio="one.mp3", audio_length="1234")

    words = place.run("explain", "one.md").stdout
    machine = json.loads(place.run("explain", "--json", "one.md").stdout)
    assert "/one.mp3 (audio/mpeg, 1234 bytes)" in words
    assert machine["post"]["enclosures"][0]["length"] == 1234


def test_explain_names_feeds_id_dates_and_url(place: Place) -> None:
    file = place.post("one", "One", categories="Sea")

    words = place.run("explain", str(file)).stdout
    machine = json.loads(place.run("explain", "--json", "one.md").stdout)

    assert "tag:example.org,2026-01-02:one" in words
    assert "https://example.org/one" in words
    assert "2026-01-02T03:04:05Z" in words
    assert machine["shown"] == ["all", "category/sea"]


def test_explain_says_when_newer_posts_fill_the_document(place: Place) -> None:
    place.configure(more="[defaults]\nentries = 1\n")
    place.post("new", "New", date="2026-02-02")
    place.post("old", "Old")

    assert "beyond the newest entries of all" in place.run("explain", "old.md").stdout


def test_a_file_whose_name_is_no_text_is_a_finding_and_explained(place: Place) -> None:
    place.post("one", "One")
    (place.content / "two\nlines.md").write_text("---\ntitle: Two\n---\nx")

    checked = place.run("check")
    explained = place.run("explain", "two\nlines.md")

    assert checked.returncode == 1
    assert "error file-name:" in checked.stdout
    assert "Rename it." in explained.stdout


def test_a_category_with_an_endless_name_harms_no_build(place: Place) -> None:
    place.post("one", "One", categories=f"[{'日' * 190}, Sea]")

    result = place.run("build", "--output", str(place.folder / "public"))

    assert result.returncode == 0
    assert len(list((place.folder / "public" / "feeds" / "category").iterdir())) == 6


def test_build_leaves_the_files_of_others_alone(place: Place) -> None:
    place.post("one", "One")
    output = place.folder / "public"
    output.mkdir()
    (output / "index.html").write_text("my home page")

    result = place.run("build", "--output", str(output))

    assert result.returncode == 1
    assert "index.html is there already" in result.stderr
    assert [file.name for file in output.iterdir()] == ["index.html"]
    assert (output / "index.html").read_text() == "my home page"


@pytest.mark.parametrize(("path", "why"), [("nowhere.md", "There is no such file"), ("picture.png", "Not a post")])
def test_explain_says_why_a_file_is_no_post(place: Place, path: str, why: str) -> None:
    place.post("one", "One")
    (place.content / "picture.png").write_bytes(b"png")

    result = place.run("explain", path)

    assert result.returncode == 1
    assert why in result.stdout


def test_a_broken_config_names_every_problem_with_its_line_and_exits_with_2(place: Place) -> None:
    place.configure(more='[defaults]\nlimits = 3\nformats = ["rss", "atm"]\n')

    result = place.run("refresh")

    assert result.returncode == 2
    assert result.stdout == ""
    assert 'unknown key "limits"' in result.stderr
    assert 'did you mean "atom"' in result.stderr
    assert f"{place.config}:12:" in result.stderr


def test_a_missing_content_directory_is_named_with_what_to_do(place: Place) -> None:
    place.content.rmdir()

    result = place.run("refresh")

    assert result.returncode == 1
    assert "The content directory cannot be read" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_state_directory_that_cannot_be_made_is_named_with_what_to_do(place: Place) -> None:
    (place.folder / "occupied").write_text("a file")

    result = place.run("refresh", FEEDS_STATE__DIRECTORY=str(place.folder / "occupied"))

    assert result.returncode == 1
    assert "the state cannot be kept here" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_state_that_is_no_database_is_named_and_left_alone(place: Place) -> None:
    state = place.folder / "state"
    state.mkdir()
    (state / "feeds.sqlite3").write_bytes(b"not a database at all" * 100)

    result = place.run("refresh")

    assert result.returncode == 1
    assert "not a database" in result.stderr
    assert "Put back a copy" in result.stderr
    assert (state / "feeds.sqlite3").read_bytes().startswith(b"not a database")


def test_a_port_in_use_is_named_with_what_to_do(place: Place) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", place.port))
        other.listen()
        result = place.run("serve")

    assert result.returncode == 1
    assert f"Port {place.port} at 127.0.0.1 cannot be listened at" in result.stderr
    assert "Traceback" not in result.stderr


def test_serve_that_cannot_keep_its_state_fails_and_says_why(place: Place) -> None:
    state = place.folder / "state"
    state.mkdir()
    (state / "feeds.sqlite3").write_bytes(b"not a database at all" * 100)

    result = place.run("serve")

    assert result.returncode == 1
    assert "not a database" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_environment_overrides_the_file(place: Place) -> None:
    place.post("one", "One")

    result = place.run("list", FEEDS_SITE__TITLE="From Outside")

    assert "all: From Outside" in result.stdout


def test_the_config_is_found_through_the_environment_too(place: Place) -> None:
    place.post("one", "One")

    assert "Small Notes" in run("list", FEEDS_CONFIG=str(place.config)).stdout


def test_version_and_help_are_there() -> None:
    assert run("--version").stdout.startswith("feeds ")
    assert "explain" in run("--help").stdout
    assert run("nonsense").returncode == 2


def test_the_schema_is_printed() -> None:
    assert "properties" in json.loads(run("schema").stdout)


def test_a_locale_and_a_time_zone_of_the_machine_change_no_byte(place: Place) -> None:
    place.post("one", "One", date="2026-07-01 10:00")
    outputs = [place.folder / "a", place.folder / "b"]
    for output, zone in zip(outputs, ("UTC", "Pacific/Auckland"), strict=True):
        place.run(
            "build",
            "--output",
            str(output),
            TZ=zone,
            LC_ALL="C",
            PYTHONHASHSEED=str(len(zone)),
            FEEDS_STATE__DIRECTORY=str(output / "state"),
        )

    for name in ("feeds/all.rss", "feeds/all.atom", "feeds/all.json", "index.html", "feeds.opml"):
        assert (outputs[0] / name).read_bytes() == (outputs[1] / name).read_bytes()
