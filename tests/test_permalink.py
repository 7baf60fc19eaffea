from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content.dialects.jigsaw import spell
from feeds.content.permalink import Link, expand, folder, slugged, stem
from feeds.content.transliterate import transliterate
from feeds.model.source import Value

WHEN = datetime(2020, 9, 5, 7, 4, 9, tzinfo=UTC)
WORDS = {"filename": "A_file name", "collection": "posts", "folder": "", "slug": "a-file", "path": "a-file"}


def link(pattern: str, **fields: Value) -> Link:
    return expand(pattern, word=WORDS.get, fields=fields, published=WHEN, dated=("date",))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/{collection}/{filename}", "/posts/A_file name"),
        ("blog/{-filename}", "/blog/a-file-name"),
        ("/blog/{_filename}", "/blog/a_file_name"),
        ("/articles/{-title}", "/articles/foo-the-bar-v1.2"),
        ("/articles/{+title}", "/articles/foo+the+bar+v1.2"),
        ("/{title}", "/Foo: the Bar, v1.2"),
        ("/{date|Y/m/d}/{slug}", "/2020/09/05/a-file"),
        ("/{date|j.n.y-H.i.s}", "/5.9.20-07.04.09"),
        ("/{date|D l M F G}", "/Sat Saturday Sep September 7"),
        (r"/{date|\Y Y N z W}", "/Y 2020 6 248 36"),
        ("/{extra.kind}/{slug}", "/note/a-file"),
        ("/blog", "/blog/a-file-name"),
        ("/blog/", "/blog/a-file-name"),
        ("//x//{folder}//{slug}/", "/x/a-file/"),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, path: str) -> None:
    assert link(pattern, title="Foo: the Bar, v1.2", extra={"Kind": "note"}) == Link(path=path)


def test_what_gives_nothing_is_told_once() -> None:
    assert link("/{x}/{x}/{-tags}/{slug}/{updated|Y}", tags=["a"], updated="2020") == Link(
        path="/a-file/", missing=("{x}", "{-tags}", "{updated|Y}")
    )


def test_an_empty_link_falls_back_to_the_file_name() -> None:
    assert link("/{-title}", title="…") == Link(path="/A_file name", by_name=True)
    assert link("/{title}") == Link(path="/A_file name", missing=("{title}",), by_name=True)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("U.S. elections — what's next?", "u.s.-elections-whats-next"),
        ("snake_case__and-dash", "snake-case-and-dash"),
        ("no\u00a0break", "no-break"),
        ("Straße №5", "straße-5"),
        ("½ price", "½-price"),
        ("!!!", ""),
    ],
)
def test_a_slug_is_made_as_jigsaw_makes_it(text: str, slug: str) -> None:
    assert slugged(text, "-") == slug


@given(st.text(), st.sampled_from("-_+"))
def test_a_slug_of_a_slug_is_itself(text: str, separator: str) -> None:
    once = slugged(text, separator)

    assert slugged(once, separator) == once
    assert not once.startswith(separator)
    assert separator * 2 not in once


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("/über-größe", "/uber-grosse"),
        ("/Ærø-Łódź", "/Aero-Lodz"),
        ("/жизнь-щи", "/zhiznь-shchi"),
        ("/ελλάδα", "/ellada"),
        ("/日本", "/日本"),
        ("/a\u00a0b ２ x² ¿que? a|b", "/a b 2 x2 que? ab"),
    ],
)
def test_a_jigsaw_link_is_written_in_ascii(text: str, written: str) -> None:
    assert transliterate(text) == written


@pytest.mark.parametrize(("path", "spelled"), [("/a/b/", "/a/b"), ("/end.", "/end"), ("/a. /", "/a"), ("/", "/")])
def test_a_jigsaw_link_has_no_slash_or_dot_at_its_end(path: str, spelled: str) -> None:
    assert spell(path) == spelled


@pytest.mark.parametrize(
    ("path", "name", "folders"),
    [
        ("a/b.md", "b", "a"),
        ("a/b/index.md", "b", "a"),
        ("_posts/2020/b.markdown", "b", "2020"),
        ("_posts/b.blade.md", "b", ""),
        ("v1.2.md", "v1.2", ""),
        ("index.md", "index", ""),
    ],
)
def test_a_file_is_called_by_its_name_or_its_folders(path: str, name: str, folders: str) -> None:
    assert (stem(PurePosixPath(path)), folder(PurePosixPath(path))) == (name, folders)
