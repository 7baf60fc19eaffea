"""Files of keys and values beside posts: configurations and data of the site's generator.

Unlike front matter they are read strictly: half a configuration would make
other posts of the same files, and show what was hidden.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml

from feeds.content import front_data
from feeds.content.notes import Notes
from feeds.model.source import Value

#: So many values, written out, and so deep, no site has: anchors of YAML can multiply what is written.
_MOST = 100_000
_DEEPEST = 50

_NULLS = frozenset({"~", "null", "Null", "NULL"})


def structured(name: str, text: str, notes: Notes) -> Mapping[str, Value]:
    """Read TOML, YAML or JSON, as the extension of ``name`` tells; nothing of any other file.

    Keys are as they are written, values are text, lists and maps of it.  A
    file that holds no map says nothing.  Raises `feeds.errors.ContentError`
    for one that is broken.
    """
    match PurePosixPath(name).suffix.lower():
        case ".toml":
            return _of_pairs(front_data.read_toml(text, 1, notes))
        case ".yaml" | ".yml":
            return _yaml(text, notes)
        case ".json" if text.lstrip().startswith("{"):
            return _of_pairs(front_data.read_json(text, 1, notes))
        case ".json" if not text.lstrip().startswith("["):
            raise notes.refuse("site-file", 1, "this is not JSON.", "Correct it.")
        case _:
            return {}


def _of_pairs(pairs: list[tuple[str, Value, int]]) -> Mapping[str, Value]:
    return {key: value for key, value, _ in pairs}


def _yaml(text: str, notes: Notes) -> Mapping[str, Value]:
    """Read YAML as text; anchors and merge keys are written out."""
    try:
        loaded = yaml.CBaseLoader(text).get_single_data()
        read = _written_out(loaded, [_MOST], _DEEPEST)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        problem = getattr(error, "problem", None) or "it holds too much"
        raise notes.refuse(
            "site-file", mark.line + 1 if mark else 0, f"this is not YAML: {problem}.", "Correct it."
        ) from error
    return read if isinstance(read, dict) else {}


def _written_out(value: Any, left: list[int], depth: int) -> Value:
    left[0] -= 1
    if left[0] < 0 or depth == 0:
        raise ValueError
    if isinstance(value, list):
        return [_written_out(item, left, depth - 1) for item in value]
    if isinstance(value, dict):
        merged: dict[str, Value] = {}
        own: dict[str, Value] = {}
        for key, item in value.items():
            read = _written_out(item, left, depth - 1)
            if key == "<<":
                for each in reversed(read if isinstance(read, list) else [read]):
                    merged |= each if isinstance(each, dict) else {}
            elif isinstance(key, str):
                own[key] = read
        return merged | own
    text = value if isinstance(value, str) else ""
    return "" if text in _NULLS else text
