"""Which feeds there are at a moment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.breach import breach
from feeds.model.feed import Feed, FeedDefinition, Selection
from feeds.model.mention import MEANING_OF_KIND, Mention
from feeds.model.post import Term
from feeds.model.publication import Publication
from feeds.store import categories, endings, listings, posts
from feeds.syndication.derive import Known, derive, narrowed
from feeds.syndication.farewell import LINGERS
from feeds.syndication.names import Clash, name_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Every feed of a publication, by what is at its addresses, each in the operator's order.

    ``published`` feeds have documents, ``moved`` ones are elsewhere, ``ended``
    ones are no more.  ``retired`` says since when feeds have been retired;
    ``next_end`` is the next instant at which one of the feeds gets its
    last entry, or ends.
    """

    published: tuple[Feed, ...]
    moved: tuple[Feed, ...]
    ended: tuple[Feed, ...]
    retired: Mapping[str, datetime]
    next_end: datetime | None
    findings: tuple[Mention, ...]


def roster(
    connection: Connection, publication: Publication, *, now: datetime
) -> tuple[tuple[Feed, ...], tuple[Mention, ...]]:
    """Return every published feed in the operator's order, and what is doubtful about their names."""
    whole = whole_roster(connection, publication, now=now)
    return whole.published, whole.findings


def whole_roster(connection: Connection, publication: Publication, *, now: datetime) -> Roster:
    """Return every feed of ``publication``.

    A feed of a ``for_each`` is one of a term that enough posts visible at
    ``now`` have, or that the site has a page for, or that was published before:
    its subscribers are not told that it is gone when it is only empty.
    """
    kinds = {definition.for_each for definition in publication.definitions if definition.for_each}
    counted = posts.term_counts(connection, kinds, now=now)
    terms, clashes = name_terms(counted)
    pages = categories.all_pages(connection)
    known = Known(
        now=now,
        counts={d.name: _counts(connection, d, counted, now) for d in publication.definitions if d.for_each},
        published={name: each.term for name, each in listings.all_listings(connection).items() if each.term},
        retired=endings.retired_since(connection),
    )
    feeds = derive(publication.definitions, publication.site, terms, pages, known)
    findings = tuple(_shared_slug(connection, clash, now) for clash in clashes)
    return _sorted(feeds, findings, now)


def _shared_slug(connection: Connection, clash: Clash, now: datetime) -> Mention:
    kind, slug = clash.used.kind, clash.used.slug
    its, others = (posts.with_term(connection, term, now=now) for term in (clash.used, clash.other))
    message = (
        f'"{clash.other.label}" here and "{clash.used.label}" in {its} are different names of a {kind} '
        f'with the same slug "{slug}": they share one feed.'
    )
    return Mention(finding=breach("slug-shared", others, message), meaning=MEANING_OF_KIND[kind])


def _sorted(feeds: Sequence[Feed], findings: tuple[Mention, ...], now: datetime) -> Roster:
    over = [feed for feed in feeds if feed.retired and feed.retired + LINGERS <= now]
    moved = [feed for feed in feeds if feed.moved_to and (not feed.retired or feed in over)]
    instants = (i for feed in feeds if feed.retired for i in (feed.retired, feed.retired + LINGERS) if i > now)
    return Roster(
        published=tuple(feed for feed in feeds if feed not in over and feed not in moved),
        moved=tuple(moved),
        ended=tuple(feed for feed in over if not feed.moved_to),
        retired={feed.name: feed.retired for feed in feeds if feed.retired and feed.retired <= now},
        next_end=min(instants, default=None),
        findings=findings,
    )


def _counts(
    connection: Connection, definition: FeedDefinition, counted: Sequence[tuple[Term, int]], now: datetime
) -> Mapping[str, int]:
    """Return how many visible posts the feed of each term has, by slug."""
    selection = narrowed(definition.selection, definition.for_each, ())
    if selection != Selection():
        counted = posts.term_counts(connection, [definition.for_each], now=now, selection=selection)
    counts: defaultdict[str, int] = defaultdict(int)
    for term, count in counted:
        if term.kind == definition.for_each:
            counts[term.slug] += count
    return counts
