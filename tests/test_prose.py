"""Plain prose needs no parser, and nobody can tell that it had none."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import prose
from feeds.content.markdown import parsed, render
from feeds.content.parse import parse
from feeds.errors import ContentError

SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "content"

#: What Markdown is made of, and what only looks so.
PIECES = (
    *("word", "a", "Ünï", "9", "12.", "4.25", " ", "  ", "    ", "\t", "\n", "\n\n", "\n\n", "\n\n", " \n", "\n \n"),
    *("- ", "* ", "+ ", "> ", ">", "# ", "## ", "#", "####### ", "---", "===", "|", "|-|-|\n", ": ", ":", "~", "~~"),
    *("*", "**", "***", "_", "__", "`", "``", "```", "*a*", "**b c**", "_d_", "__e f__", "**a:** b", "`g *h* <i>`"),
    *("[", "]", "(", ")", "![", "[^", "[a](http://e.org/x)", "![b & c](https://e.org/a_b.png)", "[x](/p/q?a=1&b=2#c)"),
    *("[x](//e.org/)", "[y](https://E.org/)", "[z](https://e.org/%zz)", "[a]: http://e.org", "[n]", "[^n]: note"),
    *("&", "&amp;", "&copy", "&copy;", "&#65;", "R&D", "<", ">", "<b>", "<!-- ", "-->", "<div>", "</div>", "<pre>"),
    *("\\", "\\*", "!", ".", ",", '"', "'", "“", "’", "=", "+", "^", "@x", "https://e.org", "\u0301", "€", "&K;"),
    *("\xa0", "\u3000", "\x0b", "\x1c", "\x85", "\u2028", "\u200b", "\r", "\0"),
)
DOCUMENTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
PROSE = (
    *("One line, with 3.5 words & a “quote”.", "Two\nlines: #no heading", "# A *heading*", "### 1. One"),
    *("> Said, with `code`.", "**All of it.**", "_a_ *b* __c d__", "![x](/a.png) [y & z](https://e.org/?a=b&c=d)"),
    *("End in spaces  ", "no-break\xa0", "'Quoted' (aside)", "* item", "1. item", "    code", "<p>html</p>", "a<br>b"),
)


class Parser:
    """A parser that keeps what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> str:
        self.asked.append(text)
        return "…"


@given(
    text=DOCUMENTS | st.text() | st.lists(st.sampled_from(PROSE)).map("\n\n".join),
    indented_code=st.booleans(),
)
def test_nobody_can_tell_prose_from_what_the_parser_makes(text: str, *, indented_code: bool) -> None:
    assert render(text, indented_code=indented_code) == parsed(text, indented_code=indented_code)


@pytest.mark.parametrize("text", PROSE[:11])
def test_prose_needs_no_parser(text: str) -> None:
    parser = Parser()

    assert prose.render(f"{text}\n\n{text}\n", parser) == parsed(f"{text}\n\n{text}\n")
    assert not parser.asked


def test_the_parser_gets_what_lies_between() -> None:
    parser = Parser()

    html = prose.render("One.\n\n- a\n\n- b\n\nTwo.\n\n<div>\n", parser)

    assert html == "<p>One.</p>\n…<p>Two.</p>\n…"
    assert parser.asked == ["- a\n\n- b\n\n", "<div>\n"]


FAR_REACHING = (
    *("Term\n\n: meaning", "A [link]\n\n[link]: /x", "A note[^1]\n\n[^1]: x", "A note^[here]\n\nText"),
    *("<!-- a\n\nb -->", "<pre>\n\na</pre>", "```\n\na\n\n```", "~~~\n\na\n\n~~~", "a\r\rb"),
)


@pytest.mark.parametrize("text", FAR_REACHING)
def test_what_reaches_beyond_blank_lines_is_the_parser_s(text: str) -> None:
    parser = Parser()

    prose.render(text, parser)

    assert parser.asked == [text]


def test_real_posts_read_as_the_parser_reads_them() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the real posts are not here: they are kept beside the project, in shared/")

    assert not [path for path, body in bodies() if render(body) != parsed(body)]


def bodies() -> Iterator[tuple[Path, str]]:
    for path in sorted(SAMPLES.rglob("*.md"))[::10]:
        try:
            yield path, parse(PurePosixPath(path.name), path.read_bytes()).body
        except ContentError:
            continue
