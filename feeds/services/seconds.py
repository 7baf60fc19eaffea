"""A second of its own for each entry: no two are ever updated at once, in whatever document they meet."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection

from feeds.store import identities
from feeds.store.instants import to_seconds

_HOUR = 3600
_LAST = to_seconds(datetime.max.replace(microsecond=0, tzinfo=UTC))


class Seconds:
    """Hands out the seconds that no entry of the ledger has; once given, a second stays with its entry.

    They are counted since 1970.  Were ties told apart in each document
    instead, an entry that comes would move those that are there.
    """

    def __init__(self, connection: Connection, likely: Iterable[int]) -> None:
        self._connection = connection
        self._likely = frozenset(likely)
        self._taken = identities.taken_among(connection, self._likely)
        self._looked: set[int] = set()
        self._next: dict[int, int] = {}

    def are_free(self, wanted: Collection[int]) -> bool:
        """Tell whether each of those that ``wanted`` them can have just that second, all of which are likely ones."""
        return len(set(wanted)) == len(wanted) and self._taken.isdisjoint(wanted)

    def free(self, wanted: int, own: int | None = None) -> int:
        """Give the first second from ``wanted`` on that nobody has, but the one who asks as ``own``."""
        second = self._next.get(wanted, wanted)
        while self._is_taken(second) and second not in (own, _LAST):
            second += 1
        self._taken.add(second)
        if second != own:
            self._next[wanted] = second
        return second

    def _is_taken(self, second: int) -> bool:
        if second in self._taken:
            return True
        if second in self._likely:
            return False
        hour = second - second % _HOUR
        if hour not in self._looked:
            self._looked.add(hour)
            self._taken |= identities.taken_between(self._connection, hour, hour + _HOUR - 1)
        return second in self._taken
