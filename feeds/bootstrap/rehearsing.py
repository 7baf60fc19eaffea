"""Putting together a refresh that nobody sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from feeds.bootstrap.working import Workshop, workshop
from feeds.services.guard import release_all
from feeds.settings import Settings
from feeds.store.database import Database, copy_database, open_database


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What is published, and a workshop that works on a copy of it."""

    live: Database
    shop: Workshop


@contextmanager
def rehearsal(settings: Settings, state: Path, now: datetime) -> Iterator[Rehearsal]:
    """Give a workshop for ``settings`` on a copy of the state in the directory ``state``, which stays as it is.

    Raises `feeds.errors.StoreError` when that cannot be read or copied.
    """
    with TemporaryDirectory(prefix="feeds-") as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        copy_database(state, before)
        copy_database(before, after)
        changed = replace(settings, state=settings.state.model_copy(update={"directory": after}))
        shop = workshop(changed)
        # The copy, too: its schema may be of an earlier version.
        live = open_database(before)
        try:
            release_all(shop.database, now)
            yield Rehearsal(live=live, shop=shop)
        finally:
            shop.database.close()
            live.close()
