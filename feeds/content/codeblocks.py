"""Where the code is in a Markdown body."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[ \t>]*(`{3,}(?=[^`]*$)|~{3,})")
_INDENTED = re.compile(r" {4}|\t| {1,3}\t")
_NEVER = re.compile(r"(?!)")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]")
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")

Span = tuple[int, int]


def code_spans(body: str) -> list[Span]:
    """Return where code begins and ends, in order: in fences, indented by four spaces, and between backticks."""
    if "`" not in body and "~~~" not in body and "    " not in body and "\t" not in body:
        return []
    return _spans(body, _INDENTED)


def fenced_spans(body: str) -> list[Span]:
    """Return the same where indented lines are prose."""
    return _spans(body, _NEVER) if "`" in body or "~~~" in body else []


def _spans(body: str, code_line: re.Pattern[str]) -> list[Span]:
    blocks = list(_blocks(body, code_line))
    spans: list[Span] = []
    start = 0
    for block in (*blocks, (len(body), len(body))):
        spans.extend(_inline(body, start, block[0]))
        spans.append(block)
        start = block[1]
    return spans[:-1]


def _blocks(body: str, code_line: re.Pattern[str]) -> Iterator[Span]:
    """Yield fenced code and runs of ``code_line``; an indented line behind a list belongs to its last item."""
    fence, start, position = "", 0, 0
    after_blank, in_list, indented = True, False, -1
    for line in body.split("\n"):
        end = min(position + len(line) + 1, len(body))
        blank = not line.strip()
        opening = _FENCE.match(line)
        if indented >= 0 and not blank and not code_line.match(line):
            yield indented, position
            indented = -1
        if fence:
            if opening and opening[1].startswith(fence) and not line[opening.end() :].strip("`~ \t"):
                fence = ""
                yield start, end
        elif opening and indented < 0:
            fence, start = opening[1], position
        elif after_blank and not in_list and indented < 0 and not blank and code_line.match(line):
            indented = position
        elif not blank and not _INDENTED.match(line):
            in_list = _LIST_ITEM.match(line) is not None or (in_list and not after_blank)
        after_blank, position = blank, end
    if fence or indented >= 0:
        yield (start if fence else indented), len(body)


def _inline(body: str, start: int, end: int) -> Iterator[Span]:
    """Yield the code between runs of as many backticks, in one paragraph."""
    runs = [(run.start(), run.end()) for run in _TICKS.finditer(body, start, end)]
    closing: dict[int, int] = {}
    latest: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        if length in latest:
            closing[number] = latest[length]
        latest[length] = number
    number = 0
    while number < len(runs):
        other = closing.get(number)
        if other is not None and not _BLANK_LINE.search(body, runs[number][1], runs[other][0]):
            yield runs[number][0], runs[other][1]
            number = other
        number += 1
