"""Asking for many values a few at a time: SQLite binds at most 32,766 in one statement."""

from collections.abc import Iterable, Iterator

_SIZE = 500


def chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """Yield the values, each once and in order, a few hundred at a time."""
    everything = sorted(set(values))
    return (everything[start : start + _SIZE] for start in range(0, len(everything), _SIZE))
