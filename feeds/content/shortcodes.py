"""Shortcodes in a body, single ones and those around a text, put in order so that each can be replaced."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

#: Deeper than this, a shortcode around a text is taken for a single one.
_DEEPEST = 32
#: A text that nothing closes goes on to the end: looking again at each of its quotes would take its length squared.
_ARGUMENT = re.compile(
    r"""(?:([\w-]++)\s*+=\s*+)?("(?:[^"\\]|\\.?)*+"?|'[^'\n]*+'|`[^`]*+`|\[[^\[\]]*+\]|[^\s"'`,=]++)""", re.DOTALL
)
_TEXT = re.compile(r'"((?:[^"\\]|\\.?)*+)"?', re.DOTALL)
_MARGIN = re.compile(r"[ ]*+(?:(?:[-*+]|\d{1,9}[.)])[ ]++)?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcode:
    """One shortcode: its name, lower case, its arguments, and where it stands in the body.

    ``closes`` ends one around a text; what ``stands_alone`` never has one.
    ``written`` is the whole mark.
    """

    name: str
    written: str
    start: int
    end: int
    positional: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    closes: bool = False
    stands_alone: bool = False

    def get(self, *names: str, place: int = -1) -> str:
        """Return the first of the arguments ``names`` that holds something, else the one at ``place``; "" for none."""
        found = next((self.named[name] for name in names if self.named.get(name)), "")
        return found or (self.positional[place] if 0 <= place < len(self.positional) else "")


def arguments(written: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Read what stands behind the name of a shortcode: arguments without a name, and those with one (lower case)."""
    positional: list[str] = []
    named: dict[str, str] = {}
    for name, value in _ARGUMENT.findall(written):
        plain = _unquoted(value)
        if name:
            named[name.lower()] = plain
        else:
            positional.append(plain)
    return tuple(positional), named


def _unquoted(value: str) -> str:
    if text := _TEXT.fullmatch(value):
        return _ESCAPED.sub(r"\1", text[1])
    return value[1:-1] if value.startswith(("'", "`")) else value


def replaced(body: str, marks: Sequence[Shortcode], say: Callable[[Shortcode, str | None], str]) -> str:
    """Return ``body`` with every one of the ``marks``, in their order, replaced by what ``say`` makes of it.

    ``say`` gets the text that a shortcode stands around, its own shortcodes
    already replaced, None for a single one.
    """
    ends = dict(_pairs(marks))
    open_marks: list[tuple[Shortcode, Shortcode, list[str]]] = []
    parts: list[str] = []
    position = 0
    for mark in marks:
        parts.append(body[position : mark.start])
        position = mark.end
        end = ends.get(mark.start)
        if open_marks and mark is open_marks[-1][1]:
            opening, _, outer = open_marks.pop()
            outer.append(say(opening, "".join(parts)))
            parts = outer
        elif end and len(open_marks) < _DEEPEST:
            open_marks.append((mark, end, parts))
            parts = []
        else:
            parts.append(say(mark, None))
    return "".join((*parts, body[position:]))


def _pairs(marks: Sequence[Shortcode]) -> Iterator[tuple[int, Shortcode]]:
    """Yield where each shortcode around a text begins, with the mark that closes it; they are nested properly."""
    waiting: list[Shortcode] = []
    depths: dict[str, int] = {}
    for mark in marks:
        if not mark.closes and not mark.stands_alone:
            waiting.append(mark)
            depths[mark.name] = depths.get(mark.name, 0) + 1
        elif mark.closes and depths.get(mark.name):
            while waiting:
                opening = waiting.pop()
                depths[opening.name] -= 1
                if opening.name == mark.name:
                    yield opening.start, mark
                    break


def indented(body: str, mark: Shortcode, text: str) -> str:
    """Return the lines of ``text`` as far from the margin as the shortcode it is for: it may stand in a list."""
    before = body[body.rfind("\n", 0, mark.start) + 1 : mark.start]
    if not before or not _MARGIN.fullmatch(before):
        return text
    margin = " " * len(before)
    first, *others = text.split("\n")
    return "\n".join((first, *(f"{margin}{line}" if line else line for line in others)))


def placed(body: str, mark: Shortcode, html: str) -> str:
    """Return the HTML for ``mark``, and a blank line behind one that has its line alone: what follows is Markdown."""
    before = body.rfind("\n", 0, mark.start) + 1
    after = body.find("\n", mark.end)
    line = body[before : mark.start] + body[mark.end : after if after >= 0 else len(body)]
    return f"{html}\n" if not line.strip(" \t>") else html
