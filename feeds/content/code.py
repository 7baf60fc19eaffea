"""Where the code is in a Markdown text: marks mean something else there, or nothing."""

import re
from bisect import bisect_right
from collections.abc import Callable

_FENCES_OR_SPANS = re.compile(
    r"^[ ]*+(?:(?:[-*+>]|\d{1,9}[.)])[ ]++)*+(```++(?=[^`\n]*$)|~~~++).*?(?:^[ >]*+\1[`~]*+[ \t]*$|\Z)"
    r"|(?<!`)(`++)[^`\n]++\2(?!`)",
    re.DOTALL | re.MULTILINE,
)


class Code:
    """The stretches of ``text`` that are fenced, or between backticks."""

    def __init__(self, text: str) -> None:
        marked = "`" in text or "~~~" in text
        self._spans = [found.span() for found in _FENCES_OR_SPANS.finditer(text)] if marked else []
        self._starts = [start for start, _ in self._spans]

    def holds(self, position: int) -> bool:
        """Tell whether the character at ``position`` is code."""
        before = bisect_right(self._starts, position) - 1
        return before >= 0 and position < self._spans[before][1]


def outside(text: str, rewrite: Callable[[str], str]) -> str:
    """Return ``text`` with everything that is no code rewritten, stretch by stretch."""
    if "`" not in text and "~~~" not in text:
        return rewrite(text)
    parts: list[str] = []
    end = 0
    for found in _FENCES_OR_SPANS.finditer(text):
        parts += (rewrite(text[end : found.start()]), found[0])
        end = found.end()
    return "".join((*parts, rewrite(text[end:])))
