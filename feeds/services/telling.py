"""What subscribers learn from a document: pure, and told where the document is made."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from feeds.model.announcement import Announcement
from feeds.model.feed import Entry


def told(entries: Iterable[Entry]) -> tuple[Announcement, ...]:
    """Return what subscribers learn from a document with these entries."""
    return tuple(
        Announcement(
            id=entry.post.id,
            path=str(entry.post.path),
            title=entry.post.title,
            published=entry.post.published,
            updated=entry.updated,
            fingerprint=_fingerprint(entry),
        )
        for entry in entries
    )


def _fingerprint(entry: Entry) -> str:
    # The file's own digest also changes with what no reader sees.
    shown = (replace(entry.post, digest="", updated=entry.post.published), entry.html, entry.summary)
    return sha256(repr(shown).encode()).hexdigest()[:16]
