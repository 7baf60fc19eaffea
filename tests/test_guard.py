"""The flood guard, ``feeds plan`` and ``feeds release``, through the files, the state and the commands."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.errors import UnknownFeed
from feeds.model.feed import FeedDefinition
from feeds.services.guard import release
from walking import Reader
from workbench import NOON, Workbench, a_publication


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path, a_publication(definitions=(FeedDefinition(name="all", max_new_entries=2),)))


def write_posts(bench: Workbench, name: str, count: int, year: int) -> None:
    for number in range(count):
        bench.post(f"{name}-{number}", date=f"{year}-01-{number + 1:02d}T00:00:00Z")


def titles(bench: Workbench, feed: str = "all") -> set[str]:
    return {item["title"] for item in json.loads(bench.body(f"/feeds/{feed}.json"))["items"]}


def test_many_old_posts_that_come_at_once_are_held_back(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.refresh()
    before = bench.everything()
    write_posts(bench, "old", 3, 2020)

    report = bench.refresh(NOON + timedelta(minutes=1))

    assert [condition.code for condition in report.conditions] == ["feeds-held"]
    assert "all (3)" in report.conditions[0].message
    assert bench.everything() == before


def test_few_old_posts_are_published_at_once(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.refresh()
    write_posts(bench, "old", 2, 2020)

    assert not bench.refresh().conditions
    assert len(titles(bench)) == 5


def test_many_new_posts_are_published_at_once(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.refresh()
    write_posts(bench, "newer", 20, 2026)

    assert not bench.refresh().conditions
    assert len(titles(bench)) == 23


def test_a_first_publication_is_never_held(bench: Workbench) -> None:
    write_posts(bench, "old", 20, 2020)

    assert not bench.refresh().conditions


def test_a_held_feed_is_published_when_it_is_released(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.refresh()
    write_posts(bench, "old", 3, 2020)
    bench.refresh()

    (hold,) = release(bench.database, [])
    report = bench.refresh(NOON + timedelta(minutes=2))

    assert (hold.feed, hold.entries) == ("all", 3)
    assert not report.conditions
    assert len(titles(bench)) == 6
    assert not bench.refresh().conditions


def test_a_hold_ends_by_itself_when_the_change_is_undone(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.refresh()
    write_posts(bench, "old", 3, 2020)
    bench.refresh()
    for number in range(3):
        (bench.content / f"old-{number}.md").unlink()

    assert not bench.refresh().conditions
    assert len(titles(bench)) == 3


def test_a_held_feed_says_since_when(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.refresh()
    write_posts(bench, "old", 3, 2020)
    bench.refresh(NOON)
    bench.post("old-9", date="2020-02-01")

    (condition,) = bench.refresh(NOON + timedelta(hours=1)).conditions

    assert condition.since == NOON
    assert "all (4)" in condition.message


def test_other_feeds_go_on_while_one_is_held(tmp_path: Path) -> None:
    definitions = (
        FeedDefinition(name="all", max_new_entries=2),
        FeedDefinition(name="category/{category}", for_each="category"),
    )
    bench = Workbench(tmp_path, a_publication(definitions=definitions))
    for number in range(3):
        bench.post(f"new-{number}", date="2025-01-01", categories="tv")
    bench.refresh()
    for number in range(3):
        bench.post(f"old-{number}", date="2020-01-01", categories="radio")

    bench.refresh()

    assert len(titles(bench)) == 3
    assert len(titles(bench, "category/radio")) == 3


def test_posts_that_come_again_under_other_ids_are_held_back(bench: Workbench) -> None:
    for number in range(3):
        bench.post(f"post-{number}", guid=f"tag:example.com,2020:{number}")
    bench.refresh()
    before = bench.everything()
    for number in range(3):
        bench.post(f"post-{number}", guid=f"tag:example.com,2021:{number}")

    report = bench.refresh()

    assert [condition.code for condition in report.conditions] == ["feeds-held"]
    assert bench.everything() == before


def test_an_entry_that_was_announced_once_may_come_back(bench: Workbench) -> None:
    write_posts(bench, "post", 12, 2025)
    bench.refresh()
    for number in range(8):
        shutil.move(bench.content / f"post-{number}.md", bench.state / f"post-{number}.md")
    bench.refresh()
    for number in range(8):
        shutil.move(bench.state / f"post-{number}.md", bench.content / f"post-{number}.md")

    assert not bench.refresh().conditions
    assert len(titles(bench)) == 12


def test_a_held_feed_goes_on_hiding_what_is_taken_back(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.refresh()
    write_posts(bench, "old", 3, 2020)
    bench.refresh()
    bench.post("new-1", date="2025-01-02T00:00:00Z", draft="true")

    report = bench.refresh()

    assert [condition.code for condition in report.conditions] == ["feeds-held"]
    assert titles(bench) == {"New 0", "New 2"}


def test_a_post_that_expires_leaves_a_held_feed_too(bench: Workbench) -> None:
    write_posts(bench, "new", 3, 2025)
    bench.post("brief", date="2025-02-01T00:00:00Z", expires="2026-06-01T13:00:00Z")
    bench.refresh(NOON)
    write_posts(bench, "old", 3, 2020)
    bench.refresh(NOON)

    bench.refresh(NOON + timedelta(minutes=59, seconds=59))
    before = titles(bench)
    bench.refresh(NOON + timedelta(hours=1))

    assert "Brief" in before
    assert titles(bench) == {"New 0", "New 1", "New 2"}


def test_only_what_is_held_can_be_released(bench: Workbench) -> None:
    bench.post("post")
    bench.refresh()

    assert release(bench.database, []) == ()
    with pytest.raises(UnknownFeed, match="No feed is held"):
        release(bench.database, ["all"])


CONFIG = """
[site]
title = "Plan"
url = "https://example.com"
[content]
directory = "content"
[[feed]]
name = "all"
entries = {entries}
max_new_entries = 2
"""


class Place:
    """A config file and its content, and the commands an operator has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config()
        for number in range(8):
            self.post(f"post-{number}", f"2025-01-{number + 1:02d}")

    def config(self, entries: int = 5, name: str = "feeds.toml") -> Path:
        file = self.folder / name
        file.write_text(CONFIG.format(entries=entries))
        return file

    def post(self, name: str, date: str, title: str = "", body: str = "Hello.") -> None:
        file = self.folder / "content" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"---\ntitle: {title or name}\ndate: {date}\n---\n{body}\n")
        os.utime(file, (1_700_000_000, 1_700_000_000 + len(body) + len(title)))

    def run(self, *arguments: str, config: str = "feeds.toml") -> Result:
        return CliRunner().invoke(main, [*arguments, "--config", str(self.folder / config)])

    def plan(self, config: str = "feeds.toml") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("plan", "--json", config=config).stdout)
        return found

    def published(self) -> dict[str, bytes]:
        output = self.folder / "out"
        self.run("build", "--output", str(output))
        return {str(file): file.read_bytes() for file in output.rglob("*") if file.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    place.run("refresh")
    return place


def delete(place: Place, *names: str, entries: int = 5) -> None:
    place.config(entries)
    for name in names:
        (place.folder / "content" / f"{name}.md").unlink()


def kinds(change: dict[str, Any]) -> dict[str, list[str]]:
    names = ("announced", "reannounced", "surfaced", "updated", "rewritten", "removed", "reidentified")
    return {name: [entry["path"] for entry in change[name]] for name in names if change[name]}


def test_a_plan_without_a_change_says_that_all_stays(place: Place) -> None:
    result = place.run("plan")

    assert result.exit_code == 0
    assert result.stdout == "1 feed stays as it is.\n"


def test_a_plan_of_another_config_shows_what_subscribers_would_get_and_publishes_nothing(place: Place) -> None:
    before = place.published()
    place.config(entries=8, name="new.toml")

    result = place.run("plan", config="new.toml")

    assert result.exit_code == 2
    assert "all: 3 announced anew though old; " in result.stdout
    assert "  announced anew though old: post-2 (post-2.md, 2025-01-03)" in result.stdout
    assert "Subscribers would be told of old entries again in: all." in result.stdout
    assert place.published() == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda place: place.post("more", "2025-02-01"), {"announced": ["more.md"]}),
        (lambda place: place.post("post-7", "2025-01-08", body="Else."), {"updated": ["post-7.md"]}),
        (
            lambda place: (place.folder / "content/post-7.md").unlink(),
            {"surfaced": ["post-2.md"], "removed": ["post-7.md"]},
        ),
        (
            lambda place: delete(place, "post-7", "post-6"),
            {"surfaced": ["post-2.md", "post-1.md"], "removed": ["post-7.md", "post-6.md"]},
        ),
        (
            lambda place: delete(place, "post-7", "post-6", "post-5"),
            {
                "reannounced": ["post-2.md", "post-1.md", "post-0.md"],
                "removed": ["post-7.md", "post-6.md", "post-5.md"],
            },
        ),
        (
            lambda place: delete(place, "post-7", entries=6),
            {"surfaced": ["post-2.md"], "reannounced": ["post-1.md"], "removed": ["post-7.md"]},
        ),
        (lambda place: place.post("past", "2025-01-05T12:00:00Z"), {"reannounced": ["past.md"]}),
    ],
)
def test_a_plan_tells_apart_what_happens_to_entries(
    place: Place, change: Callable[[Place], object], expected: dict[str, list[str]]
) -> None:
    change(place)

    (feed,) = place.plan()["feeds"]

    assert kinds(feed) == expected


