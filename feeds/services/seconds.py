"""A second of its own for each entry: no two are ever updated at once, in whatever document they meet."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from feeds.store import identities

_SECOND = timedelta(seconds=1)
_REST_OF_AN_HOUR = timedelta(minutes=59, seconds=59)
_LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)


class Seconds:
    """Hands out the seconds that no entry of the ledger has; once given, a second stays with its entry.

    Were ties told apart in each document instead, an entry that comes would
    move those that are there.
    """

    def __init__(self, connection: Connection, likely: Iterable[datetime]) -> None:
        self._connection = connection
        self._likely = frozenset(likely)
        self._taken = identities.taken_among(connection, self._likely)
        self._looked: set[datetime] = set()
        self._next: dict[datetime, datetime] = {}

    def free(self, wanted: datetime, own: datetime | None = None) -> datetime:
        """Give the first second from ``wanted`` on that nobody has, but the one who asks as ``own``."""
        second = self._next.get(wanted, wanted)
        while self._is_taken(second) and second not in (own, _LAST):
            second += _SECOND
        self._taken.add(second)
        if second != own:
            self._next[wanted] = second
        return second

    def _is_taken(self, second: datetime) -> bool:
        if second in self._taken:
            return True
        if second in self._likely:
            return False
        hour = second.replace(minute=0, second=0)
        if hour not in self._looked:
            self._looked.add(hour)
            self._taken |= identities.taken_between(self._connection, hour, hour + _REST_OF_AN_HOUR)
        return second in self._taken
