"""What subscribers of a feed have been told, and what they would be told next."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An entry as a document of one feed shows it, or showed it last.

    ``path`` is that of its file, ``fingerprint`` digests all that the entry shows.
    """

    id: str
    path: str
    title: str
    published: datetime
    updated: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A feed kept at its last good version, since it would announce ``entries`` old entries anew.

    A ``released`` hold ends with the next refresh.
    """

    feed: str
    since: datetime
    entries: int
    released: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChange:
    """What a refresh would do to the subscribers of one feed.

    ``announced`` entries are new and not older than the newest they have;
    ``reannounced`` ones are old, and new to them all the same; ``surfaced`` ones
    are too, but only move up from below the end of the document into places
    that others have left, few enough to be published at once; ``updated`` ones
    say so by their ``updated``, ``rewritten`` ones do not; ``removed`` ones are
    no longer published; ``reidentified`` ones come again under another id (and
    are not counted among the others).  ``before`` and ``after`` are the bytes
    of the documents by their path; one of them is empty for a feed that begins
    or ends.
    """

    feed: str
    announced: tuple[Announcement, ...]
    reannounced: tuple[Announcement, ...]
    surfaced: tuple[Announcement, ...]
    updated: tuple[Announcement, ...]
    rewritten: tuple[Announcement, ...]
    removed: tuple[Announcement, ...]
    reidentified: tuple[Announcement, ...]
    before: dict[str, int]
    after: dict[str, int]
    held: bool = False

    @property
    def begins(self) -> bool:
        """Whether nobody is subscribed yet."""
        return not self.before

    @property
    def ends(self) -> bool:
        """Whether there is no such feed any more."""
        return not self.after

    @property
    def disturbs(self) -> bool:
        """Whether subscribers would see again what they have seen, or could have."""
        return not self.begins and bool(self.reannounced or self.reidentified)

    @property
    def is_nothing(self) -> bool:
        """Whether subscribers would notice nothing: no entry differs, and no document in its length."""
        told_of = (self.announced, self.reannounced, self.surfaced, self.updated, self.reidentified)
        return self.before == self.after and not any((*told_of, self.rewritten, self.removed))
