"""Asking for many values a few at a time: SQLite binds at most 32,766 in one statement."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

Value = TypeVar("Value", str, int)

_SIZE = 500


def chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Yield the values, each once and in order, a few hundred at a time."""
    everything = sorted(set(values))
    return (everything[start : start + _SIZE] for start in range(0, len(everything), _SIZE))
