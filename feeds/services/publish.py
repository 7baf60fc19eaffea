"""From the catalogue to what readers see: every stale document made anew, then swapped in at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Connection

from feeds.model.artefact import Condition, Redirect
from feeds.model.feed import ContentMode, Entry, Feed
from feeds.model.finding import Finding, Severity
from feeds.model.post import Post
from feeds.services.bodies import Bodies, Missing
from feeds.services.catalogue import Change
from feeds.services.making import FeedMade, FeedToMake, finding, make
from feeds.services.reading import Reading
from feeds.services.roster import roster
from feeds.services.working import Workers
from feeds.store import artefacts, bodies, findings, listings, posts, runs
from feeds.store.artefacts import Placement
from feeds.store.bodies import StoredBody
from feeds.store.database import Database
from feeds.store.listings import StoredListing
from feeds.store.runs import Standing
from feeds.syndication import opml
from feeds.syndication.addresses import document_url, self_url
from feeds.syndication.check import RULES, opml_problems
from feeds.syndication.derive import affected
from feeds.syndication.page import Listing, render_index

INDEX_PATH = "/"
OPML_PATH = "/feeds.opml"

#: The condition that stands while a document cannot be brought up to date.
BROKEN = "document-broken"

#: About how long it takes to make and check the documents of one feed, in seconds.
_MAKING = 0.04

#: How many feeds are made at a time.
_PORTION = 30

#: How many of its newest entries the list of feeds shows of each.
_LATEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publishing pass came to; ``waiting`` feeds show posts whose files are being written to."""

    standing: Standing
    feeds: int
    documents: int
    waiting: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Which feeds there are, which of them are to be made anew, which are no more."""

    before: Standing | None
    interpretation: str
    feeds: tuple[Feed, ...]
    stale: tuple[Feed, ...]
    gone: tuple[str, ...]
    known: Mapping[str, StoredListing]
    next_transition: datetime | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """One feed's documents, kept but not yet seen by anyone."""

    listing: StoredListing
    placements: tuple[Placement, ...]


