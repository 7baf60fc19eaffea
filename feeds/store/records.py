"""What the state holds of a file, and the rows that say it: plain tuples, in the order of the columns.

There is no SQL here, so that processes that only read files can make rows
without loading what executes them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.store.details import write_details
from feeds.store.instants import to_seconds

Values = tuple[Any, ...]


def _places(columns: str) -> dict[str, int]:
    return {name: place for place, name in enumerate(columns.split())}


#: Where in a row of `post_row` the values of columns are, and in one of `identity_row`.
POST = _places(
    "path id digest url title published updated visible_from visible_until hidden featured language details enclosed"
)
IDENTITY = _places(
    "id path digest body_digest first_seen gone link authored published meaning stated updated shown_from"
)

#: What comes with posts: something to be heard or seen, or other files alone.
PLAYED, KEPT = "played", "kept"


class Role(StrEnum):
    """What a content file turned out to be.

    A *waiting* file cannot be published as it stands; if it could be once, its
    last good version still is.  A *duplicate* waits for another post
    to give up its id, or to go: it is a copy of it.
    """

    POST = "post"
    CATEGORY = "category"
    WAITING = "waiting"
    DUPLICATE = "duplicate"


class SourceRecord(NamedTuple):
    """One content file as it was when it was last read: a tuple, for there are as many as files at every look."""

    path: str
    size: int
    mtime_ns: int
    digest: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An id and the file that bears it, as that was last read; ``gone`` if the file is there no more.

    ``link`` is the path and query of the post's page, "" once another file has
    taken the place of this one; ``path`` is "" once the post has another id.
    ``authored`` ids stand in the file itself.  ``meaning``, ``stated`` and
    ``updated`` are those of the edition that readers know
    (`feeds.content.edition`); they can know it from ``shown_from`` on, None for
    a post that was always hidden.
    """

    id: str
    path: str
    digest: str
    body_digest: str
    first_seen: datetime
    gone: bool = False
    link: str = ""
    authored: bool = False
    published: datetime | None = None
    meaning: str = ""
    stated: datetime | None = None
    updated: datetime | None = None
    shown_from: datetime | None = None


def post_row(post: Post) -> Values:
    """Return a row of ``posts`` without its number."""
    return (
        str(post.path),
        post.id,
        post.digest,
        post.url,
        post.title,
        to_seconds(post.published),
        to_seconds(post.updated),
        to_seconds(post.visible_from),
        _seconds(post.visible_until),
        post.hidden,
        post.featured,
        post.language,
        write_details(post),
        (PLAYED if post.played else KEPT) if post.enclosures else "",
    )


def term_rows(post: Post) -> tuple[Values, ...]:
    """Return the rows of ``terms`` of a post: kind, slug, label."""
    return tuple((term.kind, term.slug, term.label) for term in post.terms())


def tally_rows(terms: Iterable[Iterable[Values]]) -> list[Values]:
    """Return the rows of ``tallies`` that count posts, given the `term_rows` of each."""
    counts: Counter[Values] = Counter()
    for its in terms:
        counts["", "", ""] += 1
        counts.update(its)
    return [(*term, count) for term, count in counts.items()]


def identity_row(identity: Identity) -> Values:
    """Return a row of ``identities``."""
    return (
        identity.id,
        identity.path,
        identity.digest,
        identity.body_digest,
        to_seconds(identity.first_seen),
        identity.gone,
        identity.link,
        identity.authored,
        _seconds(identity.published),
        identity.meaning,
        _seconds(identity.stated),
        _seconds(identity.updated),
        _seconds(identity.shown_from),
    )


def finding_row(finding: Finding) -> Values:
    """Return a row of ``findings`` without its number and stage."""
    return (
        str(finding.path),
        finding.line,
        finding.code,
        finding.severity.value,
        finding.message,
        finding.advice,
    )


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else to_seconds(instant)
