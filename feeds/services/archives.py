"""Archive documents, made when somebody asks for one and kept as long as there is room."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock

from feeds.errors import NotReady, StoreError
from feeds.model.archive import Window
from feeds.model.artefact import Artefact, Redirect
from feeds.model.feed import Format, document_path
from feeds.services.archive_making import make_archive
from feeds.services.archive_shelf import ArchivePath
from feeds.services.archive_window import archive_to_make, reading_of
from feeds.services.reading import Reading
from feeds.store import archive_documents, archives
from feeds.store.archives import ArchivedFeed
from feeds.store.database import Database
from feeds.syndication.addresses import document_url

#: How long one request waits while others' documents are made, in seconds.
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """An archive document that there is: its feed, the windows around its own by number, its bytes if they are kept."""

    reading: Reading
    archived: ArchivedFeed
    near: Mapping[int, Window]
    number: int
    format: Format
    kept: tuple[bytes, datetime] | None

    @property
    def window(self) -> Window:
        return self.near[self.number]

    @property
    def path(self) -> str:
        return document_path(self.window.name(self.archived.feed.name), self.format)


class MadeOnDemand:
    """The archive documents of everything that was published last.

    Being pure functions of posts and configuration, they are made when first
    asked for, one at a time, and kept up to ``room`` bytes for every worker.
    Safe to use from several threads and processes.
    """

    def __init__(self, database: Database, *, room: int, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._room = room
        self._clock = clock
        self._making = Lock()

    def find(self, path: ArchivePath) -> Artefact | Redirect | None:
        """Return the archive document there.

        A closed one is only where its current revision is; other paths of it
        lead there.  Raises `NotReady` where it cannot be made at this moment.
        """
        asked = self._look_up(path)
        found = self._at_hand(asked, path) if asked else None
        if found or not asked:
            return found
        with self._one_at_a_time():
            # Somebody else may have wanted the same and waited less, and a refresh may have come between.
            asked = self._look_up(path)
            return (self._at_hand(asked, path) or self._make(asked)) if asked else None

    def _look_up(self, path: ArchivePath) -> _Asked | None:
        with self._database.reading() as connection:
            archived = archives.archived(connection, path.feed)
            near = archives.around(connection, path.feed, path.number)
            if archived is None or path.number not in near or path.format not in archived.feed.formats:
                return None
            return _Asked(
                reading=reading_of(connection),
                archived=archived,
                near=near,
                number=path.number,
                format=path.format,
                kept=archive_documents.find(connection, path.feed, path.number, path.format),
            )

    def _at_hand(self, asked: _Asked, path: ArchivePath) -> Artefact | Redirect | None:
        if path.revision != (asked.window.short_revision if asked.window.closed else ""):
            return Redirect(path=path.path, target=document_url(asked.reading.publication.site, asked.path), status=302)
        return self._artefact(asked, *asked.kept, lasting=asked.window.closed) if asked.kept else None

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if not self._making.acquire(timeout=_PATIENCE):
            raise NotReady("Other archive documents are being made.")
        try:
            yield
        finally:
            self._making.release()

    def _make(self, asked: _Asked) -> Artefact:
        with self._database.reading() as connection:
            wanted = archive_to_make(
                connection, asked.reading, asked.archived, asked.near, asked.number, (asked.format,)
            )
        made = make_archive(wanted)
        body = made.bodies[asked.format]
        if wanted.provisional:
            return self._artefact(asked, body, made.updated, lasting=False)
        with suppress(StoreError):  # It can be made again.
            self._keep(asked, body, made.updated)
        return self._artefact(asked, body, made.updated, lasting=asked.window.closed)

    def _keep(self, asked: _Asked, body: bytes, updated: datetime) -> None:
        feed = asked.archived.feed.name
        with self._database.writing() as connection:
            is_current = archives.around(connection, feed, asked.number) == asked.near
            if is_current and archives.archived(connection, feed) == asked.archived:
                archive_documents.keep(connection, feed, asked.number, asked.format, body, updated, room=self._room)

    def _artefact(self, asked: _Asked, body: bytes, updated: datetime, *, lasting: bool) -> Artefact:
        """Say of a document that lasts that it is as old as its content, of another when its window last changed."""
        window = asked.window
        return Artefact(
            path=asked.path,
            media_type=asked.format.media_type,
            body=body,
            etag=sha256(body).hexdigest()[:20],
            last_modified=min(updated, self._clock().replace(microsecond=0)) if lasting else window.modified,
            self_url=document_url(asked.reading.publication.site, asked.path),
            lasting=lasting,
            expires=window.expires if lasting else None,
        )
