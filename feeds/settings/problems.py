"""A problem with the configuration, in the words of an operator."""

from collections.abc import Mapping
from dataclasses import dataclass

from feeds.model.doubt import KeyPath

__all__ = ["KeyPath", "Problem", "table_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with the value at ``path``, and what to do; ``path`` tells where that is.

    ``other`` is where the value stands that it is at odds with, if it is with one.
    """

    path: KeyPath
    message: str
    other: KeyPath = ()


def table_name(path: KeyPath, document: Mapping[str, object]) -> str:
    """Give the name of the table at ``path`` as operators know it, with a colon: ``feed "tv": where: ``.

    Places in lists are counted from 1: ``where: any 2: ``.
    """
    if not path:
        return ""
    head = str(path[0])
    rest = path[1:]
    if head == "feed" and rest and isinstance(rest[0], int):
        head = _feed_name(rest[0], document)
        rest = rest[1:]
    words = [head]
    for part in rest:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(part)
    return "".join(f"{word}: " for word in words)


def _feed_name(place: int, document: Mapping[str, object]) -> str:
    feeds = document.get("feed")
    feed = feeds[place] if isinstance(feeds, list) and place < len(feeds) else None
    name = feed.get("name") if isinstance(feed, dict) else None
    return f'feed "{name}"' if isinstance(name, str) and name else f"feed number {place + 1}"
