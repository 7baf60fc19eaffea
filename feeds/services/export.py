"""The same documents as static files, for any web server or static host."""

import json
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path

from feeds.disk import write_atomically
from feeds.errors import EngineError
from feeds.services.export_archives import ArchiveWriter, archive_files
from feeds.services.working import Progress
from feeds.store import artefacts
from feeds.store.database import Database

#: Which files an export wrote, so that the next one removes what is published no more, and nothing else.
MANIFEST = ".feeds-manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How many files there are, how many of them were written, and how many old ones were removed."""

    files: int
    written: int
    removed: int


def export(database: Database, output: Path, progress: Progress, *, room: int) -> Exported:
    """Write everything that is published below ``output``, each file at once or not at all.

    Archive documents too, and before what links to them; of those whose name
    does not tell whether they changed up to ``room`` bytes are kept in the state.

    Files that are the same already are left alone, files of earlier exports
    that are published no more are removed, and nothing else is touched.
    Raises `EngineError` when ``output`` cannot be written, or holds files of
    others where documents belong.
    """
    try:
        return _export(database, output, progress, room)
    except OSError as error:
        place = error.filename or output
        raise EngineError(
            f"{place}: could not be written: {error.strerror}. Give --output a directory that can."
        ) from error


def _export(database: Database, output: Path, progress: Progress, room: int) -> Exported:
    before = _manifest(output)
    earlier = before.names
    with database.reading() as connection:
        paths = artefacts.lasting_paths(connection)
        archives = archive_files(connection)
        archived = [name for files in archives for name in files.all_names()]
        expected = {*map(_name, paths), *archived}
        _refuse_foreign(output, sorted(expected - earlier))
        # Kept first: an export that is cut short knows its own files again.
        write_atomically(output / MANIFEST, _Manifest(earlier | expected, before.provisional).text())
        made = ArchiveWriter(database, output, room=room).write(archives, earlier - before.provisional, progress)
        written = made.files
        names = list(archived)
        for done, artefact in enumerate(artefacts.all_artefacts(connection, paths), start=1):
            name = _name(artefact.path)
            written += write_atomically(output / name, artefact.body)
            names.append(name)
            progress("Writing files", done, len(paths))
    gone = sorted(earlier - set(names))
    for name in gone:
        (output / name).unlink(missing_ok=True)
    write_atomically(output / MANIFEST, _Manifest(frozenset(names), made.provisional).text())
    return Exported(files=len(names), written=written, removed=len(gone))


def _name(path: str) -> str:
    return path.removeprefix("/") or "index.html"


def _refuse_foreign(output: Path, names: Iterable[str]) -> None:
    """Leave alone what others wrote: a site's own home page may be here."""
    foreign = [name for name in names if (output / name).exists()]
    if foreign:
        raise EngineError(
            f"{output / foreign[0]} is there already, and no export wrote it. "
            "Give --output a directory of its own, or move the file away."
        )


@dataclass(frozen=True, slots=True)
class _Manifest:
    """The names of the files that an export wrote; the ``provisional`` among them have to be made anew."""

    names: Set[str]
    provisional: Set[str]

    def text(self) -> bytes:
        listed = {"files": sorted(self.names), "provisional": sorted(self.provisional)}
        return json.dumps(listed, ensure_ascii=False, indent=0).encode()


def _manifest(output: Path) -> _Manifest:
    try:
        listed = json.loads((output / MANIFEST).read_bytes())
        # Before there were provisional ones, it was the list of the names.
        names, provisional = (listed, []) if isinstance(listed, list) else (listed["files"], listed["provisional"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return _Manifest(frozenset(), frozenset())
    root = output.resolve()
    inside = {name for name in names if (output / name).resolve().is_relative_to(root)}
    return _Manifest(inside, frozenset(provisional))
