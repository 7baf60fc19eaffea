"""Putting together what answers requests; nothing here knows how documents are made."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from feeds.bootstrap.combining import Combining
from feeds.bootstrap.logs import configure_logs
from feeds.services.demand import Demand
from feeds.services.serve import Serve
from feeds.store.database import open_database
from feeds.store.shelf import StoreShelf
from feeds.web.app import create_app


def application(state: Path, memory_mb: int, config: Path, overdue: timedelta | None = None) -> Flask:
    """Return the WSGI application over the state kept in ``state``, by the config file ``config``.

    Where an engine refreshes it, ``overdue`` is how long it may be silent.
    """
    configure_logs()
    database = open_database(state)
    serve = Serve(
        StoreShelf(database), memory_bytes=memory_mb << 20, clock=_now, monotonic=time.monotonic, overdue=overdue
    )
    return create_app(serve, Demand(serve, Combining(config, state, database), _now))


def _now() -> datetime:
    return datetime.now(UTC)
