"""The archives as static files: no link leads nowhere, and nothing is made twice."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from feeds.errors import EngineError
from feeds.model.feed import FeedDefinition, Format
from feeds.services.export import Exported, export
from feeds.services.working import quietly
from walking import Reader, page, walk
from workbench import NOON, Workbench, a_publication


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    definitions = (
        FeedDefinition(name="all", entries=3),
        FeedDefinition(name="category/{category}", for_each="category", entries=3, formats=(Format.ATOM,)),
    )
    bench = Workbench(tmp_path, a_publication(definitions=definitions))
    for number in range(11):
        write(bench, number)
    bench.refresh()
    return bench


def write(bench: Workbench, number: int, body: str = "Hello.") -> None:
    bench.post(f"post-{number:02}", body, date=f"2026-01-{number + 1:02}T10:00:00Z", categories="Sea")


def exported(bench: Workbench, output: Path) -> Exported:
    return export(bench.database, output, quietly, room=1 << 24)


def files(output: Path) -> dict[str, bytes]:
    return {str(file.relative_to(output)): file.read_bytes() for file in output.rglob("*.*") if file.is_file()}


def test_a_walk_over_the_files_alone_reaches_every_post_and_every_link_leads_to_a_file(
    bench: Workbench, tmp_path: Path
) -> None:
    output = tmp_path / "public"
    exported(bench, output)

    def get(path: str) -> bytes:
        return (output / path.removeprefix("/")).read_bytes()

    for format in Format:
        pages = walk(get, f"/feeds/all.{format}", format)
        assert sum(len(page.ids) for page in pages) == 11
        assert [page.ids for page in pages] == [page.ids for page in Reader(bench).walk(format=format)]
        for each in pages:
            assert get(unquote(urlsplit(each.own).path)) == Reader(bench).get(unquote(urlsplit(each.own).path))
            for link in filter(None, (each.older, each.newer, each.current)):
                assert page(link, get(unquote(urlsplit(link).path)), format).ids


def test_a_second_export_of_the_same_writes_nothing(bench: Workbench, tmp_path: Path) -> None:
    first = exported(bench, tmp_path / "public")
    before = files(tmp_path / "public")

    again = exported(bench, tmp_path / "public")

    assert first.written == first.files == len(before) - 1  # the list of names is no document
    assert (again.files, again.written, again.removed) == (first.files, 0, 0)
    assert files(tmp_path / "public") == before


def test_closed_documents_are_not_made_again_and_what_is_superseded_is_removed(
    bench: Workbench, tmp_path: Path
) -> None:
    output = tmp_path / "public"
    exported(bench, output)
    before = set(files(output))
    write(bench, 4, "Edited.")
    write(bench, 11, "New.")
    bench.refresh()

    exported(bench, output)

    after = files(output)
    assert sum("all/archive/1-" in name and name in before for name in after) == 3
    assert not any("all/archive/2-" in name and name in before for name in after)
    (second,) = (body for name, body in after.items() if "all/archive/2-" in name and name.endswith("json"))
    assert after["feeds/all/archive/2.json"] == second
    assert b"Edited." in second


def test_an_open_document_that_closes_becomes_the_closed_one_under_its_plain_name_too(
    bench: Workbench, tmp_path: Path
) -> None:
    output = tmp_path / "public"
    exported(bench, output)
    for number in range(11, 14):
        write(bench, number)
    bench.refresh()
    exported(bench, output)

    third = list((output / "feeds/all/archive").glob("3*.atom"))
    assert len(third) == 2
    assert third[0].samefile(third[1])


def test_a_lost_plain_name_and_a_lost_document_are_written_again(bench: Workbench, tmp_path: Path) -> None:
    output = tmp_path / "public"
    exported(bench, output)
    before = files(output)
    for file in (output / "feeds/all/archive").glob("2*"):
        file.unlink()

    exported(bench, output)

    assert files(output) == before


def test_without_archives_no_files_of_them_are_left(bench: Workbench, tmp_path: Path) -> None:
    output = tmp_path / "public"
    exported(bench, output)
    bench.publication = a_publication(definitions=(FeedDefinition(name="all", entries=3, archives=False),))
    bench.refresh()

    exported(bench, output)

    assert not [name for name in files(output) if "archive" in name]


def test_content_that_changes_during_the_export_is_said_and_no_document_is_torn(
    bench: Workbench, tmp_path: Path
) -> None:
    write(bench, 1, "Ahead of the refresh.")

    with pytest.raises(EngineError, match="Run it again"):
        exported(bench, tmp_path / "public")

    bench.refresh(NOON)
    exported(bench, tmp_path / "public")
    assert sum(b"Ahead of the refresh." in body for body in files(tmp_path / "public").values()) == 4