def test_one_deletion_that_lets_an_older_post_move_up_is_no_announcement_anew(place: Place) -> None:
    delete(place, "post-5")
    planned = place.run("plan")
    refreshed = place.run("refresh")
    delete(place, "post-7", "post-6", "post-4")
    many = place.run("plan")

    assert planned.exit_code == 0
    assert "all: 1 moved up from below the end, 1 removed; " in planned.stdout
    assert "  moved up from below the end: post-2 (post-2.md, 2025-01-03)" in planned.stdout
    assert refreshed.exit_code == 0
    # Two are left to come, and both would come up: as many as may.
    assert (many.exit_code, "2 moved up from below the end, 3 removed" in many.stdout) == (0, True)


def test_a_post_that_was_there_before_moves_up_without_a_word(place: Place) -> None:
    place.post("newer", "2025-02-01")
    place.run("refresh")
    delete(place, "newer")

    assert kinds(place.plan()["feeds"][0]) == {"removed": ["newer.md"]}


@pytest.mark.parametrize("mistake", ["config", "option", "state"])
def test_a_plan_that_cannot_be_made_has_another_status_than_one_that_announces_anew(place: Place, mistake: str) -> None:
    broken = place.config(name="broken.toml")
    broken.write_text(broken.read_text().replace("entries", "entrees"))
    words = {
        "config": ["plan", "--config", str(broken)],
        "option": ["plan", "--jsno"],
        "state": ["plan", "--state", "nowhere"],
    }[mistake]

    result = CliRunner().invoke(main, words)

    assert result.exit_code == 1
    assert {"config": "broken.toml:9: ", "option": "--jsno", "state": "nowhere"}[mistake] in result.stderr


