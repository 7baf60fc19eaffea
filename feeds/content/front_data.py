"""TOML and JSON front matter: typed values, turned back into the text they were written as."""

import json
import re
import tomllib
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from feeds.content.front_yaml import MAX_DEPTH, Pair
from feeds.content.notes import Notes
from feeds.model.source import Value

_KEY_LINE = re.compile(r"""^\s*["']?([\w-]+)["']?\s*[=:]""", re.MULTILINE)
_STRINGS = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
_KEY_DOT = re.compile(r"(?<!\d)\.")
_TOML_LINE = re.compile(r"at line (\d+)")


class _TooDeep(ValueError):
    """Nested deeper than any author would."""


def read_toml(header: str, first: int, notes: Notes) -> list[Pair]:
    """Read TOML whose first line is line ``first`` of the file; raises ContentError where it is none."""
    try:
        _check_dots(header)
        table = tomllib.loads(header, parse_float=str)
        return _pairs(table.items(), header, first)
    except (ValueError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        raise _broken(error, first + int(found[1]) - 1 if found else first, notes) from None


def read_json(header: str, first: int, notes: Notes) -> list[Pair]:
    """Read a JSON object whose first line is line ``first`` of the file; raises ContentError where it is none."""
    try:
        value, end = _decoder().raw_decode(header.lstrip())
        if header.lstrip()[end:].strip():
            raise json.JSONDecodeError("text behind the object", header, end)
    except (ValueError, RecursionError) as error:
        raise _broken(error, _json_line(error, first), notes) from None
    if not isinstance(value, _Object):
        raise notes.refuse(
            "front-matter-shape", first, "the front matter is JSON, but not an object.", "Write { and } around it."
        )
    try:
        return _pairs(value.pairs, header, first)
    except _TooDeep as error:
        raise _broken(error, first, notes) from None


def end_of_json(text: str, first: int, notes: Notes) -> int:
    """Return where the JSON object ends with which ``text`` begins; raises ContentError where there is none."""
    try:
        _, end = _decoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise _broken(error, _json_line(error, first), notes) from None
    return end


class _Object:
    """A JSON object with every pair that was written, also where a key comes twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = pairs


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(strict=False, object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=str)


def _pairs(items: Iterable[tuple[str, Any]], header: str, first: int) -> list[Pair]:
    lines: dict[str, int] = {}
    for match in _KEY_LINE.finditer(header):
        lines.setdefault(match[1], first + header.count("\n", 0, match.start(1)))
    return [(key, _written(value, 1), lines.get(key, first)) for key, value in items]


def _written(value: Any, depth: int) -> Value:
    """Return ``value`` as the text, or the list or map of texts, that it stands for."""
    if depth > MAX_DEPTH:
        raise _TooDeep(f"nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, _Object):
        return {key: _written(item, depth + 1) for key, item in value.pairs}
    if isinstance(value, dict):
        return {key: _written(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_written(item, depth + 1) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _check_dots(header: str) -> None:
    """Refuse a key of very many dotted parts, on which tomllib spends quadratic time."""
    if header.count(".") > MAX_DEPTH:
        lines = _STRINGS.sub("", header).split("\n")
        if any(line.count(".") > MAX_DEPTH and len(_KEY_DOT.findall(line)) > MAX_DEPTH for line in lines):
            raise _TooDeep(f"a key of more than {MAX_DEPTH} parts")


def _json_line(error: Exception, first: int) -> int:
    return first + error.lineno - 1 if isinstance(error, json.JSONDecodeError) else first


def _broken(error: Exception, line: int, notes: Notes) -> Exception:
    if isinstance(error, RecursionError | _TooDeep):
        return notes.refuse("front-matter-too-deep", line, "the front matter is nested too deeply.", "Flatten it.")
    return notes.refuse(
        "front-matter-broken",
        line,
        f"the front matter cannot be read: {error}.",
        "Correct it: until then the post waits.",
    )
