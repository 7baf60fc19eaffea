"""``updated`` moves when an entry says something else, and never else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from builders import a_site
from feeds.model.report import Report
from feeds.store.database import open_database
from workbench import NOON, Workbench, a_publication

BORN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LATER = NOON + timedelta(days=3)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(tmp_path)
    yield made
    made.close()


def updated(bench: Workbench, name: str = "one") -> datetime:
    """Return what the documents say of the post, which is what the catalogue says of it."""
    post = bench.catalogued(name)
    by_id = {entry.id: entry for entry in feedparser.parse(bench.body("/feeds/all.atom")).entries}
    told = datetime.fromisoformat(by_id[post.id].updated) if post.id in by_id else post.updated
    assert told == post.updated
    return told


def edit(bench: Workbench, body: str = "Hello.", at: datetime = LATER, **fields: Any) -> Report:
    bench.post("one", body, **fields)
    return bench.refresh(at)


@pytest.fixture(autouse=True)
def published(bench: Workbench) -> None:
    edit(bench, at=NOON)


def test_a_new_entry_was_updated_when_it_was_published(bench: Workbench) -> None:
    assert updated(bench) == BORN


def test_an_imported_entry_was_updated_when_its_author_says(bench: Workbench) -> None:
    bench.post("two", lastmod="2026-02-03")
    bench.refresh()

    assert updated(bench, "two") == datetime(2026, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"body": "Hello, all."},
        {"image": "/a.png"},
    ],
)
def test_an_edit_with_meaning_is_told_when_it_is_seen(bench: Workbench, change: dict[str, Any]) -> None:
    edit(bench, **change)

    assert updated(bench) == LATER


@pytest.mark.parametrize(
    "change",
    [
        {"body": "\n  Hello.  \n\n"},
        {"title": "  One "},
        {"categories": "[Sea]"},
        {"tags": "tea"},
        {"author": "Someone"},
        {"description": "What it is about."},
        {"layout": "wide", "featured": "true", "slug": "uno", "lang": "en"},
        {"image_alt": "A picture"},
        {"minor": "true"},
    ],
)
def test_an_edit_without_meaning_is_not_told(bench: Workbench, change: dict[str, Any]) -> None:
    report = edit(bench, **change)

    assert report.changed == 1
    assert updated(bench) == BORN


def test_a_move_of_the_site_does_not_touch_pictures(bench: Workbench) -> None:
    edit(bench, at=NOON, image="a.png")
    before = updated(bench)
    bench.publication = a_publication(site=a_site(url="https://moved.example.net"), permalink="/p/{filename}")
    bench.refresh(LATER)

    assert updated(bench) == before


def test_a_rename_is_not_told(bench: Workbench) -> None:
    edit(bench, "Once more.", at=LATER)
    (bench.content / "one.md").rename(bench.content / "uno.md")
    bench.refresh(LATER + timedelta(days=1))

    assert updated(bench, "uno") == LATER


def test_a_rename_of_a_post_without_a_title_is_not_told(bench: Workbench) -> None:
    bench.write("2026-01-05-a.md", "A body of its own.")
    bench.refresh()
    (bench.content / "2026-01-05-a.md").rename(bench.content / "2026-01-05-b.md")
    bench.refresh(LATER)

    assert updated(bench, "2026-01-05-b") == datetime(2026, 1, 5, tzinfo=UTC)


def test_what_was_told_survives_a_restart_and_passes_without_change(bench: Workbench) -> None:
    edit(bench, "Hello, all.")
    bench.database.close()
    bench.database = open_database(bench.state)
    bench.refresh(LATER + timedelta(days=1))
    bench.publication = a_publication(date_formats=("%d.%m.%Y",))
    bench.refresh(LATER + timedelta(days=2))

    assert updated(bench) == LATER


def test_a_post_that_is_deleted_and_returns_was_updated_when_it_was(bench: Workbench) -> None:
    bench.post("always")
    edit(bench, "Hello, all.")
    kept = (bench.content / "one.md").read_bytes()
    (bench.content / "one.md").unlink()
    bench.refresh(LATER + timedelta(days=1))
    bench.write("one.md", kept)
    bench.refresh(LATER + timedelta(days=2))

    assert updated(bench) == LATER


# The author's word


def test_the_author_says_when_an_edit_was_made(bench: Workbench) -> None:
    edit(bench, "Hello, all.", updated="2026-03-04")

    assert updated(bench) == datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize("key", ["updated", "lastmod", "modified", "last_modified_at"])
def test_the_author_may_move_it_without_an_edit(bench: Workbench, key: str) -> None:
    written: dict[str, Any] = {key: "2026-03-04"}
    edit(bench, **written)

    assert updated(bench) == datetime(2026, 3, 4, tzinfo=UTC)


def test_an_author_who_says_it_once_is_believed_until_they_say_something_else(bench: Workbench) -> None:
    edit(bench, updated="2026-03-04")
    edit(bench, "Hello, all.", updated="2026-03-04")
    assert updated(bench) == datetime(2026, 3, 4, tzinfo=UTC)

    edit(bench, "Hello, all.")
    assert updated(bench) == datetime(2026, 3, 4, tzinfo=UTC)

    edit(bench, "Hello, world.")
    assert updated(bench) == LATER


def test_an_edit_of_the_future_was_made_when_it_was_seen(bench: Workbench) -> None:
    edit(bench, "Hello, all.", updated="2030-01-01")
    bench.refresh(LATER + timedelta(days=1))

    assert updated(bench) == LATER


def test_an_entry_was_never_updated_before_it_was_published(bench: Workbench) -> None:
    edit(bench, updated="2020-01-01")
    assert updated(bench) == BORN

    edit(bench, "Hello, all.", date="2026-05-01")
    assert updated(bench) == LATER


def test_a_minor_edit_is_not_told_neither_then_nor_when_the_flag_goes(bench: Workbench) -> None:
    edit(bench, "Helo.", at=LATER)
    edit(bench, "Hello!", at=LATER + timedelta(days=1), minor="true")
    assert updated(bench) == LATER

    edit(bench, "Hello!", at=LATER + timedelta(days=2))
    assert updated(bench) == LATER

    edit(bench, "Hello, all!", at=LATER + timedelta(days=3))
    assert updated(bench) == LATER + timedelta(days=3)


def test_a_minor_edit_freezes_also_what_a_program_writes_at_each_save(bench: Workbench) -> None:
    edit(bench, "Hello!", minor="true", lastmod="2026-05-05")
    assert updated(bench) == BORN

    edit(bench, "Hello!", lastmod="2026-05-05")
    assert updated(bench) == BORN

    edit(bench, "Hello, all!", lastmod="2026-05-06")
    assert updated(bench) == datetime(2026, 5, 6, tzinfo=UTC)


# What nobody saw


def test_a_draft_may_change_as_often_as_it_likes(bench: Workbench) -> None:
    for day, body in enumerate(("One", "Two", "Three")):
        bench.post("two", body, draft="true")
        bench.refresh(LATER + timedelta(days=day))
    bench.post("two", "Four")
    bench.refresh(LATER + timedelta(days=9))

    assert updated(bench, "two") - BORN < timedelta(seconds=2)


def test_a_scheduled_post_that_is_edited_and_brought_forward_was_updated_when_it_appeared(bench: Workbench) -> None:
    bench.post("two", date="2026-09-01")
    bench.refresh()
    bench.post("two", "Another body.", date="2026-06-02")
    bench.refresh()
    bench.refresh(LATER)

    assert updated(bench, "two") == datetime(2026, 6, 2, tzinfo=UTC)


def test_a_post_that_was_shown_and_put_off_is_updated_when_it_appears_again(bench: Workbench) -> None:
    edit(bench, date="2026-09-01")
    bench.refresh(datetime(2026, 9, 2, tzinfo=UTC))
    assert updated(bench) == datetime(2026, 9, 1, tzinfo=UTC)

    edit(bench, at=datetime(2026, 9, 3, tzinfo=UTC))
    assert updated(bench) == BORN


# Without memory, and among others


def test_a_lost_database_falls_back_to_what_the_files_say(bench: Workbench, tmp_path: Path) -> None:
    bench.post("two", lastmod="2026-02-03")
    edit(bench, "Hello, all.")
    again = Workbench(tmp_path / "again", bench.publication)
    for file in bench.content.iterdir():
        again.write(file.name, file.read_bytes())
    again.refresh(LATER)

    assert updated(again) == BORN
    assert updated(again, "two") == datetime(2026, 2, 3, tzinfo=UTC)
    again.close()


def test_no_two_entries_were_updated_at_once_and_none_moves_when_another_comes(bench: Workbench) -> None:
    for name in "bdfh":
        bench.post(name)
    bench.refresh()
    before = {name: updated(bench, name) for name in "bdfh"}
    for name in "aceg":
        bench.post(name)
    bench.refresh()
    (bench.content / "b.md").unlink()
    bench.refresh()

    after = {name: updated(bench, name) for name in "acdefgh"}
    assert {name: after[name] for name in "dfh"} == {name: before[name] for name in "dfh"}
    assert len(set(after.values())) == 7
    assert max(after.values()) - BORN < timedelta(seconds=10)
    for path in bench.paths():
        if path.endswith(".atom"):
            times = [entry.updated for entry in feedparser.parse(bench.body(path)).entries]
            assert len(set(times)) == len(times)


@pytest.mark.parametrize("why", [{"draft": "true"}, {"status": "private"}, {"embargo": "2027-01-01"}])
@pytest.mark.parametrize("anew", [True, False])
def test_a_post_that_nobody_sees_yet_moves_none_that_is_there(
    bench: Workbench, tmp_path: Path, why: dict[str, str], *, anew: bool
) -> None:
    bench.post("a-secret", **why)
    bench.refresh()
    if anew:
        # What is built without a state finds all at once, in the order of the paths.
        bench.close()
        bench = Workbench(tmp_path / "again", bench.publication)
        bench.post("a-secret", **why)
        bench.post("one")
        bench.refresh()

    assert updated(bench) == BORN
    if "embargo" in why:
        bench.refresh(datetime(2027, 1, 2, tzinfo=UTC))
    else:
        bench.post("a-secret")
        bench.refresh(LATER)
    assert (updated(bench), updated(bench, "a-secret")) == (BORN, BORN + timedelta(seconds=1))
    (bench.content / "a-secret.md").unlink()
    bench.refresh(datetime(2027, 1, 3, tzinfo=UTC))
    assert updated(bench) == BORN
    bench.close()


def test_hundreds_of_entries_of_one_second_each_get_their_own(bench: Workbench) -> None:
    for number in range(300):
        bench.post(f"p{number}")
    bench.refresh()
    again = bench.refresh(LATER)

    assert len({updated(bench, f"p{number}") for number in (0, 1, 2, 150, 299)}) == 5
    assert again.documents == 0


def test_an_older_state_is_taken_over_without_telling_anybody_anything(bench: Workbench) -> None:
    edit(bench, "Hello, all.")
    with bench.database.writing() as connection:
        connection.exec_driver_sql("UPDATE identities SET meaning = '', stated = NULL")
    bench.publication = a_publication(date_formats=("%d.%m.%Y",))
    bench.refresh(LATER + timedelta(days=1))

    assert updated(bench) == LATER


def test_an_edit_is_told_also_in_the_very_second_that_an_earlier_one_was_given(bench: Workbench) -> None:
    """Of two edits found at once, one is given the second after; the next edit may be found just then."""
    bench.post("another")
    bench.refresh()
    for body in ("first", "second"):
        bench.post("another", body)
        bench.post("one", body)
        bench.refresh(LATER if body == "first" else LATER + timedelta(seconds=1))

    assert updated(bench, "another") > LATER
    assert updated(bench) > LATER + timedelta(seconds=1)
    assert updated(bench) != updated(bench, "another")


def test_a_scheduled_post_has_the_second_of_its_date_from_the_start_whatever_its_author_says(bench: Workbench) -> None:
    due = f"{LATER:%Y-%m-%dT%H:%M:%SZ}"
    bench.post("first", date=due, updated="2026-05-01")
    bench.refresh()
    bench.post("second", date=due)
    bench.refresh()

    bench.refresh(LATER)
    before = updated(bench, "first"), updated(bench, "second")
    bench.post("first", date=due, updated="2026-05-01", categories="tv")
    bench.refresh(LATER + timedelta(hours=1))

    assert (updated(bench, "first"), updated(bench, "second")) == before
    assert before == (LATER, LATER + timedelta(seconds=1))
