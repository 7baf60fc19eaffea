"""The YAML that nearly everyone writes, read line by line: the fast path beside `front_yaml`, which stays the truth.

A key and its value on each line, and nothing that YAML could mean anything
else by.  libyaml takes ten times as long, most of it for events that nobody
needs.  A header with any other line is left to `front_yaml`.
"""

import re
from collections.abc import Iterator

from feeds.model.source import Value

#: What libyaml takes for printable, without what it takes for white space or the end of a line.
_ORDINARY = re.compile("[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_KEY = re.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}")
#: What begins something other than text, and what in a list of texts may not even stand inside.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_NOT_IN_LISTS = re.compile(r"[\[\]{}:#?\"']")
_NULLS = frozenset({"~", "null", "Null", "NULL"})


class _NotPlain(Exception):
    """The header holds something that only a YAML parser should read."""


def read(header: str, first: int) -> list[tuple[str, Value, int]] | None:
    """Read ``header``, whose first line is line ``first`` of the file, as `front_yaml.read` does.

    Return None where it takes a YAML parser.
    """
    if not _ORDINARY.fullmatch(header):
        return None
    try:
        return list(_pairs(header, first))
    except _NotPlain:
        return None


def _pairs(header: str, first: int) -> Iterator[tuple[str, Value, int]]:
    for number, line in enumerate(header.split("\n"), first):
        if line.startswith("#") or not line or line.isspace():
            continue
        key, colon, value = line.partition(":")
        if not (colon and _KEY.fullmatch(key)) or key in _NULLS or value[:1] not in {"", " "}:
            raise _NotPlain
        yield key, _value(value.strip(" ")), number


def _value(written: str) -> Value:
    if not written.startswith("["):
        return _scalar(written) if written else ""
    if not written.endswith("]"):
        raise _NotPlain
    inner = written[1:-1].strip(" ")
    return [_item(item.strip(" ")) for item in inner.split(",")] if inner else []


def _item(written: str) -> str:
    text = _scalar(written)
    if _NOT_IN_LISTS.search(text):
        raise _NotPlain
    return text


def _scalar(written: str) -> str:
    mark, inner = written[:1], written[1:-1]
    if mark in {'"', "'"}:
        if len(written) < 2 or written[-1] != mark or mark in inner or "\\" in inner:
            raise _NotPlain
        return inner
    if mark in _INDICATORS or not mark or ": " in written or " #" in written or written.endswith(":"):
        raise _NotPlain
    return "" if written in _NULLS else written
