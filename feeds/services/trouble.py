"""Saying that something degrades the service, and that it does no more."""

from datetime import datetime

from feeds.errors import StoreError
from feeds.model.artefact import Condition
from feeds.store import runs
from feeds.store.database import Database


class Trouble:
    """Conditions that others than a refresh find.  A state that cannot be written is one, and so is passed over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begins(self, code: str, message: str, now: datetime) -> None:
        """Say that the service is degraded, and why."""
        try:
            with self._database.writing() as connection:
                runs.raise_condition(connection, Condition(code=code, message=message, since=now))
        except StoreError:
            return

    def ends(self, code: str) -> None:
        """Say that it is so no more."""
        try:
            with self._database.writing() as connection:
                runs.clear_conditions(connection, [code])
        except StoreError:
            return
