"""From files to feeds: one pass, on real files and a real database."""

import json
import os
import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from builders import a_site
from feeds.errors import EngineError
from feeds.model.feed import ContentMode, FeedDefinition, Format
from feeds.services.catalogue import Catalogue, Change
from feeds.services.publish import Publish
from feeds.services.refresh import Refresh
from feeds.services.working import Workers, quietly
from feeds.store.schema import bodies
from workbench import NOON, USUAL, Workbench, a_publication

SECOND = timedelta(seconds=1)


def titles(bench: Workbench, path: str = "/feeds/all.rss") -> list[str]:
    return [entry.title for entry in feedparser.parse(bench.body(path)).entries]


def ids(bench: Workbench, path: str = "/feeds/all.rss") -> list[str]:
    return [entry.id for entry in feedparser.parse(bench.body(path)).entries]


def test_a_post_is_in_the_feed_of_everything_and_of_its_categories_in_every_format(bench: Workbench) -> None:
    bench.post("tide-tables", categories="[Sea, Moon]", featured="true")
    bench.post("night-trains", categories="Rail")

    report = bench.refresh()

    assert (report.posts, report.visible, report.added) == (2, 2, 2)
    assert [path for path in bench.paths() if path.endswith(".atom")] == [
        "/feeds/all.atom",
        "/feeds/category/moon.atom",
        "/feeds/category/rail.atom",
        "/feeds/category/sea.atom",
        "/feeds/featured.atom",
    ]
    for format in Format:
        assert b"Tide Tables" in bench.body(f"/feeds/category/sea.{format}")
        assert b"Tide Tables" in bench.body(f"/feeds/featured.{format}")
        assert b"Night Trains" not in bench.body(f"/feeds/featured.{format}")
    assert b"category/rail" in bench.body("/")
    assert b"category/rail.rss" in bench.body("/feeds.opml")


def test_all_formats_agree_on_ids_links_titles_and_dates(bench: Workbench) -> None:
    for n in range(5):
        bench.post(f"post-{n}", date=f"2026-02-0{n + 1}T10:00:00Z", body=f"Body *{n}*.")
    bench.refresh()

    rss = feedparser.parse(bench.body("/feeds/all.rss")).entries
    atom = feedparser.parse(bench.body("/feeds/all.atom")).entries
    items = json.loads(bench.body("/feeds/all.json"))["items"]

    assert len(rss) == 5
    assert [(e.id, e.link, e.title, e.published_parsed) for e in rss] == [
        (e.id, e.link, e.title, e.published_parsed) for e in atom
    ]
    assert [(e.id, e.link, e.title) for e in atom] == [(i["id"], i["url"], i["title"]) for i in items]


def test_the_same_content_gives_the_same_bytes_in_another_place_order_and_time(
    bench: Workbench, tmp_path: Path
) -> None:
    names = [f"post-{n}" for n in range(12)]
    other = Workbench(tmp_path / "other")
    for name in names:
        bench.post(name, categories="[One, Two]", body=f"The body of {name}.")
    for name in reversed(names):
        other.post(name, categories="[One, Two]", body=f"The body of {name}.")

    bench.refresh()
    other.refresh(NOON + timedelta(days=40))

    assert other.everything() == bench.everything()
    other.close()


def test_a_pass_over_unchanged_content_changes_nothing(bench: Workbench) -> None:
    bench.post("one")
    first = bench.refresh()
    modified = bench.artefact("/feeds/all.rss").last_modified

    second = bench.refresh(NOON + timedelta(hours=1))

    assert (second.generation, second.documents, second.added + second.changed) == (first.generation, 0, 0)
    assert bench.artefact("/feeds/all.rss").last_modified == modified


def test_touching_a_file_changes_no_document(bench: Workbench) -> None:
    file = bench.post("one")
    bench.refresh()
    before = bench.everything()
    os.utime(file, (1_600_000_000, 1_600_000_000))

    report = bench.refresh(NOON + timedelta(hours=1))

    assert report.changed == 1
    assert report.documents == 0
    assert bench.everything() == before


