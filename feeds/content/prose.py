"""Markdown cut into prose and code, so that marks in code can be left alone."""

import re
from collections.abc import Callable

#: A fenced block, also inside a list, or code in a line.
_CODE = re.compile(
    r"^[ \t]*(```+(?=[^`\n]*$)|~~~+)[^\n]*(?:\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)|\Z)|(?<!`)(`++)[^`\n]++\2(?!`)",
    re.MULTILINE | re.DOTALL,
)


def in_prose(text: str, change: Callable[[str], str]) -> str:
    """Apply ``change`` to what is no code: to each piece between blocks and spans of it."""
    if "`" not in text and "~~~" not in text:
        return change(text)
    pieces: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        pieces += (change(text[end : code.start()]), code[0])
        end = code.end()
    return "".join((*pieces, change(text[end:])))
