"""The quick reading of front matter against the YAML parser, which is the truth."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import front_plain, front_yaml
from feeds.content.notes import Notes
from feeds.errors import ContentError

_KEYS = st.sampled_from(["title", "Date", "a.b", "null", "~", "_x", "x-y", "<<", "2020", "y", "- a", " a", '"q"', ""])
_PIECES = st.sampled_from(
    [
        *("word", "two words", "a  b", ":", ": ", " #", "#", "-", "- ", "[", "]", ", ", ",", "{", "}", '"', "'", "''"),
        *("\\", "\\n", "~", "null", "Null", "true", "2020-01-31", "12:30", "https://e.org/a?b=c#d", "é", "…", "\u00a0"),
        *("\u2028", "\x85", "\ufeff", "\t", "&a", "*a", "!x", "|", ">", "%", "@", "`", "?", "? ", "=", "<", "…", "😀"),
    ]
)
_VALUES = st.lists(_PIECES, max_size=5).map("".join)
_QUOTED = _VALUES.map(lambda value: f'"{value}"') | _VALUES.map(lambda value: f"'{value}'")
_LISTS = st.lists(_VALUES | _QUOTED, max_size=4).map(lambda items: f"[{', '.join(items)}]")
_LINES = st.one_of(
    st.tuples(_KEYS, st.sampled_from([": ", ":", ":  "]), _VALUES | _QUOTED | _LISTS, st.sampled_from(["", " "])).map(
        "".join
    ),
    st.sampled_from(["", "  ", "# note", "#note", "  more", "- item", "---", "..."]),
)
_HEADERS = st.lists(_LINES, max_size=5).map("\n".join)


@given(_HEADERS)
def test_what_is_read_quickly_is_read_as_the_yaml_parser_reads_it(header: str) -> None:
    quick = front_plain.read(header, 2)
    if quick is not None:
        notes = Notes(PurePosixPath("post.md"))
        assert quick == front_yaml.strictly(header, 2, notes)
        assert notes.findings == ()


def test_the_front_matter_of_most_posts_is_read_quickly() -> None:
    header = "\n".join(
        [
            "# A comment",
            "extends: _layouts.post",
            "title: Nothing to see (again) & more ",
            'subtitle: "Quoted: with a colon"',
            "image: https://images.example.net/1.jpg?a=b#c ",
            "date: 2016-05-14 11:15:00",
            "categories: [tv, World News, 'art']",
            "tags: []",
            "",
            "draft:",
        ]
    )
    assert front_plain.read(header, 2) == [
        ("extends", "_layouts.post", 3),
        ("title", "Nothing to see (again) & more", 4),
        ("subtitle", "Quoted: with a colon", 5),
        ("image", "https://images.example.net/1.jpg?a=b#c", 6),
        ("date", "2016-05-14 11:15:00", 7),
        ("categories", ["tv", "World News", "art"], 8),
        ("tags", [], 9),
        ("draft", "", 11),
    ]


def test_what_could_mean_something_else_is_left_to_the_yaml_parser() -> None:
    for header in (
        *("title: a: b", "title: a #b", "title: a:", "- a", "a:\n  - b", "a: |\n  b", "a: &x b", "a: *x", "a: !x b"),
        *('a: "b\\n"', "a: 'it''s'", "a: [b, [c]]", "a: {b: c}", "a: [b", "a: b\n c", "null: a", "a: \tb", "a: [b,]"),
    ):
        assert front_plain.read(header, 2) is None


@pytest.mark.parametrize(
    "line", ["a:{}-", "a: null{}#", 'a: ""{}b', "a: [{}", "a: []{}]b", "a: b{}#", "a: b{}: c", "{}a: b", "---{}a"]
)
@pytest.mark.parametrize("filling", [" ", "]", "-", "a "])
def test_very_much_of_one_thing_comes_to_an_end(line: str, filling: str) -> None:
    header = line.format(filling * 30_000)
    quick = front_plain.read(header, 2)
    assert quick is None or quick == front_yaml.strictly(header, 2, Notes(PurePosixPath("post.md")))


def test_an_alias_hidden_among_plain_lines_is_still_refused() -> None:
    with pytest.raises(ContentError, match="anchor"):
        front_yaml.read("title: a\nbase: &x b\nother: *x", 2, Notes(PurePosixPath("post.md")))
