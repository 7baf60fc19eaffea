"""Putting together what makes archive documents in a web worker: loaded when the first of them is asked for."""

from collections.abc import Callable
from datetime import datetime

from feeds.services.archives import MadeOnDemand
from feeds.store.database import Database


def archives(database: Database, archive_mb: int, clock: Callable[[], datetime]) -> MadeOnDemand:
    """Return what makes archive documents and keeps up to ``archive_mb`` MB of them in the state."""
    return MadeOnDemand(database, room=archive_mb << 20, clock=clock)