def test_an_edit_changes_the_documents_that_show_the_post_and_no_others(bench: Workbench) -> None:
    bench.post("one", categories="Sea")
    bench.post("two", categories="Rail")
    bench.refresh()
    rail = bench.artefact("/feeds/category/rail.rss")
    bench.post("one", categories="Sea", body="Edited.")

    bench.refresh(NOON + timedelta(hours=1))

    assert b"Edited." in bench.body("/feeds/category/sea.rss")
    assert bench.artefact("/feeds/category/rail.rss") == rail
    assert bench.artefact("/feeds/category/sea.rss").last_modified == NOON + timedelta(hours=1)


def test_a_post_that_changes_its_category_moves_from_one_feed_to_the_other(bench: Workbench) -> None:
    bench.post("one", categories="Sea")
    bench.post("two", categories="Sea")
    bench.refresh()
    bench.post("one", categories="Rail")

    bench.refresh()

    assert titles(bench, "/feeds/category/sea.rss") == ["Two"]
    assert titles(bench, "/feeds/category/rail.rss") == ["One"]


def test_a_deleted_post_leaves_every_feed_and_an_empty_category_is_listed_no_more(bench: Workbench) -> None:
    bench.post("one")
    bench.post("two", categories="Rail").unlink()
    file = bench.post("two", categories="Rail")
    bench.refresh()
    file.unlink()

    report = bench.refresh()

    assert report.removed == 1
    assert titles(bench) == ["One"]
    assert b"<item>" not in bench.body("/feeds/category/rail.rss")
    assert b"category/rail" not in bench.body("/")
    assert b"category/rail" not in bench.body("/feeds.opml")


def test_a_post_in_the_future_leaves_no_trace_until_its_second(bench: Workbench) -> None:
    due = NOON + timedelta(days=3)
    bench.post("now")
    bench.post("zukunft", date=f"{due:%Y-%m-%dT%H:%M:%SZ}", categories="Morgen")

    report = bench.refresh()
    assert report.next_transition == due
    bench.refresh(due - SECOND)
    assert not [path for path, body in bench.everything().items() if b"zukunft" in body or b"orgen" in body]
    assert not [path for path in bench.paths() if "morgen" in path]

    after = bench.refresh(due)
    assert titles(bench) == ["Zukunft", "Now"]
    assert titles(bench, "/feeds/category/morgen.rss") == ["Zukunft"]
    assert after.next_transition is None


def test_a_post_expires_at_its_second(bench: Workbench) -> None:
    bench.post("brief", expires="2026-06-02T00:00:00Z", categories="Short")
    bench.post("long")
    end = datetime(2026, 6, 2, tzinfo=UTC)
    bench.refresh()

    bench.refresh(end - SECOND)
    assert titles(bench) == ["Long", "Brief"]
    bench.refresh(end)
    assert titles(bench) == ["Long"]
    assert b"Brief" not in bench.body("/feeds/category/short.rss")
    assert b"short" not in bench.body("/feeds.opml")


@pytest.mark.parametrize(
    "fields",
    [
        {"draft": "true"},
        {"Draft": "TRUE"},
        {"published": "false"},
        {"status": "draft"},
        {"unlisted": "yes"},
        {"feeds": "false"},
    ],
)
def test_what_is_hidden_is_nowhere(bench: Workbench, fields: dict[str, str]) -> None:
    bench.post("seen")
    bench.post("secret-plan", body="A confidential matter.", categories="Hush", **fields)

    report = bench.refresh()

    assert (report.posts, report.visible) == (2, 1)
    for body in bench.everything().values():
        assert b"ecret" not in body
        assert b"ush" not in body
        assert b"confidential" not in body


def test_a_post_that_becomes_a_draft_is_withdrawn(bench: Workbench) -> None:
    bench.post("one")
    bench.post("two")
    bench.refresh()
    bench.post("two", draft="true")

    bench.refresh()

    assert titles(bench) == ["One"]


def test_a_post_that_breaks_keeps_its_last_good_version_and_is_named(bench: Workbench) -> None:
    bench.post("one", body="Still good.")
    bench.refresh()
    before = bench.everything()
    bench.write("one.md", "---\ntitle: One\nno end in sight\n")

    report = bench.refresh()

    assert bench.everything() == before
    assert report.findings == 1
    (finding,) = bench.findings("one.md")
    assert (finding.code, str(finding.path)) == ("unclosed-fence", "one.md")


def test_a_post_that_is_mended_is_published_as_it_is_now(bench: Workbench) -> None:
    bench.write("one.md", "---\ntitle: One\n")
    bench.post("two")
    bench.refresh()
    bench.post("one", body="Whole again.")

    report = bench.refresh()

    assert b"Whole again." in bench.body()
    assert report.findings == 0


