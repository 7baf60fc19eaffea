"""A first build: many files that nothing is known of are entered as the ledger would enter them, and in less time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from feeds.services.batch import Batch
from feeds.services.founding import found
from feeds.services.ledger import Ledger
from feeds.services.newcomers import Introducing, together
from feeds.services.reading import FileToRead
from feeds.store.schema import metadata
from feeds.store.worklist import worklist
from workbench import NOON, Workbench

#: What only says which documents are to be made anew: a first build makes all of them.
_STALE = "stale_feeds"

DATES = st.sampled_from(["2026-01-02", "2026-01-02T00:00:01Z", "2026-01-03T10:00:00Z", "2027-01-01", None])
FIELDS = st.fixed_dictionaries(
    {"date": DATES},
    optional={
        "title": st.sampled_from(["One", "Two"]),
        "id": st.sampled_from([f"tag:example.com,2026:{number}" for number in range(40)]),
        "draft": st.just("true"),
        "updated": st.sampled_from(["2026-02-01", "2026-09-01"]),
        "categories": st.sampled_from(["[Sea]", "[Sea, Rail]", "[sea]"]),
        "publish_date": st.just("2026-05-01"),
        "expires": st.just("2026-03-01"),
        "slug": st.just("same"),
    },
)
FILES = st.lists(st.tuples(FIELDS, st.sampled_from(["A body.", "Another.", "[x", ""])), min_size=1, max_size=10)


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Workbench]]:
    pair = Workbench(tmp_path_factory.mktemp("founded")), Workbench(tmp_path_factory.mktemp("plain"))
    yield pair
    for bench in pair:
        bench.close()


def write(bench: Workbench, files: Sequence[tuple[dict[str, object], str]]) -> None:
    for number, (fields, body) in enumerate(files):
        bench.post(f"post-{number}", body, **({"title": f"Title {number}"} | fields))
    bench.write("broken.md", "---\ntitle: never closed\n")


def seen(bench: Workbench) -> list[FileToRead]:
    return [FileToRead(path=path, stat=stat, first_seen=NOON) for path, stat in bench.directory().walk()]


def content(bench: Workbench) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that the state holds."""
    with bench.database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name != _STALE
        }


def clear(bench: Workbench) -> None:
    for file in bench.content.rglob("*.md"):
        file.unlink()
    with bench.database.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


def enter(bench: Workbench, files: Sequence[FileToRead], *, at_once: int) -> bool:
    """Enter files as a first build does, read in portions; tell whether there was nothing to judge."""
    introducing = Introducing(reading=bench.reading(), now=NOON)
    portions = [files[start : start + at_once] for start in range(0, len(files), at_once)]
    with bench.database.writing() as connection:
        return found(connection, together([introducing.read(portion) for portion in portions]))


def write_plainly(bench: Workbench, files: Sequence[FileToRead]) -> None:
    reading = bench.reading()
    with worklist() as work, bench.database.writing() as connection:
        ledger = Ledger(reading, NOON, work)
        read = [file for file in map(reading.read, files) if file.settled]
        Batch(connection, ledger, bench.publication, NOON).write(read, ())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=st.lists(FILES, min_size=1, max_size=3), at_once=st.integers(1, 4), cut=st.integers(1, 6))
def test_files_that_are_entered_at_once_are_what_the_ledger_makes_of_them(
    benches: tuple[Workbench, Workbench],
    groups: list[list[tuple[dict[str, object], str]]],
    at_once: int,
    cut: int,
) -> None:
    founded, plain = benches
    for bench in benches:
        clear(bench)
        write(bench, [file for group in groups for file in group])
        files = seen(bench)
        for some in (files[:cut], files[cut:]):
            if bench is plain or not enter(bench, some, at_once=at_once):
                write_plainly(bench, some)

    assert content(founded) == content(plain)


def test_files_with_nothing_in_common_leave_nothing_to_judge(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    for number in range(5):
        bench.post(f"post-{number}", body=f"Body {number}.")

    assert enter(bench, seen(bench), at_once=2)
    bench.close()


@pytest.mark.parametrize(
    ("name", "body", "fields"),
    [
        ("copy", "Body.", {"title": "Post", "slug": "post"}),
        ("other", "Else.", {"id": "tag:example.com,2026:x"}),
    ],
)
def test_a_copy_and_an_id_that_is_taken_are_left_to_the_ledger(
    tmp_path: Path, name: str, body: str, fields: dict[str, object]
) -> None:
    bench = Workbench(tmp_path)
    bench.post("post", "Body.", slug="post")
    bench.post("with-id", "Something.", id="tag:example.com,2026:x")
    assert enter(bench, seen(bench), at_once=2)
    bench.post(name, body, **fields)

    newcomer = [file for file in seen(bench) if file.path == f"{name}.md"]

    assert not enter(bench, newcomer, at_once=2)
    bench.close()
