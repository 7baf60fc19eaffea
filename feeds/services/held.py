"""The combinations of terms that are held: kept as fresh as any other feed until nobody asks for them any more."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from feeds.model.feed import Feed, FeedDefinition
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.store import combinations
from feeds.store.combinations import Held
from feeds.syndication.combine import Combination, combined_feed, read
from feeds.syndication.derive import name_of

#: A combination that nobody asked for so long is held no more.
DISUSED = timedelta(days=30)


def combinable(publication: Publication) -> tuple[FeedDefinition, ...]:
    """Return the definitions whose terms can be combined: one feed for each, here and now."""
    return tuple(d for d in publication.definitions if d.for_each and not d.moved_to and not d.retired)


def held_feeds(
    connection: Connection, publication: Publication, published: Sequence[Feed], *, now: datetime
) -> tuple[Feed, ...]:
    """Return the feed of every combination that is in use and whose terms all have feeds of their own."""
    labels = {feed.name: feed.term.label for feed in published if feed.term}
    feeds: dict[str, Feed] = {}
    for held, definition, combination in _readable(connection, publication):
        names = {slug: name_of(definition, slug) for slug in combination.terms}
        if held.asked + DISUSED > now and all(name in labels for name in names.values()):
            its_labels = {slug: labels[name] for slug, name in names.items()}
            feed = combined_feed(definition, publication.site, combination, its_labels)
            feeds.setdefault(feed.name, feed)
    taken = {feed.name for feed in published}
    return tuple(feed for feed in feeds.values() if feed.name not in taken)


def affected_combinations(connection: Connection, publication: Publication, changed: Iterable[Post]) -> set[str]:
    """Return the names of all combinations that may show one of ``changed``, or that name one of its terms."""
    terms = {(term.kind, term.slug) for post in changed for term in post.terms()}
    return {
        held.name
        for held, definition, combination in _readable(connection, publication)
        if not combination.groups or any((definition.for_each, slug) in terms for slug in combination.terms)
    }


def _readable(connection: Connection, publication: Publication) -> Iterator[tuple[Held, FeedDefinition, Combination]]:
    definitions = {definition.name: definition for definition in combinable(publication)}
    for held in combinations.all_held(connection):
        definition, combination = definitions.get(held.pattern), read(held.expression)
        if definition and combination:
            yield held, definition, combination
