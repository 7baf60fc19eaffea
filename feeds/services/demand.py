"""What readers ask for, made or not: combinations of terms are made when they are first asked for."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from feeds.errors import Ended, NotPublished, StoreError
from feeds.model.artefact import Artefact, Redirect
from feeds.model.feed import Format
from feeds.services.serve import Serve

#: How often it is remembered that a combination was asked for: it need not be exact.
_NOTED_EVERY = timedelta(hours=1)

#: More names than this are forgotten and noted anew.
_MOST_NAMES = 2_000

_EXTENSIONS = tuple(f".{format}" for format in Format)


class Maker(Protocol):
    """Whoever makes combinations."""

    def demand(self, path: str, now: datetime) -> Redirect | None:
        """Have the document at ``path`` ready, or return the redirect to its canonical address."""
        ...

    def note_asked(self, name: str, now: datetime) -> None:
        """Remember that the combination of that name was asked for; raises StoreError."""
        ...


class Demand:
    """The published artefacts, and those that are made on demand."""

    def __init__(self, serve: Serve, maker: Maker, clock: Callable[[], datetime]) -> None:
        self._serve = serve
        self._maker = maker
        self._clock = clock
        self._noted: dict[str, datetime] = {}

    def find(self, path: str) -> Artefact | Redirect:
        """Return what is published at ``path``, made now if need be; raises as `Serve.find` does, and NotReady."""
        if not may_combine(path):
            return self._serve.find(path)
        found = self._find_or_make(path)
        if isinstance(found, Artefact):
            self._note(path)
        return found

    def _find_or_make(self, path: str) -> Artefact | Redirect:
        try:
            return self._serve.find(path)
        except Ended:
            raise
        except NotPublished:
            if not self._serve.is_ready():
                raise
        return self._maker.demand(path, self._clock()) or self._serve.find(path)

    def _note(self, path: str) -> None:
        now = self._clock()
        name = path.removeprefix("/feeds/").rpartition(".")[0]
        if now - self._noted.get(name, now - _NOTED_EVERY) < _NOTED_EVERY:
            return
        if len(self._noted) >= _MOST_NAMES:
            self._noted.clear()
        self._noted[name] = now
        # A reader gets the document also where the state cannot be written.
        with suppress(StoreError):
            self._maker.note_asked(name, now)


def may_combine(path: str) -> bool:
    """Tell whether the path has a sign of a combination, or of a spelling that is not canonical: no heavy look."""
    if not path.startswith("/feeds/") or not path.endswith(_EXTENSIONS):
        return False
    is_canonical = path == unicodedata.normalize("NFKC", path).lower()
    return not is_canonical or any(sign in path for sign in ("+", ",", "/-"))
