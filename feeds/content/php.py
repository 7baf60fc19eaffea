"""What the array that a PHP file returns says, where it is written out: read as text, nothing of it is executed."""

import contextlib
import re
from collections.abc import Iterator, Mapping

from feeds.model.source import Value

_RETURN = re.compile(r"(?:^|<\?php)[ \t]*return\s*(?:array\s*\(|\[)", re.MULTILINE)
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|\#(?!\[)[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)"""
    r"""|(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')"""
    r"""|(?P<word>[\w$\\]+)|(?P<mark>=>|->|::|.)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\([\\'\"])")
_CLOSING = {"{": "}", "[": "]", "(": ")"}
_DEEPEST = 30
_PLAIN_WORD = re.compile(r"true|false|-?\d+(?:\.\d+)?", re.IGNORECASE)
_END = frozenset({",", "]", ")", ";", "=>", ""})


class _Computed(Exception):
    """A value that only running the program would tell."""


def returned(text: str) -> Mapping[str, Value]:
    """Return the keys and texts of the array that a configuration returns; what is computed is left out."""
    found = _RETURN.search(text)
    read = _Tokens(text, found.end() - 1).array(0) if found else {}
    return read if isinstance(read, dict) else {}


class _Tokens:
    """One reading of a file, from an opening bracket on."""

    def __init__(self, text: str, start: int) -> None:
        self._tokens = self._cut(text, start)
        self._next: tuple[str, str] = ("", "")
        self._step()

    def array(self, depth: int) -> Value:
        """Read an array: a map where its values have keys, a list where they have none."""
        self._step()
        pairs: dict[str, Value] = {}
        items: list[Value] = []
        while self._next[1] not in {"]", ")", ""}:
            with contextlib.suppress(_Computed):
                value = self._value(depth)
                if self._next[1] != "=>":
                    items.append(value)
                elif isinstance(value, str):
                    self._step()
                    pairs.pop(value, None)
                    pairs[value] = self._value(depth)
            self._skip_rest("")
            if self._next[1] in {",", ";", "=>", "}"}:
                self._step()
        self._step()
        return pairs or items

    def _value(self, depth: int) -> Value:
        kind, written = self._next
        if depth > _DEEPEST:
            self._skip_rest(written)
            raise _Computed
        if written == "[":
            return self.array(depth + 1)
        self._step()
        if written == "array" and self._next[1] == "(":
            return self.array(depth + 1)
        if self._next[1] in _END:
            if kind == "text":
                return _ESCAPE.sub(r"\1", written[1:-1])
            if kind == "word" and _PLAIN_WORD.fullmatch(written):
                return written.lower()
            if written.lower() == "null":
                return ""
        self._skip_rest(written)
        raise _Computed

    def _skip_rest(self, first: str) -> None:
        """Go to the end of a value, whose first token was ``first``: brackets are skipped whole."""
        open_brackets = [_CLOSING[first]] if first in _CLOSING else []
        while self._next[1]:
            kind, written = self._next
            if kind == "mark":
                if open_brackets and written == open_brackets[-1]:
                    open_brackets.pop()
                elif not open_brackets and written in {",", "]", ")", ";"}:
                    return
                elif written in _CLOSING:
                    open_brackets.append(_CLOSING[written])
            self._step()

    def _step(self) -> None:
        self._next = next(self._tokens, ("", ""))

    @staticmethod
    def _cut(text: str, start: int) -> Iterator[tuple[str, str]]:
        for token in _TOKEN.finditer(text, start):
            if token.lastgroup != "space":
                yield token.lastgroup or "", token[0]