def test_bad_files_harm_only_themselves(bench: Workbench) -> None:
    bench.post("canary-1")
    bench.write("broken-yaml.md", "---\n[ : {\n---\nx")
    bench.write("impossible.md", "---\ntitle: x\ndate: 2026-02-31\n---\nx")
    bench.write("unclosed.md", "---\ntitle: x\n")
    bench.write("binary.md", bytes(range(256)) * 4)
    bench.write("deep.md", "---\ntitle: deep\ndate: 2026-01-01\n---\n" + "<div>" * 20_000)
    bench.write("bomb.md", "---\na: &a [x]\nb: *a\n---\nx")
    bench.write("brackets.md", b"---\nx: " + b"[" * 50_000 + b"\n---\nx")
    bench.write("nul.md", b"---\ntitle: Nul\x00 title\ndate: 2026-01-01\n---\nHello \x0b there\x00.")
    bench.write("latin.md", b"---\ntitle: Caf\xe9\ndate: 2026-01-01\n---\nna\xefve")
    bench.write("empty.md", "")
    bench.post("canary-2")

    bench.refresh()

    shown = titles(bench)
    assert {"Canary 1", "Canary 2", "Nul title", "Café"} <= set(shown)
    named = {str(finding.path) for finding in bench.findings()}
    assert {"broken-yaml.md", "impossible.md", "unclosed.md", "bomb.md", "brackets.md", "deep.md", "nul.md"} <= named
    for path in ("/feeds/all.rss", "/feeds/all.atom"):
        assert not feedparser.parse(bench.body(path)).bozo


def test_a_post_without_a_title_or_a_date_is_published_and_named(bench: Workbench) -> None:
    bench.write("notes/no-date.md", "---\ntitle: Undated\n---\nText.")
    bench.write("2026-01-05-no-title.md", "---\ntags: [x]\n---\nJust a paragraph.")

    bench.refresh()
    bench.refresh(NOON + timedelta(days=9))

    entries = {entry.title: entry for entry in feedparser.parse(bench.body()).entries}
    assert entries["Undated"].published == "Mon, 01 Jun 2026 12:00:00 GMT"
    assert len(entries) == 2
    assert "no-date" in bench.codes("notes/no-date.md")
    assert "no-title" in bench.codes("2026-01-05-no-title.md")


def test_the_first_of_two_posts_with_one_id_has_it_and_both_files_are_named(bench: Workbench) -> None:
    bench.post("a-first", id="urn:uuid:11111111-2222-3333-4444-555555555555")
    bench.post("b-copy", id="urn:uuid:11111111-2222-3333-4444-555555555555")

    bench.refresh()

    assert titles(bench) == ["A First"]
    (finding,) = bench.findings("b-copy.md")
    assert (finding.code, finding.line) == ("id-taken", 4)
    assert "a-first.md" in finding.message


def test_a_copy_is_published_when_the_other_gives_up_the_id(bench: Workbench) -> None:
    first = bench.post("a-first", id="urn:uuid:11111111-2222-3333-4444-555555555555")
    bench.post("b-copy", id="urn:uuid:11111111-2222-3333-4444-555555555555")
    bench.refresh()
    first.unlink()

    bench.refresh()

    assert titles(bench) == ["B Copy"]
    assert bench.findings() == []


def test_ids_are_minted_by_the_rule(bench: Workbench) -> None:
    bench.post("articles/tide-tables", title="Tide tables", date="2026-01-02T03:04:05Z")

    bench.refresh()

    assert ids(bench) == ["tag:example.com,2026-01-02:articles/tide-tables"]


def test_an_entry_keeps_its_id_when_its_title_slug_date_and_domain_change(bench: Workbench) -> None:
    bench.post("one", title="One")
    bench.refresh()
    before = ids(bench)
    bench.post("one", title="Uno", slug="uno", date="2026-03-03")
    bench.publication = a_publication(site=a_site(url="https://moved.example.net"))

    bench.refresh()

    assert ids(bench) == before
    assert feedparser.parse(bench.body()).entries[0].link == "https://moved.example.net/uno"


def test_an_entry_keeps_its_id_when_its_file_is_renamed(bench: Workbench) -> None:
    bench.post("one", body="A body of its own.")
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").rename(bench.content / "uno.md")

    report = bench.refresh()

    assert (report.added, report.removed) == (1, 1)
    assert ids(bench) == before


