"""A shelf that also hands out archive documents, which are made when somebody asks for them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Protocol

from feeds.model.archive import REVISION_DIGITS
from feeds.model.artefact import Artefact, Condition, Gone, Redirect
from feeds.model.feed import Format
from feeds.model.generation import Generation
from feeds.services.serve import Shelf

_PATH = re.compile(
    rf"/feeds/(?P<feed>.+)/archive/(?P<number>[1-9][0-9]{{0,8}})(?:-(?P<revision>[0-9a-f]{{{REVISION_DIGITS}}}))?"
    rf"\.(?P<format>{'|'.join(Format)})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePath:
    """The path of an archive document and its parts; ``revision`` is empty where the path has none."""

    path: str
    feed: str
    number: int
    revision: str
    format: Format


def archive_path(path: str) -> ArchivePath | None:
    """Take apart the path of an archive document, whether or not there is such a document."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    return ArchivePath(
        path=path,
        feed=found["feed"],
        number=int(found["number"]),
        revision=found["revision"] or "",
        format=Format(found["format"]),
    )


class Archives(Protocol):
    """Whoever makes archive documents."""

    def find(self, path: ArchivePath) -> Artefact | Redirect | None:
        """Return the archive document there, or where it is; raises NotReady and StoreError."""
        ...


class ArchiveShelf:
    """What lies on ``shelf``, and archive documents.

    ``open_archives`` is called when the first of them is asked for: making
    documents needs much that a worker does not load before.
    """

    def __init__(self, shelf: Shelf, open_archives: Callable[[], Archives]) -> None:
        self._shelf = shelf
        self._open_archives = open_archives
        self._archives: Archives | None = None
        self._opening = Lock()

    def generation(self) -> Generation | None:
        """Return the current generation."""
        return self._shelf.generation()

    def find(self, path: str) -> Artefact | Redirect | Gone | None:
        """Return what is published at a URL path; raises `feeds.errors.NotReady` where it cannot be made now."""
        found = self._shelf.find(path)
        if found:
            return found
        wanted = archive_path(path)
        return self._opened().find(wanted) if wanted else None

    def redirects_with_query(self) -> Mapping[str, Redirect]:
        """Return the redirects of old addresses to which a query belongs."""
        return self._shelf.redirects_with_query()

    def conditions(self) -> tuple[Condition, ...]:
        """Return what degrades the service now."""
        return self._shelf.conditions()

    def last_report(self) -> datetime | None:
        """Return when the last refresh ended."""
        return self._shelf.last_report()

    def _opened(self) -> Archives:
        with self._opening:
            if self._archives is None:
                self._archives = self._open_archives()
        return self._archives
