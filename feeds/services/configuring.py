"""What is doubtful in the configuration of feeds, seen beside the posts there are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import Connection

from feeds.model.doubt import Doubt, KeyPath, doubt
from feeds.model.feed import Feed, FeedDefinition, Selection
from feeds.model.publication import Publication
from feeds.services.roster import roster
from feeds.store import posts, survey


def configured(connection: Connection, publication: Publication, *, now: datetime) -> Iterator[Doubt]:
    """Yield what is doubtful in the definitions of ``publication``, all of which the operator wrote."""
    feeds, _ = roster(connection, publication, now=now)
    known = _terms(connection)
    for place, definition in enumerate(publication.definitions):
        key: KeyPath = ("feed", place)
        yield from _unknown_terms(definition, key, known)
        yield from _empty(connection, definition, key, feeds, now)
    yield from _same(publication.definitions)
    yield from _one_title(publication, feeds)
    yield from _aliases(connection, publication, feeds)


def _terms(connection: Connection) -> Mapping[str, set[str]]:
    known: dict[str, set[str]] = {"category": set(), "tag": set(), "author": set(), "language": set()}
    for use in survey.term_uses(connection):
        known[use.term.kind].add(use.term.slug)
    return known


def _wanted(selection: Selection) -> Mapping[str, tuple[str, ...]]:
    return {
        "category": selection.categories,
        "tag": selection.tags,
        "author": selection.authors,
        "language": selection.languages,
    }


def _unknown_terms(definition: FeedDefinition, key: KeyPath, known: Mapping[str, set[str]]) -> Iterator[Doubt]:
    for kind, slugs in _wanted(definition.selection).items():
        for slug in slugs:
            if slug not in known[kind]:
                close = get_close_matches(slug, sorted(known[kind]), n=1)
                better = f' (did you mean "{close[0]}"?)' if close else ""
                message = f'the feed "{definition.name}" asks for the {kind} "{slug}", which no post has{better}'
                yield doubt("config-term-unknown", (*key, "where", kind), message)


def _empty(
    connection: Connection, definition: FeedDefinition, key: KeyPath, feeds: Sequence[Feed], now: datetime
) -> Iterator[Doubt]:
    if definition.for_each:
        begin = definition.name.partition("{")[0]
        if not any(feed.name.startswith(begin) for feed in feeds):
            message = f'there is no feed "{definition.name}": no post has a {definition.for_each}'
            yield doubt("config-feed-empty", key, message)
    elif not posts.newest(connection, definition.selection, now=now, limit=1):
        yield doubt("config-feed-empty", key, f'no post is in the feed "{definition.name}"')


def _same(definitions: Sequence[FeedDefinition]) -> Iterator[Doubt]:
    seen: dict[tuple[Selection, str], str] = {}
    for place, definition in enumerate(definitions):
        if definition.moved_to or definition.retired:
            continue  # It is there for those who have it still.
        what = (definition.selection, definition.for_each)
        if what in seen:
            message = f'the feed "{definition.name}" shows the same posts as "{seen[what]}"'
            yield doubt("config-feed-same", ("feed", place), message)
        seen.setdefault(what, definition.name)


def _one_title(publication: Publication, feeds: Sequence[Feed]) -> Iterator[Doubt]:
    counts = Counter(feed.title.casefold() for feed in feeds if not (feed.retired or feed.moved_to))
    for place, definition in enumerate(publication.definitions):
        if definition.for_each:
            if definition.title and f"{{{definition.for_each}}}" not in definition.title:
                message = f'all feeds "{definition.name}" have the title "{definition.title}"'
                yield doubt("config-title-same", ("feed", place, "title"), message)
            continue
        if definition.moved_to or definition.retired:
            continue
        feed = next((feed for feed in feeds if feed.name == definition.name), None)
        if feed and counts[feed.title.casefold()] > 1:
            message = f'the feed "{definition.name}" has the title of another one: "{feed.title}"'
            yield doubt("config-title-same", ("feed", place, "title"), message)


def _aliases(connection: Connection, publication: Publication, feeds: Sequence[Feed]) -> Iterator[Doubt]:
    owners: dict[str, str] = {}
    places = {name: place for place, definition in enumerate(publication.definitions) for name in definition.aliases}
    addresses = {publication.site.public_url + alias.rstrip("/"): alias for feed in feeds for alias in feed.aliases}
    taken = survey.posts_at(connection, [*addresses, *(f"{address}/" for address in addresses)])
    for feed in feeds:
        for alias in feed.aliases:
            key: KeyPath = ("feed", places[alias], "aliases") if alias in places else ("feed",)
            address = publication.site.public_url + alias.rstrip("/")
            path = taken.get(address) or taken.get(f"{address}/")
            if path:
                yield doubt("config-alias-taken", key, f'the alias "{alias}" of "{feed.name}" is the address of {path}')
            if alias in owners:
                message = f'the alias "{alias}" of "{feed.name}" leads to "{owners[alias]}" already'
                yield doubt("config-alias-taken", key, message)
            owners.setdefault(alias, feed.name)
