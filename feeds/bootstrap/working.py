"""Putting together what makes documents."""

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from feeds.bootstrap.parts import premises_of, publication_of, reading_of
from feeds.content.generators import Recognised
from feeds.disk import ContentDirectory
from feeds.errors import SettingsError
from feeds.model.publication import Publication
from feeds.model.report import Report
from feeds.services.refresh import Refresh
from feeds.services.trouble import Trouble
from feeds.settings import Settings, load
from feeds.store.database import Database, open_database
from feeds.store.rescue import rescue

if TYPE_CHECKING:
    from feeds.engine.scheduler import Duty, Engine

#: A refresh of another process may take this long before this one gives up, in seconds.
_PATIENCE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Everything that works on one publication."""

    settings: Settings
    database: Database
    directory: ContentDirectory
    recognised: Recognised
    publication: Publication
    refresh: Refresh


def workshop(settings: Settings) -> Workshop:
    """Return the parts for ``settings``, with the state opened; raises `feeds.errors.StoreError`."""
    # All that was imported stays until the end: the collector need not look at it again.
    gc.freeze()
    database = open_database(settings.state.directory)
    return _workshop(settings, database, settings.state.directory)


def engine(shop: Workshop, listener: Callable[[Report], None]) -> "Engine":
    """Return the engine that keeps ``shop``'s feeds fresh, and follows its config file."""
    # What schedules and logs takes as long to load as thousands of files to compare, and one pass needs neither.
    import structlog

    from feeds.engine.scheduler import Engine

    log = structlog.get_logger("feeds.engine")
    state = shop.settings.state.directory

    def load_again() -> "Duty":
        settings = load(shop.settings.file, os.environ)
        for name in ("server", "state"):
            if getattr(settings, name) != getattr(shop.settings, name):
                log.warning(f"changes of [{name}] take effect at a restart")
        # The state stays where it is until a restart.
        return _duty(_workshop(settings, shop.database, state))

    return Engine(
        _duty(shop),
        load=load_again,
        lock=FileLock(state / "engine.lock", thread_local=False),
        trouble=Trouble(shop.database),
        rescue=partial(rescue, shop.database),
        listener=listener,
    )


def _workshop(settings: Settings, database: Database, state: Path) -> Workshop:
    premises = premises_of(settings)
    publication = premises.publication
    reading = reading_of(settings, publication)
    lock = FileLock(state / "refresh.lock", timeout=_PATIENCE, thread_local=False)
    return Workshop(
        settings=settings,
        database=database,
        directory=reading.directory,
        recognised=premises.recognised,
        publication=publication,
        refresh=Refresh(database, reading, lock),
    )


def _duty(shop: Workshop) -> "Duty":
    from feeds.engine.scheduler import Duty

    return Duty(
        refresh=shop.refresh,
        content=shop.directory.root,
        scan_interval=shop.settings.scheduler.scan_interval,
        config=shop.settings.seen,
        is_current=lambda: _is_current(shop),
    )


def _is_current(shop: Workshop) -> bool:
    """Tell whether the site's own files still say what ``shop`` works by; not while they are broken."""
    try:
        return publication_of(shop.settings) == shop.publication
    except SettingsError:
        return False
