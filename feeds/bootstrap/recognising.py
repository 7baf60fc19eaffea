"""Looking at a site, to learn which generator it is made with."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from feeds.content.dialects import DIALECTS
from feeds.content.generators import MARKERS, Evidence, Recognised, recognise
from feeds.disk import NOT_CONTENT

#: How many folders above the content directory the files of the generator are looked for.
HIGHEST = 4

#: Of so many posts so many bytes are looked at: a site's ways show in a few, and a start must not wait.
_POSTS, _BYTES = 60, 4096

#: After so many names without a post, pictures perhaps, the search ends.
_NAMES = 20_000

_SUFFIXES = frozenset({".rst"}).union(
    "." + extension.rpartition(".")[2] for each in DIALECTS.values() for extension in each.extensions
)


def recognised(content: Path) -> Recognised:
    """Return the generator of the site whose posts are in or below the directory ``content``.

    The nearest folder with files that tell a generator counts, from the
    directory up.
    """
    found = ((folder, _markers(folder)) for folder in folders_above(content))
    root, markers = next(((folder, markers) for folder, markers in found if markers), (content, {}))
    posts = {path: text for path in islice(_posts(content), _POSTS) if (text := _beginning(content / path))}
    return recognise(Evidence(root=str(root), markers=markers, posts=posts))


def folders_above(content: Path) -> Iterator[Path]:
    """Yield the folders that the files of a site may be in: ``content`` and those above it, in its repository."""
    for folder in (content, *content.parents)[: HIGHEST + 1]:
        yield folder
        if (folder / ".git").exists():
            return


def _markers(folder: Path) -> dict[str, str]:
    return {name: _beginning(folder / name) for name in MARKERS if (folder / name).is_file()}


def _posts(content: Path) -> Iterator[str]:
    """Yield the paths of files that may be posts, in an order that is the same anywhere."""
    names = 0
    for folder, folders, files in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in NOT_CONTENT)
        for name in sorted(files):
            names += 1
            if names > _NAMES:
                return
            if Path(name).suffix.lower() in _SUFFIXES and not name.startswith((".", "_")):
                yield (Path(folder) / name).relative_to(content).as_posix()


def _beginning(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(_BYTES).decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    except OSError:
        return ""
