"""Putting together what makes combinations of terms in a web worker.

All that it takes is loaded when the first one is asked for: a worker that is
never asked stays small and starts fast.
"""

import os
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import structlog

from feeds.errors import NotPublished, NotReady, SettingsError
from feeds.model.artefact import Redirect
from feeds.store import combinations
from feeds.store.database import Database

if TYPE_CHECKING:
    from feeds.services.combine import Combine
    from feeds.settings import Settings

log = structlog.get_logger("feeds.combining")

#: How long a reader waits at most for somebody else's combination to be made, in seconds.
_PATIENCE = 5


class Combining:
    """Makes combinations by the config at ``config``, as it stands when one is asked for.

    While that has mistakes, the last good one stays in force here as it does
    in the engine.
    """

    def __init__(self, config: Path, state: Path, database: Database) -> None:
        self._config = config
        self._state = state
        self._database = database
        self._loading = Lock()
        self._settings: Settings | None = None
        self._combine: Combine | None = None

    def demand(self, path: str, now: datetime) -> Redirect | None:
        """Have the document at ``path`` ready, or return the redirect to its canonical address.

        Raises NotPublished, NotReady and StoreError.
        """
        combine = self._current()
        if combine is None:
            raise NotPublished(path)
        return combine.demand(path, now.replace(microsecond=0))

    def note_asked(self, name: str, now: datetime) -> None:
        """Remember that the combination of that name was asked for; raises StoreError."""
        with self._database.writing() as connection:
            combinations.note_asked(connection, name, now)

    def _current(self) -> "Combine | None":
        """Return what makes combinations, loaded anew when the config is another; None where there are to be none."""
        from feeds.settings import load, signature

        with self._loading:
            if self._settings is None or self._settings.seen != signature(self._config):
                try:
                    self._settings = load(self._config, os.environ)
                except SettingsError as error:
                    if self._settings is None:
                        raise NotReady("The settings cannot be read at the moment.") from error
                    log.warning("the config has mistakes: the last good one stays in force")
                    return self._combine
                try:
                    self._combine = self._assemble(self._settings)
                except SettingsError as error:
                    if self._combine is None:
                        raise NotReady("The files of the site cannot be read at the moment.") from error
                    log.warning("the files of the site are broken: the last good ones stay in force")
            return self._combine

    def _assemble(self, settings: "Settings") -> "Combine | None":
        if not settings.server.combinations:
            return None
        from filelock import FileLock

        from feeds.bootstrap.parts import publication_of, reading_of
        from feeds.services.combine import Combine
        from feeds.services.publish import Publish

        publication = publication_of(settings)
        file = self._state / "combine.lock"
        return Combine(
            self._database,
            publication,
            Publish(self._database, reading_of(settings, publication)),
            lock=lambda: FileLock(file, timeout=_PATIENCE, thread_local=False),
            most=settings.server.combinations,
        )
