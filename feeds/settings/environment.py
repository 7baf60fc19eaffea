"""The environment over the file: ``FEEDS_SERVER__PORT=9000`` for ``port`` below ``[server]``.

Two underscores stand between table and key; ``FEEDS_FEED__0__TITLE`` is the
title of the first feed, and one number more than there are feeds adds a feed.
A variable is read for what its key is: a text stays as it is, a list is
written with commas or as in the file (``["rss"]``), everything else as in the
file.  A relative path starts at the folder of the config file here too.
Names without two underscores are not ours.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args, get_origin, get_type_hints

from feeds.settings.problems import KeyPath
from feeds.settings.tables import table_at

_PREFIX = "FEEDS_"
_BETWEEN = "__"
_WRITTEN_AS_IN_THE_FILE = {bool, int, float, datetime}


def overlay(document: dict[str, Any], environment: Mapping[str, str]) -> tuple[dict[KeyPath, str], dict[str, str]]:
    """Write the variables that are ours into ``document``, over what is there.

    Gives the name of each variable by the path that it set, or by that of a
    table that it added; and by its name, why a variable has no place.
    """
    origins: dict[KeyPath, str] = {}
    misplaced: dict[str, str] = {}
    for path, name in sorted(_ours(environment).items(), key=lambda item: _order(item[0])):
        try:
            added = _put(document, path, _read(environment[name], path))
        except LookupError as error:
            misplaced[name] = str(error.args[0])
        else:
            origins |= dict.fromkeys([*added, path], name)
    return origins, misplaced


def _ours(environment: Mapping[str, str]) -> dict[KeyPath, str]:
    return {
        _path(name): name
        for name in sorted(environment)
        if name.startswith(_PREFIX) and _BETWEEN in name[len(_PREFIX) :]
    }


def _path(name: str) -> KeyPath:
    first, second, *rest = name.removeprefix(_PREFIX).lower().split(_BETWEEN)
    counted = first == "feed" and second.isdecimal()
    return (first, int(second) if counted else second, *rest)


def _order(path: KeyPath) -> list[tuple[bool, str | int]]:
    """Numbers by their size, and so the feed 2 before the feed 10, whatever else there is."""
    return [(isinstance(part, str), part) for part in path]


def _put(document: dict[str, Any], path: KeyPath, value: object) -> list[KeyPath]:
    """Set the value at ``path``; give the paths of the tables that had to be added."""
    if table_at(path) is not None and tuple not in _kinds(path):
        raise LookupError("is the name of a table: put two underscores and the name of a key behind it")
    added: list[KeyPath] = []
    place: Any = document
    for depth, key in enumerate(path[:-1], start=1):
        if not _holds(place, key):
            added.append(path[:depth])
            _add(place, key, [] if path[:depth] == ("feed",) else {})
        place = place[key]
    if not isinstance(place, dict):
        raise LookupError("has no place: what is to hold it is not a table")
    place[path[-1]] = value
    return added


def _holds(place: Any, key: str | int) -> bool:
    return key < len(place) if isinstance(place, list) and isinstance(key, int) else key in place


def _add(place: Any, key: str | int, table: object) -> None:
    if isinstance(place, dict):
        place[key] = table
    elif not isinstance(place, list):
        raise LookupError("has no place: what is to hold it is not a table")
    elif key != len(place):
        raise LookupError(f"names no feed: they are counted from 0, and the next new one is {len(place)}")
    else:
        place.append(table)


def _read(text: str, path: KeyPath) -> object:
    kinds = _kinds(path)
    if tuple in kinds and not text.lstrip().startswith(("[", "{")):
        return [part.strip() for part in text.split(",")] if text.strip() else []
    return _toml(text) if kinds & {tuple, *_WRITTEN_AS_IN_THE_FILE} else text


def _kinds(path: KeyPath) -> set[object]:
    """Give what the value at ``path`` may be."""
    table = table_at(path[:-1])
    kind = get_type_hints(table).get(str(path[-1]), str) if table else str
    return {get_origin(part) or part for part in (kind, *get_args(kind))}


def _toml(text: str) -> object:
    """Read a value as in the file; what is none stays the text it is, to be refused for what it should be."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except ValueError:
        return text
