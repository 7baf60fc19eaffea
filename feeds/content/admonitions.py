"""Boxes beside the text: ``:::note``, ``!!! note``, ``> [!NOTE]``, rewritten as quotations with a heading."""

import re
from collections.abc import Iterator

_WORTH_READING = re.compile(r"^[ \t>]*(?::::|!!!|\?\?\?|> ?\[!)", re.MULTILINE)
_FENCE = re.compile(r"[ \t>]*(`{3,}(?=[^`]*$)|~{3,})")
_CONTAINER = re.compile(r"([ \t]{0,3})(:{3,})[ \t]*([\w-]*)[ \t]*(?:\[([^\]]*)\])?[ \t]*(.*?)[ \t]*:*")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_INDENTED_BOX = re.compile(r"([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)((?:[ \t]+[\w-]+)*)[ \t]*(?:\"([^\"]*)\")?[ \t]*")
_ALERT = re.compile(r"([ \t]*>[ \t]*)\[!(\w+)\][+-]?[ \t]*(.*)")
_DEEPEST = 20


def rewrite(body: str) -> str:
    """Return Markdown in which each such box is a quotation that begins with its title."""
    if _WORTH_READING.search(body) is None:
        return body
    return "\n".join(_lines(body.split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    boxes: list[str] = []
    indented = ""
    fence = ""
    for line in lines:
        if indented and line.strip() and not line.startswith(indented):
            indented = ""
            yield ""
        text = line.removeprefix(indented) if indented else line
        prefix = "> " * (len(boxes) + bool(indented))
        mark = _FENCE.match(text)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence or mark:
            yield prefix + text
        elif container := _CONTAINER.fullmatch(text):
            yield from _container(container, boxes)
        elif not indented and (box := _INDENTED_BOX.fullmatch(text)):
            yield from (prefix.rstrip(), f"{prefix}> {_heading(box[2], box[4])}", f"{prefix}>")
            indented = f"{box[1]}    "
        elif alert := _ALERT.fullmatch(text):
            yield from (f"{prefix}{alert[1]}{_heading(alert[2], alert[3])}", f"{prefix}{alert[1]}")
        else:
            yield (prefix + text).rstrip() if prefix else text


def _container(found: re.Match[str], boxes: list[str]) -> Iterator[str]:
    """Open a box, or close the last one that was opened by no more colons."""
    outside = "> " * len(boxes)
    if found[3] and len(boxes) < _DEEPEST:
        title = _ATTRIBUTES.sub("", found[4] or found[5] or "").strip()
        boxes.append(found[2])
        yield from (outside.rstrip(), f"{outside}> {_heading(found[3], title)}", f"{outside}>")
    elif boxes and not found[3]:
        boxes.pop()
        yield ("> " * len(boxes)).rstrip()


def _heading(kind: str, title: str | None) -> str:
    return f"**{title or kind.replace('-', ' ').capitalize()}**"
