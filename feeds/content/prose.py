"""Markdown without its code, so that marks in code can be left alone."""

import re
from collections.abc import Callable

#: A fenced block, also inside a list, or code in a line.
_CODE = re.compile(
    r"^[ \t]*(```+(?=[^`\n]*$)|~~~+)[^\n]*(?:\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)|\Z)|(?<!`)(`++)[^`\n]++\2(?!`)",
    re.MULTILINE | re.DOTALL,
)

#: What stands in the place of code: no body holds it, since XML cannot carry it.
MARK = "\0"
_MARKED = re.compile(r"\0(\d+)\0")


def masked(text: str) -> tuple[str, Callable[[str], str]]:
    """Return ``text`` with a mark for each piece of code, and what puts the pieces back into any part of it."""
    if "`" not in text and "~~~" not in text:
        return text, lambda part: part
    pieces: list[str] = []

    def mark(code: re.Match[str]) -> str:
        pieces.append(code[0])
        return f"{MARK}{len(pieces) - 1}{MARK}"

    return _CODE.sub(mark, text), lambda part: _MARKED.sub(lambda found: pieces[int(found[1])], part)
