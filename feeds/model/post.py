"""A post, as readers may see it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from feeds.model.license import License
from feeds.model.media import Enclosure, Episode

#: The kinds of terms in which posts are grouped.
TERM_KINDS = ("category", "tag", "author", "language")


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who wrote a post: a name in plain text, perhaps a page, and the slug that selections compare."""

    name: str
    url: str = ""
    slug: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The picture of a post: an absolute URL, its media type, its text alternative."""

    url: str
    media_type: str
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Term:
    """A category, tag, author or language, in one of which posts are grouped.

    ``slug`` is what selections compare and URLs show (lower case, Unicode);
    ``label`` is the name as its author wrote it.
    """

    kind: str
    slug: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Post:
    """A piece of content, understood but not yet rendered.

    ``id`` never changes once published, even when ``url`` does: it is how
    readers tell an edited entry from a new one.  Texts are plain, URLs are
    absolute, every datetime is aware and in UTC with whole seconds.  The post
    may be shown from ``visible_from`` (inclusive) until ``visible_until``
    (exclusive), and never while ``hidden`` gives a reason.

    ``episode`` is there where the author says anything of the kind.
    ``direction`` is ``rtl`` or ``ltr`` where the author says it, "" where the
    language does.  ``original`` is the page elsewhere that the post was first
    published at, ``subject`` one elsewhere that it is about.
    """

    path: PurePosixPath
    digest: str
    id: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    visible_from: datetime
    visible_until: datetime | None = None
    hidden: str = ""
    featured: bool = False
    authors: tuple[Author, ...] = ()
    categories: tuple[Term, ...] = ()
    tags: tuple[Term, ...] = ()
    language: str = ""
    picture: Picture | None = None
    enclosures: tuple[Enclosure, ...] = ()
    episode: Episode | None = None
    direction: str = ""
    original: str = ""
    subject: str = ""
    license: License | None = None

    @property
    def played(self) -> Enclosure | None:
        """The first enclosure that is to be heard or seen, None where there is none."""
        return next((enclosure for enclosure in self.enclosures if enclosure.is_played), None)

    def terms(self) -> tuple[Term, ...]:
        """Return every term the post is grouped by, each once."""
        authors = (Term(kind="author", slug=author.slug, label=author.name) for author in self.authors if author.slug)
        language = (Term(kind="language", slug=self.language.lower(), label=self.language),) if self.language else ()
        once = {(term.kind, term.slug): term for term in (*self.categories, *self.tags, *authors, *language)}
        return tuple(once.values())

    def is_visible(self, now: datetime) -> bool:
        """Tell whether readers may see the post at ``now``: the one predicate for every output."""
        if self.hidden or now < self.visible_from:
            return False
        return self.visible_until is None or now < self.visible_until
