"""From kramdown, the Markdown of Jekyll, to the Markdown that is rendered here: without what is for kramdown alone."""

import re
from itertools import islice, takewhile

from feeds.content.prose import in_prose

_SIGNS = ("{:", "{#", "*[", "[ ]", "[x]", "[X]", "markdown=", "\\\\\n", "\n^")

#: A list of attributes on a line of its own; one that defines a name; one that makes a table of contents.
_LIST_LINE = re.compile(r"[ \t]*\{:(?!:)[^{}\n]*\}[ \t]*")
_CONTENTS = re.compile(r"[ \t]*\{:\s*(?:[^{}\n]*\s)?toc[\s}]")
_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]")

_CODE_INDENTATION = ("    ", "\t")

#: So many lines before a line tell whether it is in a list.
_FAR = 50

_AFTER_SPAN = re.compile(r"(?<=[)\]*_`>])\{:(?!:)[^{}\n]*\}")
_AT_ITEM = re.compile(r"^([ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]+)\{:(?!:)[^{}\n]*\}[ \t]*", re.MULTILINE)
_HEADING_ID = re.compile(r"^(#{1,6}[ \t][^\n{]*+)\{#[\w:.-]++\}[ \t]*$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\[\]\n]+\]:[^\n]*$", re.MULTILINE)
_EXTENSION = re.compile(r"\{::(comment|nomarkdown|options)\b[^{}\n]*?(/?)\}|\{:/(?:comment|nomarkdown)?\}")
_END_OF_BLOCK = re.compile(r"^\^[ \t]*$", re.MULTILINE)
_TASK = re.compile(r"^([ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]+)\[([ xX])\](?=[ \t])", re.MULTILINE)
_MARKDOWN_INSIDE = re.compile(r"""^([ \t]*<\w+\b[^<>\n]*?)[ \t]markdown=["']?\w+["']?([^<>\n]*>)""", re.MULTILINE)


def plain(text: str) -> str:
    """Return ``text`` without attribute lists, markers of contents, abbreviations and comments of kramdown.

    Boxes of task lists become characters.  Code stays as it is.
    """
    if not any(sign in text for sign in _SIGNS):
        return text
    if "{::" in text:
        text = in_prose(text, _without_extensions)
    if "{:" in text:
        text = _without_list_lines(text)
        # Behind code, too: a span of it ends where a piece of prose begins.
        text = in_prose(text, _without_spans)
    return in_prose(text, _without_rest)


def _without_spans(prose: str) -> str:
    if prose.startswith("{:"):
        prose = _LEADING.sub("", prose, count=1)
    return _AT_ITEM.sub(r"\1", _AFTER_SPAN.sub("", prose)) if "{:" in prose else prose


_LEADING = re.compile(r"\{:(?!:)[^{}\n]*\}")


def _without_rest(prose: str) -> str:
    if "{#" in prose:
        prose = _HEADING_ID.sub(r"\1", prose)
    if "*[" in prose:
        prose = _ABBREVIATION.sub("", prose)
    if "[ ]" in prose or "[x]" in prose or "[X]" in prose:
        prose = _TASK.sub(lambda task: task[1] + ("☐" if task[2] == " " else "☑"), prose)
    if "markdown=" in prose:
        prose = _MARKDOWN_INSIDE.sub(r"\1\2\n\n", prose)
    if "\\\\\n" in prose:
        prose = prose.replace("\\\\\n", "\\\n")
    return _END_OF_BLOCK.sub("", prose) if "\n^" in prose else prose


def _without_extensions(prose: str) -> str:
    """Take out ``{::comment}…{:/comment}``, and the tags alone of other extensions."""
    pieces: list[str] = []
    end, hidden = 0, False
    for tag in _EXTENSION.finditer(prose):
        pieces.append("" if hidden else prose[end : tag.start()])
        end = tag.end()
        hidden = tag[1] == "comment" and not tag[2] if tag[1] else False
    return "".join((*pieces, "" if hidden else prose[end:]))


def _without_list_lines(text: str) -> str:
    """Take out the attribute lists that stand on lines of their own, and the item that ``{:toc}`` is for."""
    kept: list[str] = []
    fence = ""
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        fence = _fence(line, fence)
        if fence or "{:" not in line or not _LIST_LINE.fullmatch(line) or _is_code(line, kept):
            kept.append(line)
            continue
        if _CONTENTS.match(line):
            _drop_item(kept)
        # It ended its block: what follows at once is another one.
        if kept and kept[-1].strip() and following.strip() and not _ITEM.match(following):
            kept.append("")
    return "\n".join(kept)


def _fence(line: str, fence: str) -> str:
    """Return the fence of the code that the next line is in, given that of this ``line``."""
    stripped = line.strip()
    if not stripped.startswith(("```", "~~~")):
        return fence
    mark = stripped[: len(stripped) - len(stripped.lstrip(stripped[0]))]
    if not fence:
        return mark if stripped[0] == "~" or "`" not in stripped[len(mark) :] else ""
    return "" if mark.startswith(fence) and stripped == mark else fence


def _is_code(line: str, before: list[str]) -> bool:
    """Tell whether a line with four leading spaces is code: it is not in a list."""
    if not line.startswith(_CODE_INDENTATION):
        return False
    block = takewhile(lambda earlier: not earlier.strip() or earlier.startswith(_CODE_INDENTATION), reversed(before))
    first = len(before) - sum(1 for _ in islice(block, _FAR)) - 1
    return first < 0 or not _ITEM.match(before[first])


def _drop_item(kept: list[str]) -> None:
    while kept and kept[-1].strip():
        if _ITEM.match(kept.pop()):
            return