def test_a_plan_gives_the_bytes_of_every_document(place: Place) -> None:
    sizes = {
        f"/feeds/all.{format}": len(next(body for file, body in place.published().items() if file.endswith(name)))
        for format, name in (("rss", "all.rss"), ("atom", "all.atom"), ("json", "all.json"))
    }

    (feed,) = place.plan()["feeds"]

    assert feed["before"] == feed["after"] == sizes


def test_a_plan_of_many_feeds_speaks_of_holds_only_where_there_are_any(place: Place) -> None:
    text = (place.folder / "feeds.toml").read_text()
    (place.folder / "feeds.toml").write_text(f'{text}[[feed]]\nname = "tag/{{tag}}"\nfor_each = "tag"\n')
    file = place.folder / "content/tagged.md"
    file.write_text("---\ntitle: Tagged\ndate: 2025-03-01\ntags: [x]\n---\nHello.\n")
    place.run("refresh")
    place.post("untagged", "2025-04-01")

    result = place.run("plan")

    assert result.stderr == ""
    assert result.stdout.startswith("all: 1 new; ")
    assert "1 feed stays as it is." in result.stdout


def test_a_feed_under_a_new_name_is_held_like_the_old_one(place: Place) -> None:
    renamed = CONFIG.format(entries=8).replace('"all"', '"everything"\naliases = ["/feeds/all.rss"]')
    (place.folder / "new.toml").write_text(renamed)

    planned = place.run("plan", config="new.toml")
    place.run("refresh", config="new.toml")
    feed, _ = json.loads(place.run("list", "--json", config="new.toml").stdout)
    place.run("release", config="new.toml")
    released, _ = json.loads(place.run("list", "--json", config="new.toml").stdout)

    assert planned.exit_code == 2
    assert "everything: 3 announced anew though old" in planned.stdout
    assert (feed["name"], feed["entries"], feed["held"]) == ("everything", 5, 3)
    assert (released["entries"], released["held"]) == (8, 0)


