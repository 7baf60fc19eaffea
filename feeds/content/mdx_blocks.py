"""Elements around blocks of MDX: what is inside of them is Markdown there, and HTML elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feeds.content import elements

_ATTRIBUTES = r"""(?:[^<>"'/]|"[^"<]*+"|'[^'<]*+'|/(?!>))*+"""
_NAME = r"(?!(?:pre|script|style|textarea|svg|math|img|br|hr|input|source|link|meta)\b)[A-Za-z][\w.-]*+"
_OPENING = re.compile(rf"[ \t]*+<(?P<name>{_NAME})(?:\s{_ATTRIBUTES})?>[ \t]*")
_CLOSING = re.compile(rf"[ \t]*+</(?P<name>{_NAME})[ \t]*>[ \t]*")
_ON_ONE_LINE = re.compile(rf"([ \t]*+<(?P<name>[a-z][a-z\d]*+)(?:\s{_ATTRIBUTES})?>)([^<>{{}}]*+)(</(?P=name)>[ \t]*)")
_FENCE = re.compile(r"[ \t>]*+(`{3,}(?=[^`]*$)|~{3,})")
_MARKED = frozenset("*_`[~")

#: How far from the margin HTML may stand, and how deep elements are looked into.
_NEAR, _DEEPEST = 3, 50


@dataclass
class _Element:
    """An open element: how far from the margin it stands, and how much of what is inside goes; -1: not yet known."""

    name: str
    margin: int
    cut: int = -1


def apart(body: str) -> str:
    """Return ``body`` with blank lines between tags that stand alone on their lines and what they are around.

    What is indented there stands as far from the margin as its tags: in MDX
    that means nothing.
    """
    return "\n".join(_lines(body.split("\n"))) if "<" in body else body


def _lines(lines: list[str]) -> Iterator[str]:
    opened: list[_Element] = []
    fence = ""
    for line in lines:
        text = _dedented(line, opened)
        mark = _FENCE.match(text)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence or mark or "<" not in text:
            yield text
        elif (closing := _CLOSING.fullmatch(text)) and opened and opened[-1].name == closing["name"]:
            margin = opened.pop().margin
            yield from ("", f"{' ' * margin}{text.strip()}", "")
        elif (opening := _OPENING.fullmatch(text)) and len(opened) < _DEEPEST:
            margin = min(len(text) - len(text.lstrip()), _NEAR) if not opened else len(text) - len(text.lstrip())
            opened.append(_Element(opening["name"], margin))
            yield from ("", f"{' ' * margin}{text.strip()}", "")
        else:
            yield _filled(text)


def _dedented(line: str, opened: list[_Element]) -> str:
    """Return a line without what it is indented by inside of an element; a tag that closes it stands further left."""
    if not opened or not line.strip():
        return line
    element, indented = opened[-1], len(line) - len(line.lstrip())
    if element.cut < 0 and not line.lstrip().startswith("</"):
        element.cut = max(0, indented - element.margin)
    return line[min(max(element.cut, 0), indented) :]


def _filled(text: str) -> str:
    """Return a line that is one element with the Markdown inside of it as HTML."""
    found = _ON_ONE_LINE.fullmatch(text) if text.lstrip().startswith("<") else None
    if not found or _MARKED.isdisjoint(found[3]):
        return text
    return found[1] + elements.inline(found[3]) + found[4]
