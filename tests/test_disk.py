"""The content directory, and files that are never half written."""

import os
import sys
import time
from pathlib import Path

import pytest

from feeds.disk import ContentDirectory, FileStat, Unsettled, link_atomically, write_atomically
from feeds.errors import EngineError


@pytest.fixture
def directory(tmp_path: Path) -> ContentDirectory:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "one.md").write_text("one")
    (tmp_path / "two.MD").write_text("two")
    (tmp_path / "picture.png").write_text("png")
    (tmp_path / ".hidden.md").write_text("hidden")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.md").write_text("x")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "readme.md").write_text("x")
    return ContentDirectory(tmp_path, frozenset({".md"}))


def test_a_scan_finds_content_and_nothing_else(directory: ContentDirectory) -> None:
    assert sorted(directory.scan().files) == ["posts/one.md", "two.MD"]


def test_a_look_at_one_path_judges_as_the_scan_does(directory: ContentDirectory) -> None:
    scanned = directory.scan().files

    for path in ("posts/one.md", "two.MD", "picture.png", ".hidden.md", ".git/x.md", "node_modules/readme.md", "no.md"):
        assert directory.look(path) == scanned.get(path)


def test_a_file_whose_name_is_no_text_is_told_and_not_read(directory: ContentDirectory) -> None:
    Path(os.fsdecode(os.fsencode(directory.root) + b"/\xff.md")).write_text("x")
    (directory.root / "posts" / "two\nlines.md").write_text("x")

    scan = directory.scan()

    assert sorted(scan.files) == ["posts/one.md", "two.MD"]
    assert scan.unnameable == ("\\udcff.md", "posts/two\\nlines.md")
    assert directory.look("posts/two\nlines.md") is None


def test_a_missing_directory_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"cannot be read.*\[content\] directory"):
        ContentDirectory(tmp_path / "nowhere", frozenset({".md"})).scan()


def test_a_file_that_changed_since_it_was_seen_is_not_read(directory: ContentDirectory) -> None:
    seen = directory.scan().files["posts/one.md"]
    assert directory.read("posts/one.md", seen) == b"one"
    (directory.root / "posts" / "one.md").write_text("longer")

    with pytest.raises(Unsettled):
        directory.read("posts/one.md", seen)
    with pytest.raises(Unsettled):
        directory.read("posts/nowhere.md", seen)


def test_a_pipe_in_the_place_of_a_file_neither_blocks_nor_is_read(directory: ContentDirectory) -> None:
    os.mkfifo(directory.root / "pipe.md")

    assert "pipe.md" not in directory.scan().files
    with pytest.raises(Unsettled):
        directory.read("pipe.md", FileStat(0, 0))


def test_no_more_of_a_file_is_read_than_tells_that_it_is_too_large(directory: ContentDirectory) -> None:
    (directory.root / "large.md").write_bytes(b"x" * (ContentDirectory.MOST_BYTES + 100))

    content = directory.read("large.md", directory.scan().files["large.md"])

    assert len(content) == ContentDirectory.MOST_BYTES + 1


def test_writing_what_is_there_already_touches_nothing(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "file"

    assert write_atomically(file, b"first")
    before = file.stat().st_mtime_ns
    assert not write_atomically(file, b"first")
    assert file.stat().st_mtime_ns == before
    assert write_atomically(file, b"second")
    assert file.read_bytes() == b"second"
    assert list(file.parent.iterdir()) == [file]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "inside").write_text("x")

    with pytest.raises(OSError, match="target"):
        write_atomically(tmp_path / "target", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_a_second_name_is_the_same_file_and_given_only_once(tmp_path: Path) -> None:
    original, other = tmp_path / "original", tmp_path / "other"
    write_atomically(original, b"first")
    other.write_bytes(b"something else")

    assert link_atomically(other, original)
    assert other.samefile(original)
    assert not link_atomically(other, original)
    write_atomically(other, b"second")
    assert original.read_bytes() == b"first"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["original", "other"]


def test_a_file_that_was_renamed_after_it_was_written_is_done_and_one_that_was_only_written_may_not_be(
    directory: ContentDirectory,
) -> None:
    written = directory.root / "posts" / "three.tmp"
    written.write_text("three")
    time.sleep(0.05)
    written.rename(written.with_suffix(".md"))

    assert directory.was_put_in_place("posts/three.md")
    with (directory.root / "posts" / "three.md").open("a") as file:
        file.write(", goes on")
    assert not directory.was_put_in_place("posts/three.md")
    assert not directory.was_put_in_place("posts/none.md")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_file_is_let_go_when_nobody_has_it_open_to_write_to_it(directory: ContentDirectory) -> None:
    file = directory.root / "posts" / "four.md"
    with file.open("w") as writer:
        assert not directory.is_let_go("posts/four.md")
        writer.write("four")
    with file.open("r"):
        assert directory.is_let_go("posts/four.md")
    assert not directory.is_let_go("posts/none.md")