class Publish:
    """Makes documents of a publication and puts them before readers."""

    def __init__(self, database: Database, reading: Reading) -> None:
        self._database = database
        self._publication = reading.publication
        self._site = reading.publication.site
        #: Other settings or other rules, and every document is made and judged again.
        self._presentation = f"{reading.publication.presentation}-{RULES}"
        self._bodies = Bodies(database, reading)

    def bring_up_to_date(self, now: datetime, workers: Workers, change: Change) -> Published:
        """Make every stale document and swap all of them in, in one transaction.

        ``change`` is what the catalogue learnt just before.
        A document that fails its own check is not swapped in: the last good
        one stays, and a condition says why.
        """
        plan = self._plan(now, change)
        if plan.before and not plan.stale and not plan.gone:
            return self._note_the_time(plan, plan.before, now)
        chosen = self._choose(plan.stale, now)
        missing = self._bodies.prepare((post for shown in chosen.values() for post in shown), workers)
        waiting = {
            feed.name for feed in plan.stale if any(str(post.path) in missing.moving for post in chosen[feed.name])
        }
        ready = [feed for feed in plan.stale if feed.name not in waiting]
        made: dict[str, _Made] = {}
        broken: dict[str, str] = {}
        doubts: dict[str, tuple[Finding, ...]] = {}
        for few in _some_at_a_time(ready):
            sound: list[FeedMade] = []
            pieces = [self._piece(feed, chosen[feed.name], missing) for feed in few]
            for result in workers.work(make, pieces, stage="Making feeds", cost=_MAKING):
                if result.faults:
                    doubts[result.feed.name] = result.doubts
                    broken[result.feed.name] = f"{result.feed.name}: {'; '.join(result.faults)}"
                else:
                    sound.append(result)
            made |= self._keep(sound)
        self._note(doubts)
        standing, documents = self._swap(plan, made, waiting, broken, now)
        return Published(standing=standing, feeds=len(plan.feeds), documents=documents, waiting=frozenset(waiting))

    def _plan(self, now: datetime, change: Change) -> _Plan:
        with self._database.reading() as connection:
            before = runs.standing(connection)
            stale = runs.stale(connection)
            known = listings.all_listings(connection)
            turned = posts.in_transition(connection, since=before.as_of, until=now) if before else []
            feeds, found = roster(connection, self._publication, now=now)
            next_transition = posts.next_transition(connection, now=now)
        stale |= affected(self._publication.definitions, turned)
        names = {feed.name for feed in feeds}
        if before is None or before.presentation != self._presentation or runs.EVERY_FEED in stale:
            stale = names
        stale |= names - known.keys()
        return _Plan(
            before=before,
            interpretation=self._publication.interpretation if change.seen else _earlier(before),
            feeds=feeds,
            stale=tuple(feed for feed in feeds if feed.name in stale),
            gone=tuple(sorted(known.keys() - names)),
            known=known,
            next_transition=next_transition,
            findings=found,
        )

    def _choose(self, feeds: Iterable[Feed], now: datetime) -> dict[str, list[Post]]:
        with self._database.reading() as connection:
            return {feed.name: posts.newest(connection, feed.selection, now=now, limit=feed.entries) for feed in feeds}

    def _piece(self, feed: Feed, shown: Sequence[Post], missing: Missing) -> FeedToMake:
        found = self._bodies.find(shown)
        entries = (_entry(feed, post, found[str(post.path)]) for post in shown if str(post.path) not in missing.broken)
        return FeedToMake(site=self._site, feed=feed, entries=tuple(entries))

    def _keep(self, some: Sequence[FeedMade]) -> dict[str, _Made]:
        """Keep the bytes of some feeds' documents, unseen by readers."""
        with self._database.writing() as connection:
            for made in some:
                paths = (str(finding.path) for finding in made.findings)
                findings.replace(connection, findings.RENDERING, paths, made.findings)
                findings.replace_all(connection, findings.of_feed(made.feed.name), made.doubts)
            return {made.feed.name: self._placed(connection, made) for made in some}

    def _note(self, doubts: Mapping[str, tuple[Finding, ...]]) -> None:
        """Say what is wrong with the documents that readers are not given."""
        if doubts:
            with self._database.writing() as connection:
                for name, found in doubts.items():
                    findings.replace_all(connection, findings.of_feed(name), found)

    def _placed(self, connection: Connection, made: FeedMade) -> _Made:
        placements = (
            Placement(
                path=made.feed.path(format),
                feed=made.feed.name,
                digest=artefacts.keep(connection, body),
                media_type=format.media_type,
                self_url=self_url(self._site, made.feed, format),
            )
            for format, body in made.bodies.items()
        )
        latest = tuple((e.post.title, e.post.url, e.post.published) for e in made.shown[:_LATEST])
        listing = StoredListing(name=made.feed.name, entries=len(made.shown), updated=made.updated, latest=latest)
        return _Made(listing=listing, placements=tuple(placements))

    def _swap(
        self, plan: _Plan, made: Mapping[str, _Made], waiting: set[str], broken: Mapping[str, str], now: datetime
    ) -> tuple[Standing, int]:
        shown = {**plan.known, **{name: each.listing for name, each in made.items()}}
        in_order = [(feed, shown[feed.name]) for feed in plan.feeds if feed.name in shown]
        placements = [placement for each in made.values() for placement in each.placements]
        outlines = opml.render(self._site, [feed for feed, _ in in_order])
        found = [finding(fault, PurePosixPath(OPML_PATH)) for fault in opml_problems(outlines)]
        faults = [str(each) for each in found if each.severity is Severity.ERROR]
        if faults:
            broken = {**broken, OPML_PATH: "; ".join(faults)}
        with self._database.writing() as connection:
            pages = [self._index(connection, in_order)]
            if not faults:
                pages.append(self._outlines(connection, outlines))
            placed = {placement.path for placement in placements}
            earlier = artefacts.published_paths(connection, [*made, *plan.gone])
            different = artefacts.swap(
                connection, [*placements, *pages], (path for path in earlier if path not in placed), now=now
            )
            artefacts.replace_redirects(connection, _redirects(feed for feed, _ in in_order))
            artefacts.sweep(connection)
            bodies.sweep(connection)
            listings.replace_listings(connection, (listing for _, listing in in_order))
            findings.replace_all(connection, findings.SITE, plan.findings)
            findings.replace_all(connection, findings.of_feed(OPML_PATH), found)
            for name in plan.gone:
                findings.replace_all(connection, findings.of_feed(name), ())
            runs.clear_stale(connection, but={*waiting, *broken})
            runs.clear_conditions(connection, [BROKEN])
            if broken:
                message = "; ".join(broken[name] for name in sorted(broken))
                runs.raise_condition(connection, Condition(code=BROKEN, message=message, since=now))
            standing = self._standing(plan, self._next_number(plan, different), now)
            runs.advance(connection, standing)
        return standing, different

    def _index(self, connection: Connection, shown: Sequence[tuple[Feed, StoredListing]]) -> Placement:
        body = render_index(self._site, [self._listing(feed, listing) for feed, listing in shown])
        digest = artefacts.keep(connection, body)
        return Placement(path=INDEX_PATH, feed="", digest=digest, media_type="text/html; charset=utf-8", self_url="")

    def _outlines(self, connection: Connection, body: bytes) -> Placement:
        return Placement(
            path=OPML_PATH,
            feed="",
            digest=artefacts.keep(connection, body),
            media_type="text/x-opml; charset=utf-8",
            self_url=document_url(self._site, OPML_PATH),
        )

    def _listing(self, feed: Feed, stored: StoredListing) -> Listing:
        return Listing(
            feed=feed,
            entries=stored.entries,
            updated=stored.updated,
            latest=stored.latest,
            urls={format: self_url(self._site, feed, format) for format in feed.formats},
        )

    def _note_the_time(self, plan: _Plan, before: Standing, now: datetime) -> Published:
        standing = self._standing(plan, before.number, now)
        with self._database.writing() as connection:
            runs.advance(connection, standing)
        return Published(standing=standing, feeds=len(plan.feeds), documents=0, waiting=frozenset())

    def _next_number(self, plan: _Plan, different: int) -> int:
        """Count on when readers will see anything differ: a document, or (with other settings) a redirect."""
        if plan.before is None:
            return 1
        same = not different and plan.before.presentation == self._presentation
        return plan.before.number + (0 if same else 1)

    def _standing(self, plan: _Plan, number: int, now: datetime) -> Standing:
        return Standing(
            number=number,
            as_of=now,
            refreshed=now,
            next_transition=plan.next_transition,
            interpretation=plan.interpretation,
            presentation=self._presentation,
        )


def _earlier(standing: Standing | None) -> str:
    """Return what posts were read with last: content that could not be read was not read by the new rules."""
    return standing.interpretation if standing else ""


def _some_at_a_time(feeds: Sequence[Feed]) -> Iterator[Sequence[Feed]]:
    """Yield the feeds in portions: what is handed to other processes has to fit into memory."""
    return (feeds[start : start + _PORTION] for start in range(0, len(feeds), _PORTION))


def _entry(feed: Feed, post: Post, body: StoredBody) -> Entry:
    html = body.html if feed.content is ContentMode.FULL else ""
    summary = post.summary or body.excerpt or post.title
    return Entry(post=post, html=html, summary=summary, updated=post.updated)


def _redirects(feeds: Iterable[Feed]) -> Iterator[Redirect]:
    """Yield the old paths of feeds; one that names a format leads to it, others to the first format."""
    for feed in feeds:
        for alias in feed.aliases:
            named = (format for format in feed.formats if format.value in alias.rstrip("/").rsplit("/", 1)[-1])
            yield Redirect(path=alias, target=feed.path(next(named, feed.formats[0])))
