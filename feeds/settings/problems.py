"""A problem with the configuration, in the words of an operator."""

from collections.abc import Mapping
from dataclasses import dataclass

from feeds.model.doubt import KeyPath

__all__ = ["KeyPath", "Problem", "table_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with the value at ``path``, and what to do; ``path`` tells where that is."""

    path: KeyPath
    message: str


def table_name(path: KeyPath, document: Mapping[str, object]) -> str:
    """Give the name of the table at ``path`` as operators know it, with a colon: ``feed "tv": where: ``."""
    if not path:
        return ""
    head = str(path[0])
    rest = path[1:]
    if head == "feed" and rest and isinstance(rest[0], int):
        head = _feed_name(rest[0], document)
        rest = rest[1:]
    return "".join(f"{part}: " for part in (head, *rest))


def _feed_name(place: int, document: Mapping[str, object]) -> str:
    feeds = document.get("feed")
    feed = feeds[place] if isinstance(feeds, list) and place < len(feeds) else None
    name = feed.get("name") if isinstance(feed, dict) else None
    return f'feed "{name}"' if isinstance(name, str) and name else f"feed number {place + 1}"
