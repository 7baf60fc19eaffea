"""An entry keeps its id, whatever happens to its file."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from builders import a_site
from feeds.store.database import open_database
from workbench import NOON, Workbench, a_publication


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(tmp_path)
    made.post("always", body="Always there.")
    yield made
    made.close()


def ids(bench: Workbench) -> dict[str, str]:
    """Return the id of each published entry by its title."""
    entries = feedparser.parse(bench.body("/feeds/all.atom")).entries
    by_title = {entry.title: entry.id for entry in entries}
    assert len({entry.id for entry in entries}) == len(entries)
    return by_title


def move(bench: Workbench, name: str, target: str) -> None:
    file = bench.content / target
    file.parent.mkdir(parents=True, exist_ok=True)
    (bench.content / name).rename(file)


def restart(bench: Workbench) -> None:
    bench.database.close()
    bench.database = open_database(bench.state)


YAML = "---\ntitle: One\ndate: 2026-01-05T10:00:00Z\n---\nA body\nof its own.\n"
TOML = '+++\ntitle = "One"\ndate = 2026-01-05T10:00:00Z\n+++\n\nA body\nof its own.\n'
JSON = '{"title": "One", "date": "2026-01-05T10:00:00Z"}\n\nA body of its own.\n'
EMPTY = ("---\ntitle: One\ndate: 2026-01-05T10:00:00Z\n---\n", '+++\ntitle = "One"\ndate = 2026-01-05T10:00:00Z\n+++\n')


@pytest.mark.parametrize("text", [TOML, JSON])
@pytest.mark.parametrize("name", ["one.md", "other.md", "deep/er/other.markdown"])
def test_an_entry_keeps_its_id_when_its_front_matter_is_rewritten_even_under_another_name(
    bench: Workbench, text: str, name: str
) -> None:
    bench.write("one.md", YAML)
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").unlink()
    bench.write(name, text)

    bench.refresh()

    assert ids(bench) == before


def test_a_post_without_a_body_is_known_again_by_its_title_and_date(bench: Workbench) -> None:
    bench.write("one.md", EMPTY[0])
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").unlink()
    bench.write("other.md", EMPTY[1])

    bench.refresh()

    assert ids(bench) == before


def test_a_post_that_is_renamed_and_rewritten_in_one_go_is_known_again_by_its_title_and_date(bench: Workbench) -> None:
    bench.write("one.md", YAML)
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").unlink()
    bench.write("2026/other.md", YAML.replace("A body", "Another body"))

    bench.refresh()

    assert ids(bench) == before


@pytest.mark.parametrize(
    "other", [YAML.replace("One", "Two"), YAML.replace("01-05", "01-06")], ids=["another title", "another date"]
)
def test_a_new_post_that_comes_as_another_goes_is_an_entry_of_its_own(bench: Workbench, other: str) -> None:
    bench.write("one.md", YAML)
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").unlink()
    bench.write("other.md", other.replace("A body", "Another body"))

    bench.refresh()

    assert before["One"] not in ids(bench).values()


def test_posts_of_one_title_and_date_that_are_all_renamed_and_rewritten_are_new_ones(bench: Workbench) -> None:
    for name in ("one.md", "two.md"):
        bench.write(name, YAML.replace("A body", f"A body of {name}"))
    bench.refresh()
    before = {entry.id for entry in feedparser.parse(bench.body("/feeds/all.atom")).entries}
    for name in ("one.md", "two.md"):
        (bench.content / name).unlink()
        bench.write(f"new/{name}", YAML.replace("A body", f"Another body of {name}"))

    bench.refresh()

    after = {entry.id for entry in feedparser.parse(bench.body("/feeds/all.atom")).entries}
    assert len(after) == len(before) == 3
    assert len(after & before) == 1


def retitled(bench: Workbench) -> None:
    bench.write("one.md", YAML.replace("One", "One, mended"))


def redated(bench: Workbench) -> None:
    bench.write("one.md", YAML.replace("2026-01-05", "2026-02-07"))


def categorised(bench: Workbench) -> None:
    bench.write("one.md", YAML.replace("title", "categories: [Sea]\ntitle"))


def slugged(bench: Workbench) -> None:
    bench.write("one.md", YAML.replace("title", "slug: another\ntitle"))


def rehosted(bench: Workbench) -> None:
    bench.publication = a_publication(site=a_site(url="http://moved.example.net"))


def with_another_pattern(bench: Workbench) -> None:
    bench.publication = a_publication(permalink="/p/{-title}")


def renamed(bench: Workbench) -> None:
    move(bench, "one.md", "elsewhere/uno.md")


def deleted_and_returned(bench: Workbench) -> None:
    kept = (bench.content / "one.md").read_bytes()
    (bench.content / "one.md").unlink()
    bench.refresh()
    bench.write("one.md", kept)


def returned_under_another_name(bench: Workbench) -> None:
    kept = (bench.content / "one.md").read_bytes()
    (bench.content / "one.md").unlink()
    bench.refresh()
    bench.write("back/again.md", kept)


EDITS = [retitled, redated, categorised, slugged]
OTHERS = [rehosted, with_another_pattern]
MOVES = [renamed, deleted_and_returned, returned_under_another_name]


@pytest.mark.parametrize("first", [*EDITS, *OTHERS])
@pytest.mark.parametrize("then", MOVES)
def test_an_entry_keeps_its_id_through_two_changes_at_once(
    bench: Workbench, first: Callable[[Workbench], None], then: Callable[[Workbench], None]
) -> None:
    bench.write("one.md", YAML)
    bench.refresh()
    before = set(ids(bench).values())
    first(bench)
    then(bench)
    restart(bench)

    bench.refresh()

    assert set(ids(bench).values()) == before


def test_two_files_that_change_places_keep_their_ids(bench: Workbench) -> None:
    bench.post("one", title="First")
    bench.post("two", title="Second")
    bench.refresh()
    before = ids(bench)
    move(bench, "one.md", "three.tmp")
    move(bench, "two.md", "one.md")
    move(bench, "three.tmp", "two.md")

    bench.refresh()

    assert ids(bench) == before
    assert len(before) == 3


def test_files_that_all_move_up_by_one_keep_their_ids_although_their_bodies_are_alike(bench: Workbench) -> None:
    for number in range(4):
        bench.post(f"n{number}", title=f"Number {number}")
    bench.refresh()
    before = ids(bench)
    for number in reversed(range(4)):
        move(bench, f"n{number}.md", f"n{number + 1}.md")

    bench.refresh()

    assert ids(bench) == before


def test_two_renames_in_one_pass_are_told_apart(bench: Workbench) -> None:
    bench.post("one", title="First", body="One body.")
    bench.post("two", title="Second", body="Another body.")
    bench.refresh()
    before = ids(bench)
    move(bench, "one.md", "uno.md")
    move(bench, "two.md", "due.md")

    bench.refresh()

    assert ids(bench) == before


def test_a_folder_of_posts_with_one_body_that_is_moved_and_rewritten_keeps_its_ids(bench: Workbench) -> None:
    for name in ("one", "two"):
        bench.write(f"old/{name}.md", f"---\ntitle: {name}\ndate: 2026-01-05\n---\nSame body.")
    bench.refresh()
    before = ids(bench)
    for name in ("one", "two"):
        (bench.content / f"old/{name}.md").unlink()
        bench.write(f"new/{name}.md", f'+++\ntitle = "{name}"\ndate = 2026-01-05\n+++\nSame body.')

    bench.refresh()

    assert ids(bench) == before


def test_a_rename_over_another_post_is_the_one_that_came(bench: Workbench) -> None:
    bench.post("one", title="First")
    bench.post("two", title="Second")
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").replace(bench.content / "two.md")

    bench.refresh()

    assert ids(bench) == {title: before[title] for title in ("Always", "First")}


def test_a_new_post_at_the_path_of_a_renamed_one_never_gets_its_id(bench: Workbench) -> None:
    bench.post("one", title="First", body="The first.")
    bench.refresh()
    before = ids(bench)
    seen = set(before.values())
    for number in range(3):
        move(bench, "one.md", f"moved-{number}.md")
        bench.post("one", title=f"Next {number}", body=f"The next, {number}.")
        bench.refresh()
        now = ids(bench)
        assert now[f"Next {number}"] not in seen
        seen.add(now[f"Next {number}"])

    assert ids(bench)["First"] == before["First"]
    assert bench.findings() == []


def test_the_id_of_a_post_that_was_renamed_and_deleted_is_not_made_again(bench: Workbench) -> None:
    bench.post("one", title="First", body="The first.")
    bench.refresh()
    before = ids(bench)
    move(bench, "one.md", "moved.md")
    bench.refresh()
    (bench.content / "moved.md").unlink()
    bench.refresh()
    bench.post("one", title="Second", body="The second.")

    bench.refresh()

    assert ids(bench)["Second"] != before["First"]


def test_a_page_that_becomes_a_bundle_and_is_edited_keeps_its_id(bench: Workbench) -> None:
    bench.post("blog/one", title="One", body="As it was.")
    bench.refresh()
    before = ids(bench)
    (bench.content / "blog/one.md").unlink()
    bench.post("blog/one/index", title="One", body="As it is.")

    bench.refresh()

    assert ids(bench) == before


def test_a_post_that_returns_elsewhere_leaves_the_one_at_its_old_path_alone(bench: Workbench) -> None:
    kept = bench.post("one", title="First", body="The first.").read_bytes()
    bench.refresh()
    (bench.content / "one.md").unlink()
    bench.refresh()
    bench.post("one", title="Second", body="The second.", date="2026-02-02")
    bench.refresh()
    bench.write("back.md", kept)

    bench.refresh()

    assert set(ids(bench)) == {"Always", "First", "Second"}


def test_another_post_at_the_path_of_a_deleted_one_is_another_entry(bench: Workbench) -> None:
    bench.post("one", title="First", body="The first.")
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").unlink()
    bench.refresh()
    bench.post("one", title="Second", body="The second.", date="2026-02-02")

    bench.refresh()

    assert ids(bench)["Second"] not in before.values()


def test_an_edited_post_and_a_new_one_from_the_same_template_keep_apart(bench: Workbench) -> None:
    bench.post("one", title="First", body="To be written.")
    bench.refresh()
    before = ids(bench)
    bench.post("one", title="First", body="Written at last.")
    bench.post("two", title="Second", body="To be written.")

    bench.refresh()

    assert ids(bench)["First"] == before["First"]
    assert ids(bench)["Second"] not in before.values()


# Seen at two places


def test_a_move_that_is_seen_as_a_copy_first_is_announced_once(bench: Workbench) -> None:
    kept = bench.post("one", title="First").read_bytes()
    bench.refresh()
    before = ids(bench)
    bench.write("moved.md", kept)
    bench.refresh()
    assert ids(bench) == before
    assert [finding.code for finding in bench.findings("moved.md")] == ["copy"]
    assert "one.md" in bench.findings("moved.md")[0].message
    (bench.content / "one.md").unlink()

    bench.refresh()

    assert ids(bench) == before
    assert bench.catalogued("moved").id == before["First"]
    assert bench.findings() == []


def test_a_copy_that_is_given_a_title_of_its_own_is_an_entry_of_its_own_for_ever(bench: Workbench) -> None:
    kept = bench.post("one", title="First").read_text()
    bench.write("copy.md", kept)
    bench.refresh()
    bench.write("copy.md", kept.replace("First", "Second"))
    bench.refresh()
    before = ids(bench)
    (bench.content / "one.md").unlink()

    bench.refresh()

    assert len(before) == 3
    assert ids(bench) == {title: before[title] for title in ("Always", "Second")}


def test_the_same_bytes_on_another_day_are_another_post(bench: Workbench) -> None:
    for day in ("05", "12"):
        bench.write(f"2026-01-{day}-open-thread.md", "---\ntitle: Open thread\n---\nTalk.")

    report = bench.refresh()

    assert report.visible == 3
    assert bench.findings() == []


def test_a_copy_of_a_draft_in_its_folder_is_published(bench: Workbench) -> None:
    kept = bench.post("_drafts/one", title="First").read_bytes()
    bench.refresh()
    bench.write("one.md", kept)

    bench.refresh()

    assert "First" in ids(bench)


# Ids of authors


def test_two_files_with_ids_of_their_own_may_change_places(bench: Workbench) -> None:
    bench.post("one", title="First", id="urn:x:one")
    bench.post("two", title="Second", id="urn:x:two")
    bench.refresh()
    before = ids(bench)
    bench.post("one", title="Second", id="urn:x:two")
    bench.post("two", title="First", id="urn:x:one")

    bench.refresh()

    assert ids(bench) == before
    assert bench.findings() == []


def test_an_id_that_is_written_and_taken_back_leaves_the_entry_what_it_was_called_last(bench: Workbench) -> None:
    bench.post("one", title="First")
    bench.refresh()
    bench.post("one", title="First", id="urn:x:one")
    bench.refresh()
    bench.post("one", title="First")

    bench.refresh()

    assert ids(bench)["First"] == "urn:x:one"


def test_an_author_cannot_take_the_id_of_another_post(bench: Workbench) -> None:
    bench.post("one", title="First")
    bench.refresh()
    before = ids(bench)
    bench.post("two", title="Second", id=before["First"])

    bench.refresh()

    assert ids(bench) == before
    (finding,) = bench.findings("two.md")
    assert (finding.code, "one.md" in finding.message) == ("id-taken", True)


# Without memory


def test_the_authority_stands_in_every_id_that_is_made(tmp_path: Path) -> None:
    site = a_site(url="https://www.example.net/blog", authority="example.com")
    bench = Workbench(tmp_path, a_publication(site=site))
    bench.post("one", date="2026-01-05")
    bench.refresh()

    assert list(ids(bench).values()) == ["tag:example.com,2026-01-05:blog/one"]
    bench.close()


def test_a_site_that_moved_and_lost_its_state_has_the_same_ids_with_an_authority(tmp_path: Path) -> None:
    before = Workbench(tmp_path / "before", a_publication(site=a_site(url="https://example.com")))
    after = Workbench(
        tmp_path / "after", a_publication(site=a_site(url="https://moved.example.net", authority="example.com"))
    )
    for bench in (before, after):
        bench.post("one")
        bench.post("sub/two", title="Two", date="2026-02-03")
        bench.refresh()

    assert ids(before) == ids(after)
    before.close()
    after.close()


def test_posts_of_old_and_distant_years_are_kept_with_their_dates(bench: Workbench) -> None:
    bench.post("old", title="Old", date="1789-07-14")
    bench.post("older", title="Older", date="1000-01-01")
    bench.post("mistaken", title="Mistaken", date="0024-01-31")
    bench.post("distant", title="Distant", date="9999-12-31 23:59:59")
    bench.post("more-distant", title="More distant", date="9999-12-31 23:59:59")

    report = bench.refresh()

    assert (report.posts, report.visible) == (5, 3)
    assert "date-old" in bench.codes("old.md")
    assert "date-old" in bench.codes("older.md")
    assert bench.codes("mistaken.md") == ["date-impossible"]
    assert b"<published>1789-07-14T00:00:00Z" in bench.body("/feeds/all.atom")
    assert b"<pubDate>Tue, 14 Jul 1789 00:00:00 GMT" in bench.body()
    assert b"1000-01-01T00:00:00Z" in bench.body("/feeds/all.json")
    assert bench.refresh(NOON + timedelta(days=1)).documents == 0
