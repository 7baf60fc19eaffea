"""The same documents as static files, for any web server or static host."""

import json
from collections.abc import Iterable
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
    earlier = _manifest(output)
    with database.reading() as connection:
        paths = artefacts.lasting_paths(connection)
        archives = archive_files(connection)
        archived = [name for files in archives for name in files.all_names()]
        expected = {*map(_name, paths), *archived}
        _refuse_foreign(output, sorted(expected - earlier))
        # Kept first: an export that is cut short knows its own files again.
        write_atomically(output / MANIFEST, _listed(earlier | expected))
        written = ArchiveWriter(database, output, room=room).write(archives, earlier, progress)
        names = list(archived)
        for done, artefact in enumerate(artefacts.all_artefacts(connection, paths), start=1):
            name = _name(artefact.path)
            written += write_atomically(output / name, artefact.body)
            names.append(name)
            progress("Writing files", done, len(paths))
    gone = sorted(earlier - set(names))
    for name in gone:
        (output / name).unlink(missing_ok=True)
    write_atomically(output / MANIFEST, _listed(names))
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


def _listed(names: Iterable[str]) -> bytes:
    return json.dumps(sorted(names), ensure_ascii=False, indent=0).encode()


def _manifest(output: Path) -> set[str]:
    try:
        names = json.loads((output / MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return set()
    root = output.resolve()
    return {name for name in names if (output / name).resolve().is_relative_to(root)}
