"""The same documents as static files, for any web server or static host."""

import json
from dataclasses import dataclass
from pathlib import Path

from feeds.disk import write_atomically
from feeds.errors import EngineError
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


def export(database: Database, output: Path, progress: Progress) -> Exported:
    """Write everything that is published below ``output``, each file at once or not at all.

    Files that are the same already are left alone, files of earlier exports
    that are published no more are removed, and nothing else is touched.
    Raises `EngineError` when ``output`` cannot be written.
    """
    try:
        return _export(database, output, progress)
    except OSError as error:
        place = error.filename or output
        raise EngineError(
            f"{place}: could not be written: {error.strerror}. Give --output a directory that can."
        ) from error


def _export(database: Database, output: Path, progress: Progress) -> Exported:
    earlier = _manifest(output)
    with database.reading() as connection:
        total = len(artefacts.published_paths(connection))
        names: list[str] = []
        written = 0
        for artefact in artefacts.all_artefacts(connection):
            name = artefact.path.removeprefix("/") or "index.html"
            written += write_atomically(output / name, artefact.body)
            names.append(name)
            progress("Writing files", len(names), total)
    gone = sorted(earlier - set(names))
    for name in gone:
        (output / name).unlink(missing_ok=True)
    write_atomically(output / MANIFEST, json.dumps(names, ensure_ascii=False, indent=0).encode())
    return Exported(files=len(names), written=written, removed=len(gone))


def _manifest(output: Path) -> set[str]:
    try:
        names = json.loads((output / MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return set()
    root = output.resolve()
    return {name for name in names if (output / name).resolve().is_relative_to(root)}
