"""What changed is found by going through files and catalogue side by side: nothing is held, whatever there is."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.disk import ContentDirectory, FileStat
from feeds.services import comparing
from feeds.store.worklist import Sighting, worklist
from test_disk import directory as directory
from workbench import NOON, Workbench

NAMES = st.lists(st.sampled_from(["a", "a-b", "a0", "B", "é", "z"]), min_size=1, max_size=3)


@given(paths=st.sets(NAMES.map(tuple), max_size=12))
def test_a_walk_sees_files_in_the_order_in_which_the_state_has_their_paths(
    tmp_path_factory: pytest.TempPathFactory, paths: set[tuple[str, ...]]
) -> None:
    root = tmp_path_factory.mktemp("content")
    for parts in paths:
        file = root.joinpath(*parts).with_suffix(".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()

    seen = [path for path, _ in ContentDirectory(root, frozenset({".md"})).walk()]

    assert seen == sorted(seen, key=str.encode)
    assert set(seen) == {"/".join(parts) + ".md" for parts in paths}
    shutil.rmtree(root)


def test_a_walk_counts_what_it_saw(directory: ContentDirectory) -> None:
    walk = directory.walk()

    assert [path for path, _ in walk] == ["posts/one.md", "two.MD"]
    assert walk.files == 2


def test_a_worklist_tells_what_is_on_it_in_order_and_one_by_one() -> None:
    with worklist() as work:
        work.add(Sighting(f"{number:05}.md", number, 1) for number in reversed(range(2500)))
        work.add([Sighting("00007.md", 70, 2, 3)])
        work.lose(f"gone-{number:05}.md" for number in range(1500))

        assert [sighting.path for sighting in work.to_read()] == [f"{number:05}.md" for number in range(2500)]
        assert len(list(work.vanished())) == work.losses == 1500
        assert work.reads == 2500
        assert work.sighting("00007.md") == Sighting("00007.md", 70, 2, 3)
        assert work.sighting("gone-00001.md") is None
        assert work.has_vanished("gone-00001.md")
        assert not work.has_vanished("00007.md")


@pytest.mark.parametrize("portion", [1, 2, 7])
def test_changes_are_found_whatever_the_size_of_the_portions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr(comparing, "_PORTION", portion)
    bench = Workbench(tmp_path)
    for name in ("a", "a-b", "a/x", "a0", "folder/one", "folder/two", "z"):
        bench.post(name, body=f"Body of {name}.")
    bench.write("notes/readme.txt", "no content")
    assert bench.refresh().added == 7
    assert bench.refresh().changed == 0

    bench.post("a/x", body="Changed.")
    bench.post("a/y", body="New.")
    (bench.content / "z.md").unlink()
    shutil.rmtree(bench.content / "folder")
    report = bench.refresh(NOON)

    assert (report.added, report.changed, report.removed) == (1, 1, 3)
    assert report.posts == 5
    assert bench.refresh().removed == 0
    bench.close()


def test_an_empty_directory_is_a_condition_and_loses_nothing(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.post("one")
    bench.refresh()
    (bench.content / "one.md").unlink()

    report = bench.refresh()

    assert report.removed == 0
    assert report.posts == 1
    assert [condition.code for condition in report.conditions] == ["content-gone"]
    bench.close()


def test_many_posts_that_go_at_once_are_forgotten_in_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.services.catalogue._BATCH", 3)
    bench = Workbench(tmp_path)
    for number in range(10):
        bench.post(f"post-{number}", body=f"Body {number}.")
    bench.refresh()
    before = {post.id for post in [bench.catalogued(f"post-{number}") for number in range(10)]}
    for number in range(8):
        (bench.content / f"post-{number}.md").rename(bench.content / f"renamed-{number}.md")
    (bench.content / "post-8.md").unlink()

    report = bench.refresh()

    assert (report.added, report.removed, report.posts) == (8, 9, 9)
    assert {bench.catalogued(f"renamed-{number}").id for number in range(8)} < before
    bench.close()


def test_a_file_stat_is_compared_as_the_state_keeps_it() -> None:
    assert FileStat(3, 4) == (3, 4)
