"""What a publishing pass has to do: which feeds there are, which are stale, which are no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from feeds.model.feed import Feed
from feeds.model.mention import Mention
from feeds.model.publication import Publication
from feeds.services.archiving import EVER, NEVER_YET, Archiving
from feeds.services.catalogue import Change
from feeds.services.held import affected_combinations, held_feeds
from feeds.services.reading import Reading
from feeds.services.roster import Roster, whole_roster
from feeds.store import combinations, holds, listings, posts, runs
from feeds.store.database import Database
from feeds.store.listings import StoredListing
from feeds.store.runs import Standing
from feeds.syndication.check import RULES
from feeds.syndication.derive import affected


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """Which feeds there are, which of them are to be made anew, which are no more.

    No post of a stale feed that was published before ``since`` has changed.
    ``before`` is how far the last pass came; ``interpretation`` and
    ``presentation`` digest what this one works by.  ``held`` feeds wait for
    their operator.
    """

    before: Standing | None
    interpretation: str
    presentation: str
    roster: Roster
    feeds: tuple[Feed, ...]
    stale: tuple[Feed, ...]
    since: Mapping[str, datetime]
    gone: tuple[str, ...]
    disused: tuple[str, ...]
    known: Mapping[str, StoredListing]
    next_transition: datetime | None
    findings: tuple[Mention, ...]
    held: frozenset[str]

    @property
    def same_presentation(self) -> bool:
        """Whether the documents that are published were made with the settings of now."""
        return self.before is not None and self.before.presentation == self.presentation

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do but to note the time."""
        return self.same_presentation and not (self.stale or self.gone or self.disused)

    def was_made_from(self, name: str, digest: str) -> bool:
        """Tell whether the documents of a feed that are published were made from the very same.

        What is held is judged anew each time.
        """
        listing = self.known.get(name)
        if not self.same_presentation or name in self.held or listing is None:
            return False
        return listing.made and listing.made_from == digest

    def standing(self, now: datetime, *, differs: bool) -> Standing:
        """Return how far the pass has come at its end.

        The number counts on when readers see anything differ: a document, or
        (with other settings) a redirect.
        """
        last = self.before.number if self.before else 0
        return Standing(
            number=last if self.same_presentation and not differs else last + 1,
            as_of=now,
            refreshed=now,
            next_transition=self.next_transition,
            interpretation=self.interpretation,
            presentation=self.presentation,
        )


def presented_by(publication: Publication) -> str:
    """Return a digest of all that documents are made with and judged by: another one, and every one is made again."""
    return f"{publication.presentation}-{RULES}"


def agenda(database: Database, reading: Reading, archiving: Archiving, change: Change, now: datetime) -> Agenda:
    """Look what is to be done at ``now``; ``change`` is what the catalogue learnt just before."""
    publication = reading.publication
    with database.reading() as connection:
        before = runs.standing(connection)
        marks = runs.stale(connection)
        other_code = archiving.is_made_otherwise(connection)
        known = listings.all_listings(connection)
        turned = posts.in_transition(connection, since=before.as_of, until=now) if before else []
        there = whole_roster(connection, publication, now=now)
        next_transition = posts.next_transition(connection, now=now)
        combined = held_feeds(connection, publication, there.published, now=now)
        held = frozenset(holds.all_holds(connection))
        kept_combinations = {each.name for each in combinations.all_held(connection)}
        turned_combinations = affected_combinations(connection, publication, turned) if turned else set()
    feeds = (*there.published, *combined)
    names = {feed.name for feed in feeds}
    since = _since(marks, names)
    for post in turned:
        for name in affected(publication.definitions, [post]) | turned_combinations:
            since[name] = min(since.get(name, NEVER_YET), post.published)
    stale = set(since)
    if before is None or before.presentation != presented_by(publication) or other_code:
        stale = names
    elif before:
        stale |= {feed.name for feed in feeds if feed.retired and before.as_of < feed.retired <= now}
    stale |= names - {name for name, listing in known.items() if listing.made}
    return Agenda(
        before=before,
        presentation=presented_by(publication),
        interpretation=publication.interpretation if change.seen else _earlier(before),
        roster=there,
        feeds=feeds,
        stale=tuple(feed for feed in feeds if feed.name in stale),
        since=since,
        gone=tuple(sorted(known.keys() - names - _already_moved(known, there))),
        disused=tuple(sorted(kept_combinations - {feed.name for feed in combined})),
        known=known,
        next_transition=min(filter(None, (next_transition, there.next_end)), default=None),
        findings=there.findings,
        held=held,
    )


def _earlier(standing: Standing | None) -> str:
    """Return what posts were read with last: content that could not be read was not read by the new rules."""
    return standing.interpretation if standing else ""


def _since(marks: Mapping[str, datetime | None], names: Iterable[str]) -> dict[str, datetime]:
    """Return since when posts of each feed may have changed; a mark on every feed is one on each."""
    known = {name: EVER if since is None else since for name, since in marks.items()}
    everywhere = known.pop(runs.EVERY_FEED, None)
    if everywhere is not None:
        for name in names:
            known[name] = min(known.get(name, NEVER_YET), everywhere)
    return known


def _already_moved(known: Mapping[str, StoredListing], there: Roster) -> set[str]:
    """Return the moved feeds whose documents were taken away before."""
    return {feed.name for feed in there.moved if feed.name in known and not known[feed.name].made}
