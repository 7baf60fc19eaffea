"""New files that say, byte for byte, what a published one says."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from feeds.model.breach import breach
from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.services.reading import Candidate
from feeds.store import posts


def copies(connection: Connection, fresh: Sequence[Candidate], there: Iterable[str]) -> dict[str, Finding]:
    """Return, by its path, why a new file has to wait: readers have its post already.

    A file that is moved may be seen at both places for a moment: were it
    published twice, it would be announced twice.  So it waits, and when the
    first is gone it is the first under another name.  ``there`` are files with
    the same bytes as some of ``fresh``.
    """
    originals = {post.digest: post for post in posts.find(connection, there)}
    waiting: dict[str, Finding] = {}
    for found in fresh:
        original = originals.setdefault(found.digest, found.post)
        if original is not found.post and _says_the_same(found, original):
            waiting[found.path] = _copy(found.path, original)
    return waiting


def _says_the_same(found: Candidate, original: Post) -> bool:
    """Compare what is not in the bytes: a title or a date from the file's name, a folder for drafts."""
    post = found.post
    same_date = found.read.undated or post.published == original.published
    return same_date and post.title == original.title and not (post.hidden or original.hidden)


def _copy(path: str, original: Post) -> Finding:
    message = f"the file is a copy of {original.path}, byte for byte: it waits, and takes its place when that is gone."
    return breach("copy", path, message)