def test_the_commands_tell_what_is_held_and_release_it(place: Place) -> None:
    for number in range(3):
        place.post(f"past-{number}", f"2025-01-07T12:0{number}:00Z")

    held = place.run("refresh")
    listed = place.run("list")
    planned = place.run("plan")
    released = place.run("release", "all")

    assert held.exit_code == 1
    assert "feeds release" in held.stderr
    assert "held" in listed.stdout
    assert "all: held until now, 3 announced anew though old" in planned.stdout
    assert released.exit_code == 0
    assert released.stdout.startswith("Released: all.\n")
    assert place.run("release").stdout == "No feed is held.\n"


def test_to_release_all_is_to_release_the_feed_of_that_name_and_says_so(place: Place) -> None:
    text = (place.folder / "feeds.toml").read_text()
    more = '[[feed]]\nname = "other"\nmax_new_entries = 0\nwhere = { path = "po" }\n'
    (place.folder / "feeds.toml").write_text(text.replace("max_new_entries = 2", "max_new_entries = 0") + more)
    place.run("refresh")
    place.post("post-a", "2025-01-07T12:00:00Z")
    place.run("refresh")

    one = place.run("release", "all").stdout
    every = place.run("release").stdout

    assert one.startswith(
        "Released: all.\n"
        "Only what was named: still held are other. `feeds release` without a name releases every feed.\n"
    )
    assert every.startswith("Released: other.\n")
    assert "`feeds release all`" in " ".join(CliRunner().invoke(main, ["release", "--help"]).output.split())


def test_releasing_what_is_not_held_is_refused(place: Place) -> None:
    result = place.run("release", "al")

    assert result.exit_code == 1
    assert "The feed al is not held. No feed is held." in result.stderr


def test_a_plan_before_anything_is_published_shows_feeds_that_begin(tmp_path: Path) -> None:
    place = Place(tmp_path)

    result = place.run("plan")

    assert result.exit_code == 0
    assert result.stdout.startswith("all: a new feed; ")
    assert not (tmp_path / "state" / "feeds.sqlite3").exists()


def test_the_archives_of_a_held_feed_hide_what_is_taken_back_too(tmp_path: Path) -> None:
    definition = FeedDefinition(name="all", entries=2, max_new_entries=0)
    bench = Workbench(tmp_path, a_publication(definitions=(definition,)))
    write_posts(bench, "new", 6, 2025)
    bench.refresh()
    reader = Reader(bench)
    before = {page.own for page in reader.walk()}
    bench.post("new-1", date="2025-01-02T00:00:00Z", draft="true")
    (bench.content / "new-5.md").unlink()

    assert [condition.code for condition in bench.refresh().conditions] == ["feeds-held"]

    assert len(before) > 1
    for own in before:
        answer = reader.client.get(urlsplit(own).path)
        assert b"New 1<" not in answer.data
        assert b"New 5<" not in answer.data
