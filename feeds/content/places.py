"""Where on disk the file at an address of the site may be."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

#: The folders, from the root of a site, whose files are copied as they are: those of all generators.
_STATIC = ("static", "public", "source", "files", "assets", "content", "src", "docs")

#: How many folders above the content directory the root of the site is looked for, where nobody knows it.
_HIGHEST = 2


def places(address: str, *, page: str, site: str, post: PurePosixPath, prefix: str) -> Iterator[str]:
    """Yield the paths, from the content directory, at which the file at ``address`` may be kept.

    Beside the post at ``page`` comes first, then below the static folders of
    the site at the URL ``site``.  ``post`` is the path of the post's file,
    ``prefix`` that of the content directory from the root of the site, "" where
    that is not known.  ``../`` leads above the content directory.
    """
    folder = page.rpartition("/")[0] + "/"
    beside = _below(address, folder)
    if beside:
        yield str(post.parent / beside)
    rooted = _below(address, f"{site}/")
    if not rooted:
        return
    for height in [prefix.count("/") + 1] if prefix else range(_HIGHEST + 1):
        yield from (f"{'../' * height}{static}/{rooted}" for static in _STATIC)
        # A folder of which nobody knows that it is the root may hold what is not the site's.
        if prefix or not height:
            yield f"{'../' * height}{rooted}"


def _below(address: str, folder: str) -> str:
    """Return the path of ``address`` below ``folder``, "" where it is not there."""
    path = unquote(address.partition("?")[0].partition("#")[0])
    folder = unquote(folder)
    rest = path.removeprefix(folder) if path.startswith(folder) else ""
    return "" if ".." in rest.split("/") or "\\" in rest or "\0" in rest else rest.strip("/")
