"""Of a document, what is new to a reader that has an earlier one (RFC 3229 with the instance manipulation "feed")."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple
from xml.parsers import expat

from feeds.model.feed import Format

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"

#: Bytes by which an entry is known again.
_KNOWN_BY = 8


_TAG = re.compile(rb"<([^\s/>]+)")


class _Part(NamedTuple):
    """A part of an XML document: where it begins and ends, in bytes."""

    start: int
    end: int


def known_entries(body: bytes, format: Format) -> bytes:
    """Return what the entries of a document are known by: 8 bytes for each, in any change of it others."""
    return b"".join(_mark(entry) for entry in _entries(body, format))


def newer(body: bytes, format: Format, known: bytes) -> bytes | None:
    """Return the document with only those entries that are not ``known``; None where all of them are new.

    It never says that it is complete (RFC 5005 section 2): readers would drop
    what they have.
    """
    marks = {known[start : start + _KNOWN_BY] for start in range(0, len(known), _KNOWN_BY)}
    if format is Format.JSON:
        return _newer_json(body, marks)
    entries, complete = _parts(body, format)
    old = [part for part in entries if _mark(body[part.start : part.end]) in marks]
    return _without(body, sorted([*old, *complete])) if old else None


def _entries(body: bytes, format: Format) -> Iterator[bytes]:
    if format is Format.JSON:
        yield from _items(body)
        return
    at_once = _at_once(body, b"entry" if format is Format.ATOM else b"item")
    entries = _parts(body, format)[0] if at_once is None else at_once
    yield from (body[part.start : part.end] for part in entries)


def _items(body: bytes) -> Iterator[bytes]:
    """Yield the items of a JSON Feed as `_spelt` would have them, without reading what is spelt so already.

    In a text every quotation mark has a backslash before it, so that the
    beginning of an item can be no part of one.
    """
    before, begins, rest = body.partition(b'"items":[{"id":"')
    if not begins or not rest.endswith(b"}]}\n") or b'"items":[' in before:
        yield from (_spelt(item) for item in json.loads(body)["items"])
        return
    yield from (b'{"id":"' + item + b"}" for item in rest.removesuffix(b"}]}\n").split(b'},{"id":"'))


def _at_once(body: bytes, name: bytes) -> list[_Part] | None:
    """Return where the entries are, in a tenth of the time; None where a parser is needed to tell.

    In a document without comments and the like each "<" begins a tag, so that the
    tags of entries, which hold none of their kind, are to be had by searching.
    """
    if b"<!" in body or body.count(b"<?") > 1:
        return None
    start_tag, end_tag = re.compile(rb"<%s[\s>]" % name), b"</%s>" % name
    entries: list[_Part] = []
    end = 0
    while found := start_tag.search(body, end):
        end = body.find(end_tag, found.start()) + len(end_tag)
        if end < found.end() or start_tag.search(body, found.end(), end):
            return None
        entries.append(_Part(found.start(), end))
    return entries


def _mark(entry: bytes) -> bytes:
    return sha256(entry).digest()[:_KNOWN_BY]


def _spelt(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _newer_json(body: bytes, marks: set[bytes]) -> bytes | None:
    feed: dict[str, Any] = json.loads(body)
    items = [item for item in feed["items"] if _mark(_spelt(item)) not in marks]
    if len(items) == len(feed["items"]):
        return None
    return _spelt({**feed, "items": items}) + b"\n"


def _parts(body: bytes, format: Format) -> tuple[list[_Part], list[_Part]]:
    """Return where the entries are, and where it says that the document is complete."""
    entries: list[_Part] = []
    complete: list[_Part] = []
    kinds = {f"{_HISTORY} complete": complete, (f"{_ATOM} entry" if format is Format.ATOM else "item"): entries}
    depth = 1 if format is Format.ATOM else 2
    open_at: list[int] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(_name: str, _attributes: object) -> None:
        open_at.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        start = open_at.pop()
        if len(open_at) == depth and name in kinds:
            kinds[name].append(_Part(start, _end(body, start, parser.CurrentByteIndex)))

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.Parse(body, True)  # noqa: FBT003  # it has no names for its parameters
    return entries, complete


def _end(body: bytes, start: int, at: int) -> int:
    """Return where an element ends; ``at`` is where its end tag begins or, where it has none, its end."""
    tag = _TAG.match(body, start)
    return body.index(b">", at) + 1 if tag and body.startswith(b"</" + tag[1], at) else at


def _without(body: bytes, parts: list[_Part]) -> bytes:
    """Return the document without some parts, and without the space before each."""
    kept: list[bytes] = []
    at = 0
    for part in parts:
        kept.append(body[at : part.start].rstrip())
        at = part.end
    return b"".join([*kept, body[at:]])
