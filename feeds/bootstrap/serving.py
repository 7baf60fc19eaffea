"""Putting together what answers requests; nothing here knows how documents are made."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from feeds.bootstrap.combining import Combining
from feeds.bootstrap.logs import configure_logs
from feeds.model.terms import Terms
from feeds.services.archive_shelf import ArchiveShelf
from feeds.services.deltas import Deltas
from feeds.services.demand import Demand
from feeds.services.serve import Serve
from feeds.store.database import Database, open_database
from feeds.store.shelf import StoreShelf
from feeds.web.allowance import Allowance
from feeds.web.app import create_app
from feeds.web.edge import Edge

if TYPE_CHECKING:
    from feeds.services.archives import MadeOnDemand

#: How many kB of the state each connection of a worker keeps in memory: what it asks for twice, it has in its own.
_CACHE = 2_000


def application(
    state: Path,
    memory_mb: int,
    archive_mb: int,
    config: Path,
    overdue: timedelta | None = None,
    terms: Terms | None = None,
) -> Flask:
    """Return the WSGI application over the state kept in ``state``, by the config file ``config``.

    At most ``archive_mb`` of the state are archive documents.

    Where an engine refreshes it, ``overdue`` is how long it may be silent.
    Clients fetch documents on the ``terms``, if there are any.
    """
    configure_logs()
    database = open_database(state, cache=_CACHE)
    shelf = ArchiveShelf(StoreShelf(database), partial(_archives, database, archive_mb))
    serve = Serve(shelf, memory_bytes=memory_mb << 20, clock=_now, monotonic=time.monotonic, overdue=overdue)
    terms = terms or Terms()
    allowance = Allowance(terms, time.monotonic)
    deltas = Deltas(StoreShelf(database).versions) if terms.delta else None
    app = create_app(serve, Demand(serve, Combining(config, state, database), _now), allowance, deltas)
    app.wsgi_app = Edge(app.wsgi_app, serve, allowance, deltas)  # type: ignore[method-assign]  # as Flask has it
    return app


def _archives(database: Database, archive_mb: int) -> "MadeOnDemand":
    # A restart has to answer before Markdown, lxml and the rest are loaded; only a few workers ever need them.
    from feeds.bootstrap.archiving import archives

    return archives(database, archive_mb, _now)


def _now() -> datetime:
    return datetime.now(UTC)
