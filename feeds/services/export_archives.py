"""The archive documents as static files, so that every link of a document leads somewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from feeds.disk import link_atomically, write_atomically
from feeds.errors import EngineError, NotReady
from feeds.model.archive import Window, plain_name
from feeds.model.feed import Format, document_path
from feeds.model.post import Post
from feeds.services.archive_making import ArchiveMade, ArchiveToMake, make_archive
from feeds.services.archive_window import archive_to_make, posts_of, reading_of
from feeds.services.bodies import known, stored_body, wanted_body
from feeds.services.reading import Reading
from feeds.services.working import Progress, Workers, quietly
from feeds.store import archive_documents, archives, bodies
from feeds.store.archives import ArchivedFeed
from feeds.store.database import Database

#: How many archive documents are made at a time: what is handed to other processes has to fit into memory.
_PORTION = 16

#: About how long rendering one body takes, and making one document in all formats, in seconds.
_COMPOSING = 0.005
_MAKING = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFiles:
    """One archive document as files: their names below the output, by format.

    ``also`` are second names of the same: where a link from the older
    document leads, which knows no revision.
    """

    archived: ArchivedFeed
    window: Window
    names: dict[Format, str]
    also: dict[Format, str]

    def all_names(self) -> Iterator[str]:
        """Yield every name."""
        yield from self.names.values()
        yield from self.also.values()


def archive_files(connection: Connection) -> list[ArchiveFiles]:
    """Return every archive document there is, as files."""
    return [_files(archived, window) for archived, window in _all_windows(connection)]


def _all_windows(connection: Connection) -> Iterator[tuple[ArchivedFeed, Window]]:
    for archived in list(archives.all_archived(connection)):
        for window in archives.windows(connection, archived.feed.name):
            yield archived, window


def _files(archived: ArchivedFeed, window: Window) -> ArchiveFiles:
    feed = archived.feed
    is_linked_to = window.closed and window.number > 1
    return ArchiveFiles(
        archived=archived,
        window=window,
        names={format: _file(window.name(feed.name), format) for format in feed.formats},
        also={format: _file(plain_name(feed.name, window.number), format) for format in feed.formats if is_linked_to},
    )


def _file(name: str, format: Format) -> str:
    return document_path(name, format).removeprefix("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenArchives:
    """How many files were written, and the names of those that only stand in for others: to be made anew next time."""

    files: int
    provisional: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documents:
    bodies: Mapping[Format, bytes]
    provisional: bool


class ArchiveWriter:
    """Writes archive documents below ``output``; what an earlier export wrote under the same name is not made again."""

    def __init__(self, database: Database, output: Path, *, room: int) -> None:
        self._database = database
        self._output = output
        self._room = room

    def write(self, files: Sequence[ArchiveFiles], earlier: Set[str], progress: Progress) -> WrittenArchives:
        """Write what is missing; of a feed that is held, what stands in for it.

        Raises `EngineError` when content changes meanwhile.
        """
        written = 0
        provisional: set[str] = set()
        missing = [each for each in files if not self._is_there(each, earlier)]
        try:
            with Workers(quietly) as workers:
                for start in range(0, len(missing), _PORTION):
                    for each, made in self._make(missing[start : start + _PORTION], workers):
                        written += sum(
                            write_atomically(self._output / each.names[f], made.bodies[f]) for f in each.names
                        )
                        provisional.update(each.names.values() if made.provisional else ())
                    progress("Writing archives", min(start + _PORTION, len(missing)), len(missing))
        except NotReady as error:
            raise EngineError(f"The content changed while archives were written: {error} Run it again.") from error
        for each in files:
            written += sum(
                link_atomically(self._output / each.also[f], self._output / each.names[f]) for f in each.also
            )
        return WrittenArchives(files=written, provisional=frozenset(provisional))

    def _is_there(self, each: ArchiveFiles, earlier: Set[str]) -> bool:
        """Tell whether the files are there: only the name of a closed document says which revision it is."""
        return each.window.closed and all(
            name in earlier and (self._output / name).is_file() for name in each.names.values()
        )

    def _make(self, some: Sequence[ArchiveFiles], workers: Workers) -> Iterator[tuple[ArchiveFiles, _Documents]]:
        kept = {index: found for index, each in enumerate(some) if (found := self._kept(each))}
        rest = [each for index, each in enumerate(some) if index not in kept]
        yield from ((some[index], _Documents(bodies=found, provisional=False)) for index, found in kept.items())
        if not rest:
            return
        self._prepare_bodies(rest, workers)
        pieces = list(self._pieces(rest))
        made = workers.work(make_archive, pieces, stage="", cost=_MAKING)
        for each, result in zip(rest, made, strict=True):
            self._keep(each, result)
            yield each, _Documents(bodies=result.bodies, provisional=result.wanted.provisional)

    def _kept(self, each: ArchiveFiles) -> dict[Format, bytes] | None:
        """Return the documents of an open window that have been made already."""
        if each.window.closed:
            return None
        feed, number = each.archived.feed.name, each.window.number
        with self._database.reading() as connection:
            self._check(connection, each)
            found = {format: archive_documents.find(connection, feed, number, format) for format in each.names}
        bodies = {format: document[0] for format, document in found.items() if document}
        return bodies if len(bodies) == len(found) else None

    def _keep(self, each: ArchiveFiles, made: ArchiveMade) -> None:
        """Keep the documents of an open window: its name does not tell the next export whether they are the same."""
        if each.window.closed or made.wanted.provisional:
            return
        feed, number = each.archived.feed.name, each.window.number
        with self._database.writing() as connection:
            self._check(connection, each)
            for format, body in made.bodies.items():
                archive_documents.keep(connection, feed, number, format, body, made.updated, room=self._room)

    def _prepare_bodies(self, some: Sequence[ArchiveFiles], workers: Workers) -> None:
        """Render the bodies that no document showed before, once for all feeds they are in."""
        with self._database.reading() as connection:
            reading = reading_of(connection)
            shown = {post.path: post for each in some for post in self._posts(connection, each)}
            wanted = {path: wanted_body(reading, post) for path, post in shown.items()}
            markdown = any(each.archived.feed.source_markdown for each in some)
            ready = known(connection, wanted.values(), markdown=markdown)
        pieces = [wanted[path] for path in sorted(wanted) if wanted[path].key not in ready]
        composed = list(workers.work(reading.compose, pieces, stage="", cost=_COMPOSING))
        with self._database.writing() as connection:
            bodies.save(connection, filter(None, (stored_body(result, markdown=markdown) for result in composed)))

    def _posts(self, connection: Connection, each: ArchiveFiles) -> Iterable[Post]:
        near = archives.around(connection, each.archived.feed.name, each.window.number)
        return posts_of(connection, each.archived, each.window, near.get(each.window.number - 1)).posts

    def _pieces(self, some: Sequence[ArchiveFiles]) -> Iterator[ArchiveToMake]:
        with self._database.reading() as connection:
            reading: Reading = reading_of(connection)
            for each in some:
                self._check(connection, each)
                near = archives.around(connection, each.archived.feed.name, each.window.number)
                formats = tuple(each.names)
                yield archive_to_make(connection, reading, each.archived, near, each.window.number, formats)

    def _check(self, connection: Connection, each: ArchiveFiles) -> None:
        near = archives.around(connection, each.archived.feed.name, each.window.number)
        if near.get(each.window.number) != each.window:
            raise NotReady("A refresh has changed the archives.")