def test_an_entry_keeps_its_id_when_its_file_is_renamed_and_retitled(bench: Workbench) -> None:
    bench.post("one", body="A body of its own.")
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").unlink()
    bench.post("two", body="A body of its own.", title="Another")

    bench.refresh()

    assert ids(bench) == before


def test_a_post_that_returns_after_its_deletion_has_the_id_it_had(bench: Workbench) -> None:
    bench.post("other")
    file = bench.post("one", date="2026-01-09")
    bench.refresh()
    before = ids(bench)
    kept = file.read_bytes()
    file.unlink()
    bench.refresh()
    bench.write("one.md", kept)

    bench.refresh()

    assert ids(bench) == before


def test_an_undated_post_that_is_renamed_keeps_its_date(bench: Workbench) -> None:
    bench.write("notes.md", "---\ntitle: Undated\n---\nA body of its own.")
    bench.refresh()
    before = feedparser.parse(bench.body()).entries[0]
    (bench.content / "notes.md").rename(bench.content / "renamed.md")

    bench.refresh(NOON + timedelta(days=30))

    after = feedparser.parse(bench.body()).entries[0]
    assert (after.id, after.published) == (before.id, before.published)


def test_two_posts_with_one_link_and_one_day_are_two_entries(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="jigsaw", permalink="/articles/{-title}"))
    bench.post("_posts/storm_hits_coast", title="Storm hits coast", date="2026-01-02-10-00-00", body="First.")
    bench.post("_posts/storm_hits_coast_2", title="Storm hits coast", date="2026-01-02-11-00-00", body="Second.")
    bench.post("_posts/storm-hits-coast", title="Storm hits coast", date="2026-01-02-12-00-00", body="Third.")

    bench.refresh()

    assert len(set(ids(bench))) == 3
    assert len({entry.link for entry in feedparser.parse(bench.body()).entries}) == 1
    bench.close()


def test_categories_are_titled_by_the_pages_the_site_has_for_them(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="jigsaw"))
    bench.post("_posts/one", date="2026-01-02-10-00-00", categories="[tv, tv]")
    bench.write("_categories/tv.md", "---\ntitle: TV & Showbiz\ndescription: Who was on.\n---\nText.")
    bench.refresh()
    before = feedparser.parse(bench.body("/feeds/category/tv.rss")).feed
    bench.write("_categories/tv.md", "---\ntitle: Television\n---\nText.")

    bench.refresh()

    after = feedparser.parse(bench.body("/feeds/category/tv.rss")).feed
    assert (before.title, before.subtitle) == ("TV & Showbiz", "Who was on.")
    assert after.title == "Television"
    assert len(titles(bench, "/feeds/category/tv.rss")) == 1
    bench.close()


def test_a_content_directory_that_vanishes_costs_nothing_that_was_published(bench: Workbench) -> None:
    bench.post("one")
    bench.refresh()
    before = bench.everything()
    bench.content.rename(bench.content.with_name("elsewhere"))

    report = bench.refresh()

    assert bench.everything() == before
    assert report.visible == 1
    assert [condition.code for condition in bench.conditions()] == ["content-gone"]
    bench.content.with_name("elsewhere").rename(bench.content)
    bench.refresh()
    assert bench.conditions() == ()


def test_a_content_directory_that_is_suddenly_empty_is_taken_for_unmounted(bench: Workbench) -> None:
    file = bench.post("one")
    bench.refresh()
    before = bench.everything()
    file.unlink()

    bench.refresh()

    assert bench.everything() == before
    (condition,) = bench.conditions()
    assert "empty" in condition.message


def test_an_empty_content_directory_from_the_start_gives_empty_valid_feeds(bench: Workbench) -> None:
    report = bench.refresh()

    assert report.visible == 0
    for format in ("rss", "atom"):
        parsed = feedparser.parse(bench.body(f"/feeds/all.{format}"))
        assert not parsed.bozo
        assert parsed.entries == []
    assert bench.conditions() == ()


def test_a_missing_content_directory_from_the_start_is_a_condition(bench: Workbench) -> None:
    bench.content.rmdir()

    bench.refresh()

    assert [condition.code for condition in bench.conditions()] == ["content-gone"]


