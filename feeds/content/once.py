"""What is made of a site's customs once, for all its posts."""

from collections.abc import Callable
from typing import TypeVar

from feeds.model.customs import Customs

Made = TypeVar("Made")


def once(make: Callable[[Customs], Made]) -> Callable[[Customs], Made]:
    """Return ``make`` with a memory: asked for the same object again, it gives what it made last."""
    last: tuple[Customs, Made] | None = None

    def remembered(customs: Customs) -> Made:
        nonlocal last
        if last is None or last[0] is not customs:
            last = (customs, make(customs))
        return last[1]

    return remembered
