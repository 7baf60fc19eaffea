"""The parts of a Markdown body that are code, and those that are not: marks mean something else there, or nothing."""

import re
from bisect import bisect_right
from collections.abc import Callable

from feeds.content.codeblocks import code_spans

#: What stands in the place of code: no body holds it, since XML cannot carry it.
MARK = "\0"
_MARKED = re.compile(r"\0(\d+)\0")


class Code:
    """The stretches of ``text`` that are code."""

    def __init__(self, text: str) -> None:
        self._spans = code_spans(text)
        self._starts = [start for start, _ in self._spans]

    def holds(self, position: int) -> bool:
        """Tell whether the character at ``position`` is code."""
        before = bisect_right(self._starts, position) - 1
        return before >= 0 and position < self._spans[before][1]


def masked(text: str) -> tuple[str, Callable[[str], str]]:
    """Return ``text`` with a mark for each piece of code, and what puts the pieces back into any part of it."""
    pieces: list[str] = []
    parts: list[str] = []
    end = 0
    for start, following in code_spans(text):
        parts += (text[end:start], f"{MARK}{len(pieces)}{MARK}")
        # Lines stay lines.
        end = following - text.endswith("\n", start, following)
        pieces.append(text[start:end])
    whole = "".join((*parts, text[end:]))
    return whole, lambda part: _MARKED.sub(lambda found: pieces[int(found[1])], part)


def replaced(body: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> str:
    """Replace each match of ``pattern`` that begins outside of code; matches are not empty."""
    if pattern.search(body) is None:
        return body
    spans = iter(code_spans(body))
    code = next(spans, None)
    pieces: list[str] = []
    done = position = 0
    while match := pattern.search(body, position):
        while code and code[1] <= match.start():
            code = next(spans, None)
        if code and code[0] <= match.start():
            position = code[1]
            continue
        pieces += (body[done : match.start()], replace(match))
        done = position = match.end()
    return "".join((*pieces, body[done:]))