def test_links_that_lead_out_of_the_content_directory_are_never_followed(bench: Workbench, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("---\ntitle: Secret\n---\nx")
    bench.post("one")
    (bench.content / "linked.md").symlink_to(outside / "secret.md")
    (bench.content / "folder").symlink_to(outside)
    (bench.content / "within.md").symlink_to(bench.content / "one.md")
    os.mkfifo(bench.content / "pipe.md")

    bench.refresh()

    assert "Secret" not in titles(bench)
    assert "One" in titles(bench)


def test_a_file_that_is_being_written_to_waits_for_the_next_look(bench: Workbench) -> None:
    bench.post("one")
    file = bench.content / "two.md"
    file.write_text("---\ntitle: Two\ndate: 2026-01-03\n---\nHal")

    def someone_goes_on_writing(_seconds: float) -> None:
        with file.open("a") as writer:
            writer.write("f written.")

    refresh = Refresh(
        bench.database,
        bench.reading(),
        FileLock(bench.state / "refresh.lock"),
        sleep=someone_goes_on_writing,
    )
    report = refresh.run(NOON)
    assert report.unsettled == 1
    assert titles(bench) == ["One"]

    os.utime(file, (1_700_000_000, 1_700_000_000))
    bench.refresh()
    assert b"Half written." in bench.body()


def test_a_file_that_was_put_in_place_whole_is_published_at_once(bench: Workbench) -> None:
    written = bench.content / "one.tmp"
    written.write_text("---\ntitle: One\ndate: 2026-01-03\n---\nWhole.")
    time.sleep(0.05)
    written.rename(bench.content / "one.md")

    def nobody_waits(_seconds: float) -> None:
        raise AssertionError

    lock = FileLock(bench.state / "refresh.lock")
    Refresh(bench.database, bench.reading(), lock, sleep=nobody_waits).run(NOON)

    assert titles(bench) == ["One"]


def test_a_file_that_took_the_place_of_a_known_one_is_not_waited_for(bench: Workbench) -> None:
    bench.post("one")
    bench.post("two")
    bench.refresh()
    waited: list[float] = []

    def edit(name: str, text: str) -> None:
        new = bench.content / "new.tmp"
        new.write_text(f"---\ntitle: {text}\ndate: 2026-01-03\n---\nWhole.")
        new.rename(bench.content / name)
        # As if both had come to be in one tick of the clock.
        os.utime(bench.content / name, (now := time.time() + 1, now))

    lock = FileLock(bench.state / "refresh.lock")
    refresh = Refresh(bench.database, bench.reading(), lock, sleep=waited.append)
    edit("one.md", "Edited")
    refresh.run(NOON, touched=frozenset({"one.md"}), replaced=frozenset({"one.md"}))
    assert ("Edited" in titles(bench), waited) == (True, [])
    with (bench.content / "one.md").open("a") as writer:
        edit("two.md", "Another")
        writer.write("Somebody writes on.")
        writer.flush()
        refresh.run(NOON, touched=frozenset({"one.md", "two.md"}), replaced=frozenset({"one.md", "two.md"}))
        assert len(waited) == 1
    edit("three.md", "New")
    refresh.run(NOON, touched=frozenset({"three.md"}), replaced=frozenset({"three.md"}))
    assert len(waited) == 2


def test_what_differs_is_told_without_being_read(bench: Workbench) -> None:
    refresh = Refresh(
        bench.database, bench.reading(), FileLock(bench.state / "refresh.lock"), sleep=lambda _seconds: None
    )
    bench.post("one", title="One")
    bench.post("two")
    assert refresh.differing() is None
    refresh.run(NOON)
    assert refresh.differing() == frozenset()

    bench.post("one", title="Another title")
    bench.post("three")
    (bench.content / "two.md").unlink()
    assert refresh.differing() == frozenset({"one.md", "two.md", "three.md"})
    assert "One" in titles(bench)


def test_a_feed_shows_summaries_only_where_it_is_told_to(tmp_path: Path) -> None:
    definitions = (
        FeedDefinition(name="short", content=ContentMode.SUMMARY, formats=(Format.RSS, Format.JSON)),
        FeedDefinition(name="full", entries=1),
    )
    bench = Workbench(tmp_path, a_publication(definitions=definitions))
    bench.post("one", description="In short.", body="At **great** length.")
    bench.post("two", body="No summary of its own.", date="2026-01-01")

    bench.refresh()

    assert b"great" not in bench.body("/feeds/short.rss")
    assert [entry.summary for entry in feedparser.parse(bench.body("/feeds/short.rss")).entries] == [
        "In short.",
        "No summary of its own.",
    ]
    assert "/feeds/short.atom" not in bench.paths()
    assert titles(bench, "/feeds/full.rss") == ["One"]
    assert b"great" in bench.body("/feeds/full.rss")
    bench.close()


def test_other_settings_make_other_documents_without_a_change_of_content(bench: Workbench) -> None:
    bench.post("one", categories="Sea")
    first = bench.refresh()
    bench.publication = a_publication(definitions=(FeedDefinition(name="only", title="Only this"),))

    second = bench.refresh()

    assert [path for path in bench.paths() if path.startswith("/feeds/")] == [
        "/feeds/only.atom",
        "/feeds/only.json",
        "/feeds/only.rss",
    ]
    assert second.generation == first.generation + 1
    assert b"Only this" in bench.body("/feeds/only.rss")


def test_a_crash_between_catalogue_and_documents_is_made_good_by_the_next_pass(bench: Workbench) -> None:
    bench.post("one")
    bench.refresh()
    bench.post("two")
    with Workers(quietly) as workers:
        Catalogue(bench.database, bench.reading()).update(NOON, workers)
    assert titles(bench) == ["One"]

    bench.refresh()

    assert sorted(titles(bench)) == ["One", "Two"]


def test_a_lost_database_is_rebuilt_with_the_same_ids(bench: Workbench) -> None:
    for n in range(5):
        bench.post(f"post-{n}", title=f"Title of {n}")
    bench.refresh()
    before = ids(bench)
    bench.close()
    shutil.rmtree(bench.state)
    again = Workbench(bench.content.parent)

    again.refresh()

    assert ids(again) == before
    again.close()


def test_many_posts_are_read_in_several_processes_with_the_same_result(bench: Workbench, tmp_path: Path) -> None:
    definitions = tuple(replace(definition, max_new_entries=1000) for definition in USUAL)
    few = Workbench(tmp_path / "few", a_publication(definitions=definitions))
    for n in range(1200):
        bench.post(f"post-{n:04}", body=f"Body {n}.", date=f"2026-01-01T00:00:{n % 60:02}Z")
    for n in range(1200):
        few.post(f"post-{n:04}", body=f"Body {n}.", date=f"2026-01-01T00:00:{n % 60:02}Z")
        if n % 300 == 299:
            few.refresh()

    bench.refresh()

    assert bench.everything() == few.everything()
    few.close()


NAMES = st.sampled_from(["one", "two", "folder/three", "folder/four"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, st.sampled_from(["A body.", "Another.", "---", ""])),
        st.tuples(st.just("draft"), NAMES, st.just("")),
        st.tuples(st.just("break"), NAMES, st.just("")),
        st.tuples(st.just("delete"), NAMES, st.just("")),
        st.tuples(st.just("rename"), NAMES, NAMES),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_looking_only_at_what_was_touched_gives_what_a_full_scan_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    full, partial = (Workbench(tmp_path_factory.mktemp(name)) for name in ("full", "partial"))
    for bench in (full, partial):
        bench.post("always", date="2025-01-01")
        bench.refresh()
    for step in steps:
        for bench in (full, partial):
            touched = take(bench, step)
            bench.refresh(NOON, *(touched if bench is partial else ()))

    assert partial.everything() == full.everything()
    assert partial.findings() == full.findings()
    full.close()
    partial.close()


def take(bench: Workbench, step: tuple[str, str, str]) -> list[str]:
    """Do something to the files of ``bench``; return the paths that file events would name."""
    action, name, what = step
    file = bench.content / f"{name}.md"
    if action == "write":
        bench.post(name, body=what, categories="Sea" if what else "Rail")
    elif action == "draft":
        bench.post(name, draft="true")
    elif action == "break":
        bench.write(f"{name}.md", "---\ntitle: x\n")
    elif action == "delete":
        file.unlink(missing_ok=True)
    elif file.exists() and name != what:
        target = bench.content / f"{what}.md"
        target.parent.mkdir(exist_ok=True)
        file.replace(target)
        return [f"{name}.md", f"{what}.md", f"{what}.tmp"]
    return [f"{name}.md"]


def test_a_folder_that_is_moved_in_or_out_is_noticed_whole(bench: Workbench, tmp_path: Path) -> None:
    bench.post("always")
    bench.refresh()
    bench.post("folder/one", date="2026-01-05")
    bench.post("folder/two", date="2026-01-06")

    bench.refresh(NOON, "folder")
    assert titles(bench) == ["Folder/Two", "Folder/One", "Always"]
    (bench.content / "folder").rename(tmp_path / "elsewhere")
    bench.refresh(NOON, "folder")
    assert titles(bench) == ["Always"]


def test_a_touched_path_that_leads_out_is_not_followed(bench: Workbench, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("---\ntitle: Secret\n---\nx")
    bench.post("always")
    bench.refresh()
    (bench.content / "folder").symlink_to(outside)
    (bench.content / "secret.md").symlink_to(outside / "secret.md")

    bench.refresh(NOON, "folder/secret.md", "secret.md", "../outside/secret.md", ".hidden.md")

    assert titles(bench) == ["Always"]


def test_a_feed_whose_post_changes_this_very_moment_waits_and_keeps_its_last_good_document(bench: Workbench) -> None:
    bench.post("one")
    bench.refresh()
    before = bench.body()
    bench.post("two", date="2026-01-09")
    reading = bench.reading()
    with Workers(quietly) as workers:
        Catalogue(bench.database, bench.reading()).update(NOON, workers)
        bench.post("two", date="2026-01-09", body="Edited meanwhile.")
        published = Publish(bench.database, reading).bring_up_to_date(NOON, workers, Change())

    assert "all" in published.waiting
    assert bench.body() == before
    bench.refresh()
    assert b"Edited meanwhile." in bench.body()


def test_a_broken_post_that_was_never_shown_is_left_out_when_its_turn_comes(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(definitions=(FeedDefinition(name="all", entries=1),)))
    newest = bench.post("newest", date="2026-02-02")
    bench.post("older", date="2026-01-01")
    bench.refresh()
    bench.write("older.md", "---\ntitle: Older\n")
    bench.refresh()
    newest.unlink()

    report = bench.refresh()

    assert titles(bench) == []
    assert report.unsettled == 0
    assert bench.codes("older.md") == ["unclosed-fence"]
    bench.close()


def test_a_file_of_another_process_that_refreshes_is_waited_for(bench: Workbench) -> None:
    bench.post("one")
    lock = FileLock(bench.state / "refresh.lock")
    refresh = Refresh(bench.database, bench.reading(), FileLock(bench.state / "refresh.lock", timeout=0.1))
    with lock, pytest.raises(EngineError, match="Another refresh"):
        refresh.run(NOON)

    assert refresh.run(NOON).visible == 1


def test_a_body_that_can_no_longer_be_rendered_keeps_its_last_good_version(bench: Workbench) -> None:
    bench.post("one", body="Still good.")
    bench.refresh()
    bench.post("one", body="<div>" * 2000)
    bench.refresh()
    bench.post("two", date="2026-01-01")

    bench.refresh()

    assert titles(bench) == ["One", "Two"]
    assert b"Still good." in bench.body()
    assert bench.codes("one.md") == ["body-too-deep"]


def test_bodies_that_nothing_shows_any_more_are_not_kept(bench: Workbench) -> None:
    file = bench.post("one", body="First.")
    bench.post("two")
    bench.refresh()
    bench.post("one", body="Second.")
    bench.refresh()
    with bench.database.reading() as connection:
        assert {row.html for row in connection.execute(select(bodies))} == {"<p>Second.</p>", "<p>Hello.</p>"}
    file.unlink()

    bench.refresh()

    with bench.database.reading() as connection:
        assert {row.html for row in connection.execute(select(bodies))} == {"<p>Hello.</p>"}


def test_a_change_of_the_rules_while_the_content_is_gone_is_made_good_when_it_returns(bench: Workbench) -> None:
    bench.post("one")
    bench.post("two")
    bench.refresh()
    bench.content.rename(bench.content.with_name("elsewhere"))
    bench.publication = a_publication(permalink="/moved/{slug}")
    bench.refresh()
    bench.content.with_name("elsewhere").rename(bench.content)

    bench.refresh()

    links = {entry.link for entry in feedparser.parse(bench.body()).entries}
    assert links == {"https://example.com/moved/one", "https://example.com/moved/two"}
