"""What the object in a JavaScript file says, where it is written out: read as text, nothing of it is executed."""

import contextlib
import re
from collections.abc import Mapping
from itertools import islice

from feeds.content.tokens import DEEPEST, Computed, Tokens
from feeds.model.source import Value

_OBJECT = re.compile(
    r"(?:export\s+default|module\.exports\s*=|defineConfig\(|return|\bconst\s+\w{0,40}[cC]onfig\b[^={\n]{0,200}=)\s*"
    r"(?:async\s*)?(?:defineConfig\(\s*)?(?=\{)"
)
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)"""
    r"""|(?P<word>-?[\w$][\w$.]*)|(?P<mark>\.\.\.|=>|\\.|.)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": ""}
#: So many objects are looked into for one that says anything.
_MOST = 20
_ENDS = frozenset({",", "}", "]", ")", ";"})
_PLAIN_WORD = re.compile(r"true|false|-?\d+(?:\.\d+)?")


def literals(text: str) -> Mapping[str, Value]:
    """Return the keys and values of the object that a module exports or configures its tool with.

    Numbers, true and false are text here, null is "".  What is computed is
    left out; {} where there is no such object.
    """
    for found in islice(_OBJECT.finditer(text), _MOST):
        read = _Values(text, found.end()).value(0)
        if isinstance(read, dict) and read:
            return read
    return {}


class _Values(Tokens):
    """One reading of a file, from a position on."""

    def __init__(self, text: str, start: int) -> None:
        super().__init__(_TOKEN, text, start, _ENDS)

    def value(self, depth: int) -> Value:
        """Read one value; raises Computed, behind it, where it is no literal."""
        kind, written = self._next
        if depth > DEEPEST:
            raise Computed
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
        raise Computed

    def _parenthesised(self, depth: int) -> Value:
        try:
            read = self.value(depth + 1)
        except Computed:
            self._skip_rest("(")
            raise
        if self._next[1] == ")":
            self._step()
        if self._next[1] not in {",", "}", "]", ")", ";", ""}:
            self._skip_rest("")
            raise Computed
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
                except Computed:
                    read.pop(key, None)
            else:
                self._skip_rest(key)
            self._comma()
        self._step()
        return read

    def _list(self, depth: int) -> Value:
        read: list[Value] = []
        while self._next[1] not in {"]", ""}:
            with contextlib.suppress(Computed):
                read.append(self.value(depth + 1))
            self._comma()
        self._step()
        return read

    def _comma(self) -> None:
        """Go behind the comma; what stands before it belongs to a value that was not understood."""
        self._skip_rest("")
        if self._next[1] == "," or self._next[1] in {")", ";"}:
            self._step()
