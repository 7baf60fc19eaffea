"""Looking at a site, to learn which generator it is made with."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from feeds.content.generators import MARKERS, OTHERS, SUFFIXES, UNKNOWN, Evidence, Recognised, recognise
from feeds.disk import NOT_CONTENT, read_regular

#: How many folders above the content directory the files of the generator are looked for.
HIGHEST = 4

#: Of so many posts so many bytes are looked at: a site's ways show in a few, and a start must not wait.
_POSTS, _BYTES = 60, 4096

#: After so many names without a post, pictures perhaps, the search ends.
_NAMES = 20_000


def recognised(content: Path) -> Recognised:
    """Return the generator of the site whose posts are in or below the directory ``content``.

    The nearest folder with files that tell a generator counts, from the
    directory up.
    """
    found = ((folder, _markers(folder)) for folder in folders_above(content))
    root, markers = next(((folder, markers) for folder, markers in found if markers), (content, {}))
    posts = {
        path: text for path in islice(_posts(content), _POSTS) if (text := _beginning(content / path, within=content))
    }
    return recognise(Evidence(root=str(root), markers=markers, posts=posts))


def stray(found: Recognised, content: Path) -> str:
    """Return what to say where ``content`` has no post as the generator has them that a file above it told of.

    "" where no such file did: it may be of another site.
    """
    if not found.root or Path(found.root) == content:
        return ""
    return (
        f"{found.generator} was recognised by a file above that folder alone, and may be another site's: {found.why}. "
        f'Write generator = "{UNKNOWN}" for any Markdown, or the name of the generator'
    )


def folders_above(content: Path) -> Iterator[Path]:
    """Yield the folders that the files of a site may be in: ``content`` and those above it, up to where a site ends."""
    for folder in (content, *content.parents)[: HIGHEST + 1]:
        yield folder
        if any((folder / name).exists() for name in (".git", *OTHERS)):
            return


def bounds_of(root: Path) -> Path:
    """Return the folder that links to the files of the site in ``root`` may not lead out of: its repository, if any."""
    return next((folder for folder in folders_above(root) if (folder / ".git").exists()), root)


def _markers(folder: Path) -> dict[str, str]:
    bounds = bounds_of(folder)
    return {name: _beginning(folder / name, within=bounds) for name in MARKERS if (folder / name).is_file()}


def _posts(content: Path) -> Iterator[str]:
    """Yield the paths of files that may be posts, in an order that is the same anywhere."""
    names = 0
    for folder, folders, files in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in NOT_CONTENT)
        for name in sorted(files):
            names += 1
            if names > _NAMES:
                return
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "_")):
                yield (Path(folder) / name).relative_to(content).as_posix()


def _beginning(file: Path, *, within: Path) -> str:
    try:
        read = read_regular(file, _BYTES, within=within)
    except OSError:
        return ""
    return read.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
