"""While a feed is held back, its archives go on leading readers to everything that they could know before."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.model.feed import FeedDefinition, Format
from feeds.services.export import MANIFEST, export
from feeds.services.guard import release
from feeds.services.working import quietly
from walking import Reader
from workbench import NOON, Workbench, a_publication

HOUR = timedelta(hours=1)
LONG_PAST = "2026-03-01T05:10:00Z"


def a_definition() -> FeedDefinition:
    return FeedDefinition(name="all", entries=5, max_new_entries=3)


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """Return forty posts, half an hour from one to the next, published in documents of five entries."""
    bench = Workbench(tmp_path, a_publication(definitions=(a_definition(),)))
    for number in range(40):
        bench.post(f"p{number}", date=f"2026-03-01T{number // 2:02}:{number % 2 * 30:02}:00Z")
    bench.refresh(NOON)
    return bench


def bring_in_old_posts(bench: Workbench) -> list[Path]:
    files = [bench.post(f"young{n}", date=f"2026-03-01T19:{n + 10}:00Z") for n in range(4)]
    files += [bench.post(f"old{n}", date=LONG_PAST) for n in range(4)]
    report = bench.refresh(NOON + HOUR)
    assert [condition.code for condition in report.conditions] == ["feeds-held"]
    return files


@pytest.mark.parametrize("format", list(Format))
def test_a_held_feed_can_be_walked_to_its_first_post_and_shows_nothing_new(bench: Workbench, format: Format) -> None:
    before = Reader(bench).ids(format=format)
    bring_in_old_posts(bench)

    assert Reader(bench, NOON + HOUR).ids(format=format) == before
    assert len(before) == 40


def test_what_is_taken_back_while_a_feed_is_held_is_in_no_archive(bench: Workbench) -> None:
    before = Reader(bench).ids()
    bring_in_old_posts(bench)
    gone = bench.catalogued("p7").id
    (bench.content / "p7.md").unlink()
    bench.refresh(NOON + HOUR)

    assert Reader(bench, NOON + HOUR).ids() == [id for id in before if id != gone]


def test_what_stands_in_for_a_closed_document_is_not_kept_by_anyone(bench: Workbench) -> None:
    # Another format than is asked for later: what was made before is kept.
    paths = [path.replace(".json", ".atom") for path in Reader(bench).closed(format=Format.JSON)]
    bring_in_old_posts(bench)
    reader = Reader(bench, NOON + HOUR)
    lasting = {path: "immutable" in reader.answer(path).headers["Cache-Control"] for path in paths}

    assert 0 < sum(lasting.values()) < len(paths)


def test_when_the_change_is_undone_every_closed_document_has_its_bytes_again(bench: Workbench) -> None:
    before = Reader(bench).closed()
    for file in bring_in_old_posts(bench):
        assert Reader(bench, NOON + HOUR).ids()
        file.unlink()
    bench.refresh(NOON + 2 * HOUR)

    assert Reader(bench, NOON + 2 * HOUR).closed() == before


def test_another_title_of_the_site_leaves_the_archives_of_a_held_feed_open(bench: Workbench) -> None:
    before = Reader(bench).ids()
    bring_in_old_posts(bench)
    bench.publication = replace(bench.publication, site=replace(bench.site, title="Another"))
    bench.refresh(NOON + HOUR)

    assert Reader(bench, NOON + HOUR).ids() == before


def test_a_build_of_a_held_feed_writes_what_stands_in_and_makes_it_good_later(bench: Workbench, tmp_path: Path) -> None:
    def built() -> dict[str, bytes]:
        export(bench.database, tmp_path / "public", quietly, room=1 << 24)
        files = (file for file in (tmp_path / "public").rglob("*") if file.is_file() and file.name != MANIFEST)
        return {str(file.relative_to(tmp_path / "public")): file.read_bytes() for file in files}

    files = bring_in_old_posts(bench)
    held = built()
    provisional = json.loads((tmp_path / "public" / MANIFEST).read_bytes())["provisional"]
    for file in files:
        file.unlink()
    bench.refresh(NOON + 2 * HOUR)
    undone = built()
    fresh = Workbench(tmp_path / "fresh", bench.publication)
    for file in bench.content.iterdir():
        fresh.write(file.name, file.read_bytes())
    fresh.refresh(NOON)
    export(fresh.database, tmp_path / "fresh" / "public", quietly, room=1 << 24)

    assert provisional
    assert held.keys() == undone.keys()
    for name, body in undone.items():
        if "/archive/" in name:
            assert (tmp_path / "fresh" / "public" / name).read_bytes() == body
    assert json.loads((tmp_path / "public" / MANIFEST).read_bytes())["provisional"] == []


def test_a_release_puts_the_old_posts_where_they_belong(bench: Workbench) -> None:
    bring_in_old_posts(bench)
    assert Reader(bench, NOON + HOUR).ids()
    release(bench.database, [])
    bench.refresh(NOON + 2 * HOUR)

    assert len(set(Reader(bench, NOON + 2 * HOUR).ids())) == 48
