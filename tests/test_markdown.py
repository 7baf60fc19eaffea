"""Markdown as generators read it."""

import pytest

from feeds.content.markdown import render


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("a <kbd>x</kbd>", "<p>a <kbd>x</kbd></p>\n"),
        ('"quotes" -- stay...', "<p>&quot;quotes&quot; -- stay...</p>\n"),
        ("term\n: meaning", "<dl>\n<dt>term</dt>\n<dd>meaning</dd>\n</dl>\n"),
        ("#word is no heading", "<p>#word is no heading</p>\n"),
    ],
)
def test_commonmark_and_its_usual_extensions_are_read(written: str, html: str) -> None:
    assert render(written) == html


def test_tables_and_footnotes_are_read() -> None:
    assert "<td>1</td>" in render("|a|\n|-|\n|1|")
    assert "<p>the note" in render("text[^1]\n\n[^1]: the note")


def test_four_leading_spaces_make_code_unless_the_author_means_prose() -> None:
    written = "First.\n\n    Second, indented.\n\n\tThird.\n"

    assert render(written) == "<p>First.</p>\n<pre><code>Second, indented.\n\nThird.\n</code></pre>\n"
    assert render(written, indented_code=False) == "<p>First.</p>\n<p>Second, indented.</p>\n<p>Third.</p>\n"


def test_fenced_code_is_code_either_way() -> None:
    written = "```\nx = 1\n```\n"

    assert render(written) == render(written, indented_code=False) == "<pre><code>x = 1\n</code></pre>\n"
