"""What the object in a JavaScript file says, where it is written out: read as text, nothing of it is executed."""

import contextlib
import re
from collections.abc import Iterator, Mapping

from feeds.model.source import Value

_OBJECT = re.compile(
    r"(?:export\s+default|module\.exports\s*=|defineConfig\(|return|\bconst\s+\w*[cC]onfig\b[^={\n]*=)\s*"
    r"(?:async\s*)?(?:defineConfig\(\s*)?(?=\{)"
)
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)"""
    r"""|(?P<word>-?[\w$][\w$.]*)|(?P<mark>\.\.\.|=>|.)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": ""}
_CLOSING = {"{": "}", "[": "]", "(": ")"}
_DEEPEST = 30
_PLAIN_WORD = re.compile(r"true|false|-?\d+(?:\.\d+)?")


class _Computed(Exception):
    """A value that only running the program would tell."""


def literals(text: str) -> Mapping[str, Value]:
    """Return the keys and values of the object that a module exports or configures its tool with.

    Numbers, true and false are text here, null is "".  What is computed is
    left out; {} where there is no such object.
    """
    for found in _OBJECT.finditer(text):
        read = _Tokens(text, found.end()).value(0)
        if isinstance(read, dict) and read:
            return read
    return {}


class _Tokens:
    """One reading of a file, from a position on."""

    def __init__(self, text: str, start: int) -> None:
        self._tokens = self._cut(text, start)
        self._next: tuple[str, str] = ("", "")
        self._step()

    def value(self, depth: int) -> Value:
        """Read one value; raises _Computed, behind it, where it is no literal."""
        kind, written = self._next
        if depth > _DEEPEST:
            raise _Computed
        if written in {"{", "["} and kind == "mark":
            self._step()
            return self._object(depth) if written == "{" else self._list(depth)
        self._step()
        if written == "(" and kind == "mark":
            return self._parenthesised(depth)
        simple = self._next[1] in {",", "}", "]", ")", ";", ""}
        if kind == "text" and simple and not (written[0] == "`" and "${" in written):
            return _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), written[1:-1])
        if kind == "word" and simple and _PLAIN_WORD.fullmatch(written):
            return written
        if written in {"null", "undefined"} and simple:
            return ""
        self._skip_rest(written)
        raise _Computed

    def _parenthesised(self, depth: int) -> Value:
        try:
            read = self.value(depth + 1)
        except _Computed:
            self._skip_rest("(")
            raise
        if self._next[1] == ")":
            self._step()
        if self._next[1] not in {",", "}", "]", ")", ";", ""}:
            self._skip_rest("")
            raise _Computed
        return read

    def _object(self, depth: int) -> Value:
        read: dict[str, Value] = {}
        while self._next[1] not in {"}", ""}:
            kind, key = self._next
            self._step()
            if kind in {"text", "word"} and self._next[1] == ":":
                self._step()
                try:
                    read[key[1:-1] if kind == "text" else key] = self.value(depth + 1)
                except _Computed:
                    read.pop(key, None)
            else:
                self._skip_rest(key)
            self._comma()
        self._step()
        return read

    def _list(self, depth: int) -> Value:
        read: list[Value] = []
        while self._next[1] not in {"]", ""}:
            with contextlib.suppress(_Computed):
                read.append(self.value(depth + 1))
            self._comma()
        self._step()
        return read

    def _comma(self) -> None:
        """Go behind the comma; what stands before it belongs to a value that was not understood."""
        self._skip_rest("")
        if self._next[1] == "," or self._next[1] in {")", ";"}:
            self._step()

    def _skip_rest(self, first: str) -> None:
        """Go to the end of a value, whose first token was ``first``: brackets are skipped whole."""
        open_brackets = [_CLOSING[first]] if first in _CLOSING else []
        while self._next[1]:
            kind, written = self._next
            if kind == "mark":
                if open_brackets and written == open_brackets[-1]:
                    open_brackets.pop()
                elif not open_brackets and written in {",", "}", "]", ")", ";"}:
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
