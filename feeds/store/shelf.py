"""The published artefacts, as a process that serves them asks for them."""

from collections.abc import Mapping
from datetime import datetime

from feeds.model.artefact import Artefact, Condition, Gone, Redirect
from feeds.model.generation import Generation
from feeds.store import artefacts, runs
from feeds.store.database import Database


class StoreShelf:
    """What readers see of the state; every method raises `feeds.errors.StoreError` when it cannot be read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def generation(self) -> Generation | None:
        """Return the current generation; None before the first refresh."""
        with self._database.reading() as connection:
            standing = runs.standing(connection)
        if standing is None:
            return None
        return Generation(
            number=standing.number, next_transition=standing.next_transition, refreshed=standing.refreshed
        )

    def find(self, path: str) -> Artefact | Redirect | Gone | None:
        """Return what is published at a URL path, or that something was."""
        with self._database.reading() as connection:
            return artefacts.find(connection, path)

    def redirects_with_query(self) -> Mapping[str, Redirect]:
        """Return the redirects of old addresses to which a query belongs, by their ``alias_key``."""
        with self._database.reading() as connection:
            return artefacts.redirects_with_query(connection)

    def conditions(self) -> tuple[Condition, ...]:
        """Return what degrades the service now."""
        with self._database.reading() as connection:
            return runs.standing_conditions(connection)

    def last_report(self) -> datetime | None:
        """Return when the last refresh ended."""
        with self._database.reading() as connection:
            standing = runs.standing(connection)
        return standing.refreshed if standing else None
