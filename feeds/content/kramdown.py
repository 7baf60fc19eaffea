"""From kramdown, the Markdown of Jekyll, to the Markdown that is rendered here: without what is for kramdown alone."""

import re

from feeds.content.code import masked

_SIGNS = ("{:", "{#", "*[", "[ ]", "[x]", "[X]", "markdown=", "\\\\\n", "\n^")

#: A list of attributes: on a line of its own, there for a table of contents, behind a span, before an item's text.
_LIST = r"\{:(?!:)[^{}\n]*\}"
_LIST_LINE = re.compile(rf"[ \t]*{_LIST}[ \t]*")
_CONTENTS = re.compile(r"[ \t]*\{:(?:[^{}\n]*\s)?toc[\s}]")
_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]")
_AFTER_SPAN = re.compile(rf"(?<=[)\]*_>\0]){_LIST}")
_AT_ITEM = re.compile(rf"^([ \t]*(?:[*+-]|\d{{1,9}}[.)])[ \t]+){_LIST}[ \t]*", re.MULTILINE)

_EXTENSION = re.compile(r"\{::(comment|nomarkdown|options)\b[^{}\n]*?(/?)\}|\{:/(?:comment|nomarkdown)?\}")
_HEADING_ID = re.compile(r"^(#{1,6}[ \t][^\n{]*+)\{#[\w:.-]++\}[ \t]*$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\[\]\n]+\]:[^\n]*$", re.MULTILINE)
_END_OF_BLOCK = re.compile(r"^\^[ \t]*$", re.MULTILINE)
_TASK = re.compile(r"^([ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]+)\[([ xX])\](?=[ \t])", re.MULTILINE)
_MARKDOWN_INSIDE = re.compile(
    r"""^([ \t]*<\w+\b(?=[^<>\n]*+>)[^<>\n]*?)[ \t]markdown=["']?\w+["']?([^<>\n]*>)""", re.MULTILINE
)


def plain(text: str) -> str:
    """Return ``text`` without attribute lists, markers of contents, abbreviations and comments of kramdown.

    Boxes of task lists become characters.  Code stays as it is.
    """
    if not any(sign in text for sign in _SIGNS):
        return text
    prose, restored = masked(text)
    if "{::" in prose:
        prose = _without_extensions(prose)
    if "{:" in prose:
        prose = _AT_ITEM.sub(r"\1", _AFTER_SPAN.sub("", _without_list_lines(prose)))
    if "{#" in prose:
        prose = _HEADING_ID.sub(r"\1", prose)
    prose = _unabbreviated(prose)
    if "markdown=" in prose:
        prose = _MARKDOWN_INSIDE.sub(r"\1\2\n\n", prose)
    if "\n^" in prose:
        prose = _END_OF_BLOCK.sub("", prose)
    return restored(boxes(prose.replace("\\\\\n", "\\\n")))


def without_abbreviations(text: str) -> str:
    """Return ``text`` without the lines that say what abbreviations stand for: ``*[HTML]: Hyper Text``."""
    if "*[" not in text:
        return text
    prose, restored = masked(text)
    return restored(_unabbreviated(prose))


def _unabbreviated(prose: str) -> str:
    return _ABBREVIATION.sub("", prose) if "*[" in prose else prose


def boxes(prose: str) -> str:
    """Return prose with characters for the boxes of task lists."""
    if not any(box in prose for box in ("[ ]", "[x]", "[X]")):
        return prose
    return _TASK.sub(lambda task: task[1] + ("☐" if task[2] == " " else "☑"), prose)


def _without_extensions(prose: str) -> str:
    """Take out ``{::comment}…{:/comment}``, and the tags alone of other extensions."""
    pieces: list[str] = []
    end, hidden = 0, False
    for tag in _EXTENSION.finditer(prose):
        pieces.append("" if hidden else prose[end : tag.start()])
        end = tag.end()
        hidden = tag[1] == "comment" and not tag[2] if tag[1] else False
    return "".join((*pieces, "" if hidden else prose[end:]))


def _without_list_lines(prose: str) -> str:
    """Take out the attribute lists that stand on lines of their own, and the item that ``{:toc}`` is for."""
    kept: list[str] = []
    in_list = False
    lines = prose.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_code = line.startswith(("    ", "\t")) and not in_list
        if "{:" in line and _LIST_LINE.fullmatch(line) and not is_code:
            if _CONTENTS.match(line):
                _drop_item(kept)
            # It ended its block: what follows at once is another one.
            if kept and kept[-1].strip() and following.strip() and not _ITEM.match(following):
                kept.append("")
            continue
        kept.append(line)
        if not is_code and _ITEM.match(line):
            in_list = True
        elif line and not line[0].isspace():
            in_list = False
    return "\n".join(kept)


def _drop_item(kept: list[str]) -> None:
    while kept and kept[-1].strip():
        if _ITEM.match(kept.pop()):
            return
