"""From a text to its marks: ``{{ … }}`` and ``{% … %}``, and what stands between those that belong together."""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from typing import TypeAlias

_OPENING = re.compile(r"\{[{%]")
_TAG = re.compile(r"\s*(#|[\w-]*)\s*(.*)", re.DOTALL)

#: What is further to the left is no indentation any more, and what is further back no beginning of an end.
_NEAR = 200

#: Tags behind which nothing is a mark up to their end.
VERBATIM = frozenset({"raw", "comment"})

#: Tags that come in pairs, and those that part what is between: the branches of a choice.
_PAIRED = frozenset({"if", "unless", "case", "for", "tablerow", "capture", "ifchanged"})
_PARTING = frozenset({"else", "elsif", "when"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark by itself: ``name`` is that of a tag, "" for a value that is written out.

    ``arguments`` is what follows; ``written`` the whole mark, which stands at
    ``position``.  ``indentation`` is what stands before it on its line, None
    where that is more than blanks; ``alone`` tells that nothing else is on it.
    """

    name: str
    arguments: str
    written: str
    position: int
    indentation: str | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A tag with what is between it and its end: as it is written (``verbatim``), or in branches.

    Each branch is the mark that opens it with what follows.
    """

    mark: Mark
    verbatim: str = ""
    branches: "list[tuple[Mark, list[Node]]]" = field(default_factory=list)


#: A text without marks, a mark, or a block of marks.
Node: TypeAlias = "str | Mark | Block"


def nodes(text: str, *, blocks: Set[str], deepest: int = 64) -> list[Node]:
    """Return what ``text`` is made of; ``blocks`` names the tags that have an end, beside those of Liquid.

    What has only a beginning, or only an end, is a mark by itself; so are
    blocks deeper than ``deepest``.
    """
    top: list[Node] = []
    level: list[tuple[Block, list[Node]]] = []
    branch = top
    paired = _PAIRED | blocks
    for piece in _pieces(text):
        name = piece.name if isinstance(piece, Mark) else ""
        if isinstance(piece, Mark) and name in paired and len(level) < deepest:
            block = Block(mark=piece, branches=[(piece, [])])
            branch.append(block)
            level.append((block, branch))
            branch = block.branches[-1][1]
        elif isinstance(piece, Mark) and level and name in _PARTING:
            level[-1][0].branches.append((piece, []))
            branch = level[-1][0].branches[-1][1]
        elif level and name == f"end{level[-1][0].mark.name}":
            _, branch = level.pop()
        else:
            branch.append(piece)
    while level:
        block, branch = level.pop()
        branch.pop()
        for mark, some in block.branches:
            branch += (mark, *some)
    return top


def _pieces(text: str) -> Iterator[Node]:
    """Cut ``text`` at its marks; blanks go where ``{%-`` and ``-%}`` say so."""
    find = _finder(text)
    start, trim = 0, False
    unclosed: set[str] = set()
    for opening in _opening_marks(text):
        if opening < start:
            continue
        closing = find("}}" if text[opening + 1] == "{" else "%}", opening + 2)
        if closing < 0:
            yield text[start:opening].lstrip() if trim else text[start:opening]
            yield _mere_beginning(text, opening)
            start, trim = opening + 2, False
            continue
        mark = _mark(text, opening, closing + 2)
        before = text[start:opening]
        before = before.lstrip() if trim else before
        yield before.rstrip() if text[opening + 2] == "-" else before
        start, trim = closing + 2, text[closing - 1] == "-" and closing - 1 > opening + 1
        ended = _until_end(text, mark.name, start, find) if mark.name in VERBATIM - unclosed else None
        if ended:
            body, start = ended
            yield Block(mark=mark, verbatim=body)
        else:
            unclosed |= VERBATIM & {mark.name}
            yield mark
    yield text[start:].lstrip() if trim else text[start:]


def _opening_marks(text: str) -> Iterator[int]:
    return (found.start() for found in _OPENING.finditer(text))


def _finder(text: str) -> Callable[[str, int], int]:
    """Return a ``find`` that does not look again for what is not there: in linear time, that is."""
    missing: set[str] = set()

    def find(wanted: str, start: int) -> int:
        found = -1 if wanted in missing else text.find(wanted, start)
        if found < 0:
            missing.add(wanted)
        return found

    return find


def _mark(text: str, start: int, end: int) -> Mark:
    inner = text[start + 2 : end - 2].removeprefix("-").removesuffix("-")
    name, arguments = "", inner.strip()
    if text[start + 1] == "%" and (tag := _TAG.match(inner)):
        name, arguments = tag[1] or "?", tag[2].strip()
    before = _before(text, start)
    return Mark(
        name=name,
        arguments=arguments,
        written=text[start:end],
        position=start,
        indentation=before,
        alone=before is not None and not text[end : end + _NEAR].partition("\n")[0].strip(),
    )


def _mere_beginning(text: str, start: int) -> Mark:
    """Return the mark that two braces are which nothing closes; ``written`` is more, to be recognized by."""
    return Mark(name="?", arguments="", written=text[start : start + 40].partition("\n")[0], position=start)


def _before(text: str, position: int) -> str | None:
    first = max(0, position - _NEAR)
    newline = text.rfind("\n", first, position)
    before = text[newline + 1 if newline >= 0 else first : position]
    return before if not before.strip() and (newline >= 0 or first == 0) else None


def _until_end(text: str, name: str, start: int, find: Callable[[str, int], int]) -> tuple[str, int] | None:
    """Return what stands before the end of the tag ``name``, and where to go on; None if there is no end."""
    at = start
    while (found := find(f"end{name}", at)) >= 0:
        opening, closing = text.rfind("{%", max(start, found - _NEAR), found), find("%}", found)
        if opening >= 0 and closing >= 0 and text[opening + 2 : found].strip(" \t\n-") == "":
            return text[start:opening], closing + 2
        at = found + len(name)
    return None
