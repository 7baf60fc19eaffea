"""The headers of Pelican's files, which stand without fences: in Markdown, in reStructuredText, in HTML."""

import re
from collections.abc import Iterator
from html import unescape

from feeds.content.dialects.dialect import Header
from feeds.content.notes import Notes
from feeds.model.source import Value

_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
_MORE = re.compile(r" {4,}(.*)|\t(.*)")
_RULE = re.compile(r"(?:---|\.\.\.)[ \t]*")

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*")
_FIELD = re.compile(r":((?:[^:\\\n]|\\.)+):(?:[ \t]+(.*))?$")
_COMMENT = re.compile(r"\.\.(?:[ \t]|$)(?![ \t]*(?:_|\||\[|[\w-]+::))")
_INLINE = re.compile(r"``([^`]*)``|\*\*([^*]*)\*\*|\*([^*]*)\*|:[\w-]+:`([^`]*)`|`([^`<]*?)(?: <[^>]*>)?`_*")
_YAML = re.compile(r"-{3}[ \t]*\n(?:[ \t]*#[^\n]*\n|[ \t]*\n)*[\w-]+[ \t]*:")

_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)</title>", re.IGNORECASE)
_META = re.compile(r"<meta\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_END_OF_BODY = re.compile(r"</body\s*>", re.IGNORECASE)

_Pair = tuple[str, Value, int]


def header(text: str, suffix: str, _notes: Notes) -> Header | None:
    """Read the header with which the file begins, by the kind of file; None for one between fences, and for none."""
    match suffix:
        case ".rst":
            return restructured(text)
        case ".html" | ".htm":
            return _html(text)
    return lines(text)


def lines(text: str) -> Header | None:
    """Read ``Key: value`` lines up to the first blank one, as Markdown's own metadata; indented ones continue."""
    entries: list[tuple[str, list[str], int]] = []
    position = len(text) - len(text.lstrip("\n"))
    number = position
    for line in _lines_from(text, position):
        number += 1
        if not line.strip() or (entries and _RULE.fullmatch(line)):
            position += len(line) + 1
            break
        found, more = _KEY.fullmatch(line), _MORE.fullmatch(line)
        if found:
            entries.append((found[1], [found[2].strip()], number))
        elif more and entries:
            entries[-1][1].append((more[1] or more[2] or "").strip())
        else:
            break
        position += len(line) + 1
    pairs: list[_Pair] = [(key, "\n".join(parts).strip(), line) for key, parts, line in entries]
    return Header(pairs=pairs, body=text[position:]) if pairs else None


def restructured(text: str) -> Header | None:
    """Read the title and the fields below it with which a document begins; None where it begins with YAML."""
    start = len(text) - len(text.lstrip())
    if _YAML.match(text, start):
        return None
    rows = text.split("\n")
    pairs: list[_Pair] = []
    at = _after_blanks_and_comments(rows, 0)
    title, behind = _title(rows, at)
    if title:
        pairs.append(("title", title, at + 1))
        at = behind
    after = _after_blanks_and_comments(rows, at)
    found = list(_fields(rows, after))
    pairs += [(key, value, row + 1) for key, value, row, _ in found]
    return Header(pairs=pairs, body="\n".join(rows[found[-1][3] if found else at :]))


def plain(written: str) -> str:
    """Return a line of reStructuredText without its marks."""
    return _INLINE.sub(lambda mark: next((part for part in mark.groups() if part is not None), ""), written)


def _lines_from(text: str, position: int) -> Iterator[str]:
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        yield text[position:end]
        position = end + 1


def _after_blanks_and_comments(rows: list[str], at: int) -> int:
    while at < len(rows) and (not rows[at].strip() or _COMMENT.match(rows[at])):
        comment = bool(rows[at].strip())
        at += 1
        while comment and at < len(rows) and rows[at].startswith((" ", "\t")):
            at += 1
    return at


def _title(rows: list[str], at: int) -> tuple[str, int]:
    """Return the title that begins on a row, and the row behind its adornment; "" where none does."""
    row, below, third = (*rows[at : at + 3], "", "", "")[:3]
    if _ADORNMENT.fullmatch(row) and below.strip() and row.strip() == third.strip():
        return plain(below.strip()), at + 3
    # As docutils has it: a line of less than four signs is only one below a title that is no longer.
    enough = len(below.strip()) >= min(len(row.strip()), 4)
    if row.strip() and not row[0].isspace() and _ADORNMENT.fullmatch(below) and enough:
        return plain(row.strip()), at + 2
    return "", at


def _fields(rows: list[str], at: int) -> Iterator[tuple[str, str, int, int]]:
    """Yield each field of a list of them: its name, value, row, and the row behind it."""
    while at < len(rows) and (found := _FIELD.match(rows[at])):
        first, value = at, [(found[2] or "").strip()]
        at += 1
        while at < len(rows) and (rows[at].startswith((" ", "\t")) or _is_gap(rows, at)):
            value.append(rows[at].strip())
            at += 1
        yield found[1].replace("\\", ""), plain("\n".join(value).strip()), first, at
        if at < len(rows) and not rows[at].strip():
            return


def _is_gap(rows: list[str], at: int) -> bool:
    """Tell whether a blank row stands inside a value."""
    return not rows[at].strip() and at + 1 < len(rows) and rows[at + 1].startswith((" ", "\t"))


def _html(text: str) -> Header | None:
    """Read the title and the ``meta`` elements of a page; None where there is neither."""
    body = _BODY.search(text)
    head = text[: body.start() if body else 0] or text[:20_000]
    title = _TITLE.search(head)
    pairs: list[_Pair] = [("title", unescape(title[1]).strip(), _line(text, title))] if title else []
    for element in _META.finditer(head):
        attributes = {name.lower(): unescape(one or other) for name, one, other in _ATTRIBUTE.findall(element[1])}
        name = attributes.get("name", "")
        if name:
            content = attributes.get("content") or attributes.get("contents") or ""
            pairs.append(("tags" if name.lower() == "keywords" else name, content, _line(text, element)))
    if not pairs:
        return None
    end = _END_OF_BODY.search(text, body.end()) if body else None
    return Header(pairs=pairs, body=text[body.end() : end.start() if end else len(text)] if body else "")


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1
