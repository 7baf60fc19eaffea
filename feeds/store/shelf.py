"""The published artefacts, as a process that serves them asks for them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.artefact import Artefact, Condition, Gone, Redirect
from feeds.model.generation import Generation
from feeds.store import artefacts, runs, versions
from feeds.store.database import Database


class StoreShelf:
    """What readers see of the state; every method raises `feeds.errors.StoreError` when it cannot be read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followed = 0
        self._seen: tuple[int, tuple[int, ...]] | None = None
        self._generation: Generation | None = None

    def generation(self) -> Generation | None:
        """Return the current generation; None before the first refresh.

        Where another database has come into the place of the one that is open,
        it is that one's, as soon as something was published from it.
        """
        if self._database.is_displaced and self._database.follow(_has_published):
            self._followed += 1
        # First, so that what changes in between is seen the next time.
        seen = (self._followed, self._database.version())
        if seen != self._seen:
            self._generation = self._read_generation()
            self._seen = seen
        return self._generation

    def _read_generation(self) -> Generation | None:
        with self._database.reading() as connection:
            standing = runs.standing(connection)
        if standing is None:
            return None
        return Generation(
            number=standing.number,
            state=self._followed,
            next_transition=standing.next_transition,
            refreshed=standing.refreshed,
        )

    def find(self, path: str) -> Artefact | Redirect | Gone | None:
        """Return what is published at a URL path, or that something was."""
        with self._database.reading() as connection:
            return artefacts.find(connection, path)

    def redirects_with_query(self) -> Mapping[str, Redirect]:
        """Return the redirects of old addresses to which a query belongs, by their ``alias_key``."""
        with self._database.reading() as connection:
            return artefacts.redirects_with_query(connection)

    def versions(self, path: str, etags: Iterable[str]) -> dict[str, bytes]:
        """Return what the entries of earlier versions of a document are known by, the latest version first."""
        with self._database.reading() as connection:
            return versions.find(connection, path, etags)

    def conditions(self) -> tuple[Condition, ...]:
        """Return what degrades the service now."""
        with self._database.reading() as connection:
            found = runs.standing_conditions(connection)
            last = runs.standing(connection)
        if last and self._database.is_displaced:
            # It was there when it was written to last; when it went, nobody knows.
            found += (Condition(code="state-gone", message=_GONE, since=last.refreshed),)
        return found

    def last_report(self) -> datetime | None:
        """Return when the last refresh ended."""
        with self._database.reading() as connection:
            standing = runs.standing(connection)
        return standing.refreshed if standing else None


_GONE = (
    "The state was removed, or replaced, while it was in use: what was published goes on being served, and nothing new "
    "can be. The log of `feeds serve` says what to do."
)


def _has_published(connection: Connection) -> bool:
    return runs.standing(connection) is not None
