"""What the array that a PHP file returns says, where it is written out: read as text, nothing of it is executed."""

import contextlib
import re
from collections.abc import Mapping

from feeds.content.tokens import DEEPEST, Computed, Tokens
from feeds.model.source import Value

_RETURN = re.compile(r"(?:^|<\?php)[ \t]*return\s*(?:array\s*\(|\[)", re.MULTILINE)
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|\#(?!\[)[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))"""
    r"""|(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')"""
    r"""|(?P<word>(?:[\w$]|\\(?=[\w$]))+)|(?P<mark>=>|->|::|\\.|.)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\([\\'\"])")
_ENDS = frozenset({",", "]", ")", ";"})
_PLAIN_WORD = re.compile(r"true|false|-?\d+(?:\.\d+)?", re.IGNORECASE)
_END = frozenset({",", "]", ")", ";", "=>", ""})


def returned(text: str) -> Mapping[str, Value]:
    """Return the keys and texts of the array that a configuration returns; what is computed is left out."""
    found = _RETURN.search(text)
    read = _Values(text, found.end() - 1).array(0) if found else {}
    return read if isinstance(read, dict) else {}


class _Values(Tokens):
    """One reading of a file, from an opening bracket on."""

    def __init__(self, text: str, start: int) -> None:
        super().__init__(_TOKEN, text, start, _ENDS)

    def array(self, depth: int) -> Value:
        """Read an array: a map where its values have keys, a list where they have none."""
        self._step()
        pairs: dict[str, Value] = {}
        items: list[Value] = []
        while self._next[1] not in {"]", ")", ""}:
            with contextlib.suppress(Computed):
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
        if depth > DEEPEST:
            self._skip_rest(written)
            raise Computed
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
        raise Computed
