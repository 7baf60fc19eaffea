"""The tokens of a program that is read as text: what the readers of single languages have in common."""

import re
from collections.abc import Iterator

#: Deeper than this nobody writes values by hand.
DEEPEST = 30

_CLOSING = {"{": "}", "[": "]", "(": ")"}


class Computed(Exception):
    """A value that only running the program would tell."""


class Tokens:
    """One reading of a text from ``start`` on, in the tokens of ``pattern``.

    Its named groups are the kinds of tokens: ``space`` is passed over, ``mark``
    is punctuation.  ``ends`` are the marks behind a value.
    """

    def __init__(self, pattern: re.Pattern[str], text: str, start: int, ends: frozenset[str]) -> None:
        self._tokens = self._cut(pattern, text, start)
        self._ends = ends
        self._next: tuple[str, str] = ("", "")
        self._step()

    def _skip_rest(self, first: str) -> None:
        """Go to the end of a value, whose first token was ``first``: brackets are skipped whole."""
        open_brackets = [_CLOSING[first]] if first in _CLOSING else []
        while self._next[1]:
            kind, written = self._next
            if kind == "mark":
                if open_brackets and written == open_brackets[-1]:
                    open_brackets.pop()
                elif not open_brackets and written in self._ends:
                    return
                elif written in _CLOSING:
                    open_brackets.append(_CLOSING[written])
            self._step()

    def _step(self) -> None:
        self._next = next(self._tokens, ("", ""))

    @staticmethod
    def _cut(pattern: re.Pattern[str], text: str, start: int) -> Iterator[tuple[str, str]]:
        for token in pattern.finditer(text, start):
            if token.lastgroup != "space":
                yield token.lastgroup or "", token[0]
