"""What is published under one name."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from feeds.model.podcast import Podcast
from feeds.model.post import Post, Term


class Format(StrEnum):
    """The syndication formats; the value is the file extension of their documents."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """The registered media type, as sent in ``Content-Type``."""
        return {
            Format.RSS: "application/rss+xml; charset=utf-8",
            Format.ATOM: "application/atom+xml; charset=utf-8",
            Format.JSON: "application/feed+json",
        }[self]


def document_path(name: str, format: Format) -> str:
    """Return the URL path of the document called ``name`` in ``format``, not percent-encoded."""
    return f"/feeds/{name}.{format}"


class ContentMode(StrEnum):
    """How much of a post an entry shows."""

    FULL = "full"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which posts a feed shows: every condition that is set must hold.

    Terms are slugs; several in one condition mean any of them.  ``path`` is a
    prefix of the file's path, or, where it holds ``*`` (any text) or ``?`` (any
    one character), a pattern of the whole path.  ``after`` is inclusive,
    ``before`` exclusive.  Of the selections inside it, every one in ``all_of``
    must match, one of ``any_of`` if there are any, and none in ``none_of``.
    ``played`` asks for posts with something to hear or see.
    The empty selection matches every post.
    """

    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    featured: bool | None = None
    path: str = ""
    after: datetime | None = None
    before: datetime | None = None
    all_of: tuple["Selection", ...] = ()
    any_of: tuple["Selection", ...] = ()
    none_of: tuple["Selection", ...] = ()
    played: bool = False

    @property
    def is_pattern(self) -> bool:
        """Tell whether ``path`` is a pattern and not a prefix."""
        return "*" in self.path or "?" in self.path

    def terms(self, kind: str) -> tuple[str, ...]:
        """Return the slugs of one kind of term that the selection asks for itself."""
        return {
            "category": self.categories,
            "tag": self.tags,
            "author": self.authors,
            "language": self.languages,
        }.get(kind, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: its name, its posts and the shape of its documents.

    ``name`` is the path below ``/feeds/`` without the extension
    (``category/tv``).  A document shows at most ``entries`` posts and is at
    most ``max_bytes`` long.  ``aliases`` are old addresses that redirect here.
    More than ``max_new_entries`` entries that are old and yet new to its
    subscribers wait for the operator's word.  With ``archives`` what is older
    can be read in archive documents (RFC 5005).

    ``term`` is what a feed of a ``for_each`` is about.  What is not ``listed``
    is served, but no new subscribers are led to it; a ``combined`` feed of
    several terms comes and goes with those who ask for it.  From ``retired`` on, a
    last entry says that the feed has ended.  With ``moved_to``, an absolute URL
    that may hold ``{format}``, that is where the feed is now.

    A ``podcast`` says so in RSS.  With ``source_markdown``, RSS shows each post
    as its author wrote it, beside the HTML.
    """

    name: str
    title: str
    description: str
    selection: Selection
    formats: tuple[Format, ...] = tuple(Format)
    entries: int = 50
    max_bytes: int = 500_000
    content: ContentMode = ContentMode.FULL
    aliases: tuple[str, ...] = ()
    max_new_entries: int = 10
    archives: bool = True
    tombstones: bool = False
    term: Term | None = None
    listed: bool = True
    combined: bool = False
    retired: datetime | None = None
    moved_to: str = ""
    podcast: Podcast | None = None
    source_markdown: bool = False

    def path(self, format: Format) -> str:
        """The URL path of this feed in ``format``, not percent-encoded."""
        return document_path(self.name, format)


#: Whether, and from when on, a feed has ended; True: from when that was first seen.
Retirement: TypeAlias = bool | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDefinition:
    """A feed as the operator defined it, or a pattern for many.

    With ``for_each`` (a kind of term: ``category``) there is one feed for each
    term that at least ``min_entries`` visible posts of ``selection`` have, and
    ``name``, ``title`` and ``description`` may hold ``{category}`` and
    ``{site}``.  An empty ``title`` or ``description`` means the default.
    """

    name: str
    title: str = ""
    description: str = ""
    for_each: str = ""
    selection: Selection = Selection()
    formats: tuple[Format, ...] = tuple(Format)
    entries: int = 50
    max_bytes: int = 500_000
    content: ContentMode = ContentMode.FULL
    aliases: tuple[str, ...] = ()
    max_new_entries: int = 10
    archives: bool = True
    tombstones: bool = False
    min_entries: int = 1
    retired: Retirement = False
    moved_to: str = ""
    podcast: Podcast | None = None
    source_markdown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPage:
    """What the site itself says of one of its categories: plain texts."""

    slug: str
    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post inside a feed.

    ``html`` has passed the sanitizer and every URL in it is absolute, so a
    renderer may embed it as it stands; it is empty where the feed shows
    summaries or the post has no body.  ``summary`` is plain text, never empty.
    ``markdown`` is the body as its author wrote it, empty where the feed does
    not ask for it.
    ``updated`` is the post's, made distinct within the document by whole
    seconds (the W3C validator's DuplicateUpdated).
    """

    post: Post
    html: str
    summary: str
    updated: datetime
    markdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Where a document stands in the history of its feed (RFC 5005).

    ``archive`` is the name of this archive document, empty for the subscription
    document; ``older`` and ``newer`` are those of its neighbours, empty where
    there is none.  Names are paths like those of feeds.  ``complete`` says
    that there is nothing beyond the subscription document (section 2).
    """

    archive: str = ""
    older: str = ""
    newer: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of an entry that readers saw and shall see no more (RFC 6721)."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed with its entries at one moment: its subscription document, or an archive document (RFC 5005).

    Entries are newest first.  ``updated`` is the newest entry's and never the
    clock's, so that an unchanged feed renders to unchanged bytes.
    """

    feed: Feed
    entries: tuple[Entry, ...]
    updated: datetime
    history: History = History()
    tombstones: tuple[Tombstone, ...] = ()

    def path(self, format: Format) -> str:
        """The URL path of this document in ``format``, not percent-encoded."""
        return document_path(self.history.archive or self.feed.name, format)
