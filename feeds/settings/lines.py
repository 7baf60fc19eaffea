"""Where each key of a TOML text stands, which ``tomllib`` does not tell."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from feeds.settings.problems import KeyPath

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"

#: A heading or a key, where a statement starts.
_STATEMENT = re.compile(
    rf"\[\[[ \t]*(?P<array>{_DOTTED})[ \t]*\]\]|\[[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*="
)

#: What a value is made of, as far as its end is concerned.
_PIECE = re.compile(
    r'''"""(?:\\.|[^\\])*?"""{1,3}|\'\'\'.*?\'\'\'{1,3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]|[^"'\#\[\]{}\n]+''',
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Map the path of every heading and key in ``text`` to its line, counted from 1.

    ``text`` must be TOML that ``tomllib`` reads.  Elements of arrays of tables
    are counted from 0: the second ``[[feed]]`` is ``("feed", 1)``.  What
    stands inside an inline table or an array has no line of its own.
    """
    lines: dict[KeyPath, int] = {(): 1}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for start, kind, names in _statements(text):
        if kind == "key":
            path = table + names
        elif kind == "table":
            path = table = _counted(names, counts)
        else:
            whole = _counted(names[:-1], counts) + names[-1:]
            counts[whole] = counts.get(whole, -1) + 1
            path = table = (*whole, counts[whole])
        line = text.count("\n", 0, start) + 1
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], line)
    return lines


def _counted(names: KeyPath, counts: dict[KeyPath, int]) -> KeyPath:
    """Put the number of the latest element behind the name of each array of tables."""
    path: KeyPath = ()
    for name in names:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    return path


def _statements(text: str) -> Iterator[tuple[int, str, KeyPath]]:
    """Give start, kind and names of each heading and key, passing over values and comments."""
    position = 0
    while position < len(text):
        found = _STATEMENT.match(text, position)
        if found is not None and found.lastgroup is not None:
            yield position, found.lastgroup, _names(found[found.lastgroup])
            position = _end_of_line(text, found.end())
        elif text[position] == "#":
            position = _end_of_line(text, position)
        else:
            position += 1


def _end_of_line(text: str, position: int) -> int:
    """Give the end of the line on which the value that starts at ``position`` ends."""
    depth = 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            return len(text)
        if piece[0] == "\n" and depth == 0:
            return position
        depth += (piece[0] in "[{") - (piece[0] in "]}")
        position = piece.end()
    return position


def _names(dotted: str) -> KeyPath:
    """Read ``a."b c"`` as the names it stands for."""
    names: KeyPath = ()
    tree: Any = tomllib.loads(f"{dotted} = 0")
    while isinstance(tree, dict):
        name, tree = next(iter(tree.items()))
        names = (*names, name)
    return names
