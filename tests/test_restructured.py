"""reStructuredText: what docutils makes of it, and what it must not do."""

import pytest

from ending import ends
from feeds.content.restructured import MAX_TEXT, TooCostlyError, render


def rendered(text: str) -> tuple[str, list[tuple[str, int]]]:
    complaints: list[tuple[str, int]] = []
    return render(text, lambda message, line: complaints.append((message, line))), complaints


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* ``b <c>`` :kbd:`d`", "<p><em>a</em> <code>b &lt;c&gt;</code> <span>d</span></p>"),
        ("A\n=\n\nB\n-\n", '<section id="a">\n<h2>A</h2>\n<section id="b">\n<h3>B</h3>\n</section>\n</section>'),
        (".. code-block:: py\n   :linenos: 3\n   :any: x\n\n   a = 1", "literal-block"),
        (".. sourcecode:: py\n\n   a = 1", "a = 1"),
        (".. gist:: ada/1", '<a href="https://gist.github.com/ada/1">'),
        (".. vimeo:: 12", '<iframe src="https://player.vimeo.com/video/12"></iframe>'),
        ('.. youtube:: "><script>', "%22%3E%3Cscript%3E"),
        (".. media:: https://example.net/x", '<a class="reference external" href="https://example.net/x">'),
        (".. raw:: html\n\n   <b>x</b>", "<b>x</b>"),
        (".. raw:: latex\n\n   secret", ""),
        (".. contents::\n\nA\n=\n", "<h2>A</h2>"),
        (".. image:: a.png\n   :width: 50%", '<img alt="a.png" src="a.png" />'),
        ("|x| y_ :z:`w`", "<p>x y w</p>"),
    ],
)
def test_what_is_written_is_html(text: str, html: str) -> None:
    assert html in rendered(text)[0].replace(' class="kbd"', "")


@pytest.mark.parametrize(
    "text",
    [
        ".. include:: /etc/hostname",
        ".. literalinclude:: /etc/hostname",
        ".. csv-table::\n   :file: /etc/hostname",
        ".. raw:: html\n   :file: /etc/hostname",
        ".. raw:: html\n   :url: file:///etc/hostname",
        ".. figure:: a.png\n   :figwidth: image",
    ],
)
def test_no_file_is_read(text: str) -> None:
    html, _ = rendered(f"Before.\n\n{text}\n\nBehind.")

    assert (
        "".join(html.split()).replace('<figure><imgalt="a.png"src="a.png"/></figure>', "")
        == "<p>Before.</p><p>Behind.</p>"
    )


def test_what_is_not_understood_is_told_with_its_line() -> None:
    assert rendered("Text.\n\n.. unheard::\n\n   of") == ("<p>Text.</p>", [('Unknown directive type "unheard".', 3)])


@pytest.mark.parametrize(
    "text",
    [
        "a" * (MAX_TEXT + 1),
        "`a <" + "\t" * 20_000 + ">`_",
        "x_ " * 20_000,
        "**a " * 20_000,
        "``a " * 20_000,
        ":a:`b` " * 20_000,
        "\n".join("  " * depth + "- a\n" for depth in range(400)),
    ],
)
def test_what_would_cost_too_much_is_refused_at_once(text: str) -> None:
    with ends(), pytest.raises(TooCostlyError):
        rendered(text)


def test_substitutions_cannot_grow_without_end() -> None:
    bomb = ".. |a0| replace:: x\n" + "".join(f".. |a{n + 1}| replace:: |a{n}| |a{n}|\n" for n in range(40)) + "\n|a40|"
    flood = f".. |a| replace:: {'x' * 10_000}\n\n{'|a| ' * 1000}"

    for text in (bomb, flood):
        with pytest.raises(TooCostlyError):
            rendered(text)
    assert rendered(".. |a| replace:: x\n\n|a| and |a|.")[0] == "<p>x and x.</p>"


@pytest.mark.parametrize(
    "text",
    [".. include:: x.rst", ".. raw:: html\n   :file: x", ".. raw:: html\n   :url: x", ".. csv-table:: T\n   :file: x"],
)
def test_what_is_in_another_file_is_told_to_be_left_out(text: str) -> None:
    name = text.split()[1].rstrip(":")

    assert rendered(f"Text.\n\n{text}") == (
        "<p>Text.</p>",
        [(f'"{name}" shows what is in another file, which is not read.', 3)],
    )


def test_a_table_that_is_written_out_is_one() -> None:
    assert "<td><p>2</p></td>" in rendered(".. csv-table:: T\n\n   1, 2\n")[0]
