"""On which line of the config file a key stands."""

from collections.abc import Mapping
from pathlib import Path

from feeds.model.doubt import KeyPath
from feeds.settings.lines import key_lines


def places(file: Path) -> Mapping[KeyPath, int]:
    """Map every heading and key of ``file`` to its line; nothing where it cannot be read any more."""
    try:
        return key_lines(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def line_of(key: KeyPath, known: Mapping[KeyPath, int]) -> int:
    """Return the line of ``key``, or of the nearest heading above it; 0 where even that is not in the file."""
    while key and key not in known:
        key = key[:-1]
    return known.get(key, 0) if key else 0
