"""From the catalogue to what readers see: every stale document made anew, then swapped in at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from sqlalchemy import Connection

from feeds.errors import RenderingError
from feeds.model.announcement import Announcement, Hold
from feeds.model.artefact import Condition
from feeds.model.feed import ContentMode, Entry, Feed, Tombstone
from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.services.archiving import EVER, NEVER_YET, Archiving, Laid, Layout
from feeds.services.bodies import Bodies, Missing
from feeds.services.burial import bury
from feeds.services.catalogue import Change
from feeds.services.guard import judge, known_to_subscribers, settle, shows_what_is_gone, told
from feeds.services.held import affected_combinations, held_feeds
from feeds.services.making import FeedMade, FeedToMake, make
from feeds.services.reading import Reading
from feeds.services.roster import Roster, whole_roster
from feeds.services.working import Workers, quietly
from feeds.store import artefacts, bodies, combinations, endings, findings, holds, listings, posts, runs, tombstones
from feeds.store.artefacts import Placement
from feeds.store.bodies import StoredBody
from feeds.store.database import Database
from feeds.store.listings import StoredListing
from feeds.store.runs import Standing
from feeds.syndication import opml
from feeds.syndication.addresses import document_url, self_url
from feeds.syndication.derive import affected
from feeds.syndication.farewell import farewell
from feeds.syndication.moves import redirects
from feeds.syndication.page import Listing, render_index
from feeds.syndication.select import NEVER

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
    """Which feeds there are, which of them are to be made anew, which are no more.

    No post of a stale feed that was published before ``since`` has changed.
    """

    before: Standing | None
    interpretation: str
    roster: Roster
    feeds: tuple[Feed, ...]
    stale: tuple[Feed, ...]
    since: Mapping[str, datetime]
    gone: tuple[str, ...]
    disused: tuple[str, ...]
    known: Mapping[str, StoredListing]
    next_transition: datetime | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """One feed's documents, kept but not yet seen by anyone, and its archives, if it has any."""

    listing: StoredListing
    placements: tuple[Placement, ...]
    told: tuple[Announcement, ...]
    archives: Laid | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Feeds whose last good documents stay: some wait for files, some are broken, some would flood their readers."""

    waiting: set[str]
    broken: Mapping[str, str]
    held: Mapping[str, Hold]


class Publish:
    """Makes documents of a publication and puts them before readers."""

    def __init__(self, database: Database, reading: Reading) -> None:
        self._database = database
        self._publication = reading.publication
        self._site = reading.publication.site
        self._bodies = Bodies(database, reading)
        self._archiving = Archiving(reading)

    def bring_up_to_date(self, now: datetime, workers: Workers, change: Change) -> Published:
        """Make every stale document and swap all of them in, in one transaction.

        ``change`` is what the catalogue learnt just before.
        A document that fails its own check is not swapped in: the last good
        one stays, and a condition says why.
        """
        self._bury(now)
        plan = self._plan(now, change)
        if plan.before and not (plan.stale or plan.gone or plan.disused) and self._is_presented(plan.before):
            return self._note_the_time(plan, plan.before, now)
        chosen = self._choose(plan.stale, now)
        missing = self._bodies.prepare((post for shown in chosen.values() for post in shown), workers)
        waiting = {
            feed.name for feed in plan.stale if any(str(post.path) in missing.moving for post in chosen[feed.name])
        }
        ready = [feed for feed in plan.stale if feed.name not in waiting]
        made: dict[str, _Made] = {}
        broken: dict[str, str] = {}
        held: dict[str, Hold] = {}
        for few in _some_at_a_time(ready):
            sound: list[FeedMade] = []
            layouts = self._lay_out(few, chosen, plan.since, now)
            pieces = [self._piece(feed, chosen[feed.name], missing, layouts.get(feed.name), now) for feed in few]
            results = workers.work(make, pieces, stage="Making feeds", cost=_MAKING)
            for piece, result in zip(pieces, results, strict=True):
                if result.faults:
                    broken[result.feed.name] = f"{result.feed.name}: {'; '.join(result.faults)}"
                elif hold := self._hold(result, now):
                    held[result.feed.name] = hold
                    sound.extend(self._without_what_is_gone(piece, now))
                else:
                    sound.append(result)
            made |= self._keep(sound, layouts)
        standing, documents = self._swap(plan, made, _Kept(waiting=waiting, broken=broken, held=held), now)
        return Published(
            standing=standing, feeds=len(plan.roster.published), documents=documents, waiting=frozenset(waiting)
        )

    def publish_first(self, feed: Feed, now: datetime) -> None:
        """Make and publish the documents of one feed that nobody asked for before, unless they are published by now.

        They show what the others show at this moment.  Everything is done in
        this process; raises `RenderingError` when the documents fail their check.
        """
        with self._database.reading() as connection:
            standing = runs.standing(connection)
        as_of = standing.as_of if standing else now
        shown = self._choose([feed], as_of)[feed.name]
        layout = self._lay_out([feed], {feed.name: shown}, {feed.name: EVER}, as_of).get(feed.name)
        with Workers(quietly, worth=inf) as workers:
            missing = self._bodies.prepare(shown, workers)
        # The next refresh looks again at what is being written to at this moment.
        missing = replace(missing, broken=missing.broken | missing.moving)
        made = make(self._piece(feed, shown, missing, layout, as_of))
        if made.faults:
            raise RenderingError(feed.name, made.faults)
        with self._database.writing() as connection:
            if not artefacts.published_paths(connection, [feed.name]):
                placed = self._placed(connection, made, layout)
                artefacts.swap(connection, placed.placements, (), now=now)
                self._archiving.add(connection, placed.archives)

    def _bury(self, now: datetime) -> None:
        """Set tombstones for the posts that expired since the last pass, and take away those of posts that are back."""
        if not any(definition.tombstones for definition in self._publication.definitions):
            return
        with self._database.writing() as connection:
            before = runs.standing(connection)
            turned = posts.in_transition(connection, since=before.as_of, until=now) if before else []
            bury(connection, self._publication.definitions, turned, now=now)
            tombstones.settle(connection, now=now)

    def _plan(self, now: datetime, change: Change) -> _Plan:
        with self._database.reading() as connection:
            before = runs.standing(connection)
            marks = runs.stale(connection)
            other_code = self._archiving.is_made_otherwise(connection)
            known = listings.all_listings(connection)
            turned = posts.in_transition(connection, since=before.as_of, until=now) if before else []
            there = whole_roster(connection, self._publication, now=now)
            next_transition = posts.next_transition(connection, now=now)
            combined = held_feeds(connection, self._publication, there.published, now=now)
            kept_combinations = {each.name for each in combinations.all_held(connection)}
            turned_combinations = affected_combinations(connection, self._publication, turned) if turned else set()
        feeds = (*there.published, *combined)
        names = {feed.name for feed in feeds}
        since = _since(marks, names)
        for post in turned:
            for name in affected(self._publication.definitions, [post]) | turned_combinations:
                since[name] = min(since.get(name, NEVER_YET), post.published)
        stale = set(since)
        if before is None or not self._is_presented(before) or other_code:
            stale = names
        elif before:
            stale |= {feed.name for feed in feeds if feed.retired and before.as_of < feed.retired <= now}
        stale |= names - {name for name, listing in known.items() if listing.made}
        return _Plan(
            before=before,
            interpretation=self._publication.interpretation if change.seen else _earlier(before),
            roster=there,
            feeds=feeds,
            stale=tuple(feed for feed in feeds if feed.name in stale),
            since=since,
            gone=tuple(sorted(known.keys() - names - _already_moved(known, there))),
            disused=tuple(sorted(kept_combinations - {feed.name for feed in combined})),
            known=known,
            next_transition=min(filter(None, (next_transition, there.next_end)), default=None),
            findings=there.findings,
        )

    def _is_presented(self, standing: Standing) -> bool:
        """Tell whether documents were made with the settings of now."""
        return standing.presentation == self._publication.presentation

    def _choose(self, feeds: Iterable[Feed], now: datetime) -> dict[str, list[Post]]:
        with self._database.reading() as connection:
            return {feed.name: posts.newest(connection, feed.selection, now=now, limit=feed.entries) for feed in feeds}

    def _lay_out(
        self,
        feeds: Iterable[Feed],
        chosen: Mapping[str, Sequence[Post]],
        since: Mapping[str, datetime],
        now: datetime,
    ) -> dict[str, Layout]:
        with self._database.reading() as connection:
            held = holds.all_holds(connection)
            return {
                feed.name: self._archiving.lay_out(
                    connection,
                    feed,
                    chosen[feed.name],
                    # What changed while a feed was held is not remembered.
                    since=EVER if feed.name in held else since.get(feed.name, NEVER_YET),
                    now=now,
                )
                for feed in feeds
                if feed.archives
            }

    def _piece(
        self, feed: Feed, shown: Sequence[Post], missing: Missing, layout: Layout | None, now: datetime
    ) -> FeedToMake:
        found = self._bodies.find(shown)
        entries = [_entry(feed, post, found[str(post.path)]) for post in shown if str(post.path) not in missing.broken]
        last = farewell(feed, self._site, now=now)
        return FeedToMake(
            site=self._site,
            feed=feed,
            entries=(*entries, last) if last else tuple(entries),
            backlog=layout.backlog if layout else None,
            tombstones=self._tombstones(feed),
        )

    def _tombstones(self, feed: Feed) -> tuple[Tombstone, ...]:
        if not feed.tombstones:
            return ()
        with self._database.reading() as connection:
            return tombstones.newest(connection, feed.name)

    def _hold(self, result: FeedMade, now: datetime) -> Hold | None:
        with self._database.reading() as connection:
            return judge(connection, result.feed, told(result.shown), now)

    def _without_what_is_gone(self, piece: FeedToMake, now: datetime) -> Iterator[FeedMade]:
        """Yield, for a held feed that shows what nobody may see any more, its documents without that, and no more."""
        with self._database.reading() as connection:
            if not shows_what_is_gone(connection, piece.feed.name, now):
                return
            known = known_to_subscribers(connection, piece.feed.name, piece.entries)
        made = make(replace(piece, entries=known))
        if not made.faults:
            yield made

    def _keep(self, some: Sequence[FeedMade], layouts: Mapping[str, Layout]) -> dict[str, _Made]:
        """Keep the bytes of some feeds' documents, unseen by readers."""
        with self._database.writing() as connection:
            for made in some:
                paths = (str(finding.path) for finding in made.findings)
                findings.replace(connection, findings.RENDERING, paths, made.findings)
            return {made.feed.name: self._placed(connection, made, layouts.get(made.feed.name)) for made in some}

    def _placed(self, connection: Connection, made: FeedMade, layout: Layout | None) -> _Made:
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
        listing = StoredListing(
            name=made.feed.name,
            entries=len(made.shown),
            updated=made.updated,
            latest=latest,
            term=made.feed.term,
            combined=made.feed.combined,
        )
        laid = layout.below(made.shown) if layout else None
        return _Made(listing=listing, placements=tuple(placements), told=told(made.shown), archives=laid)

    def _swap(self, plan: _Plan, made: Mapping[str, _Made], kept: _Kept, now: datetime) -> tuple[Standing, int]:
        shown = {**plan.known, **{name: each.listing for name, each in made.items()}}
        in_order = [(feed, shown[feed.name]) for feed in plan.feeds if feed.name in shown]
        placements = [placement for each in made.values() for placement in each.placements]
        with self._database.writing() as connection:
            pages = list(self._pages(in_order, lambda body: artefacts.keep(connection, body)))
            placed = {placement.path for placement in placements}
            earlier = artefacts.published_paths(connection, [*made, *plan.gone])
            gone = [path for path in earlier if path not in placed]
            # What only was there because somebody asked for it may come back: it has not ended.
            passing = set(artefacts.published_paths(connection, _combined(shown)))
            different = artefacts.swap(connection, [*placements, *pages], gone, now=now)
            laid = [each.archives for each in made.values() if each.archives]
            with_archives = {feed.name for feed in plan.feeds if feed.archives}
            other_archives = self._archiving.replace(connection, laid, with_archives)
            endings.remember(connection, (*(path for path in gone if path not in passing), *_paths(plan.roster.ended)))
            combinations.drop(connection, plan.disused)
            endings.replace_retired(connection, plan.roster.retired)
            tombstones.forget(connection, plan.gone)
            artefacts.replace_redirects(connection, redirects(self._site, (*plan.feeds, *plan.roster.moved)))
            artefacts.sweep(connection)
            bodies.sweep(connection)
            moved = (_unmade(feed) for feed in plan.roster.moved)
            listings.replace_listings(connection, (*(listing for _, listing in in_order), *moved))
            findings.replace_all(connection, findings.SITE, plan.findings)
            settle(connection, {name: each.told for name, each in made.items()}, kept.held, plan.gone, now)
            for name in (left := {*kept.waiting, *kept.broken}):
                runs.mark_stale(connection, [name], plan.since.get(name))
            runs.clear_stale(connection, but=left)
            runs.clear_conditions(connection, [BROKEN])
            if kept.broken:
                message = "; ".join(kept.broken[name] for name in sorted(kept.broken))
                runs.raise_condition(connection, Condition(code=BROKEN, message=message, since=now))
            differs = different > 0 or other_archives
            standing = self._standing(plan, self._next_number(plan, differs=differs), now)
            runs.advance(connection, standing)
        return standing, different

    def _pages(self, shown: Sequence[tuple[Feed, StoredListing]], keep: Callable[[bytes], str]) -> Iterator[Placement]:
        shown = [(feed, listing) for feed, listing in shown if feed.listed]
        index = render_index(self._site, [self._listing(feed, listing) for feed, listing in shown])
        yield Placement(
            path=INDEX_PATH, feed="", digest=keep(index), media_type="text/html; charset=utf-8", self_url=""
        )
        yield Placement(
            path=OPML_PATH,
            feed="",
            digest=keep(opml.render(self._site, [feed for feed, _ in shown])),
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
            self._archiving.remember(connection)
            runs.advance(connection, standing)
        return Published(standing=standing, feeds=len(plan.roster.published), documents=0, waiting=frozenset())

    def _next_number(self, plan: _Plan, *, differs: bool) -> int:
        """Count on when readers will see anything differ: a document, or (with other settings) a redirect."""
        if plan.before is None:
            return 1
        same = not differs and self._is_presented(plan.before)
        return plan.before.number + (0 if same else 1)

    def _standing(self, plan: _Plan, number: int, now: datetime) -> Standing:
        return Standing(
            number=number,
            as_of=now,
            refreshed=now,
            next_transition=plan.next_transition,
            interpretation=plan.interpretation,
            presentation=self._publication.presentation,
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


def _some_at_a_time(feeds: Sequence[Feed]) -> Iterator[Sequence[Feed]]:
    """Yield the feeds in portions: what is handed to other processes has to fit into memory."""
    return (feeds[start : start + _PORTION] for start in range(0, len(feeds), _PORTION))


def _entry(feed: Feed, post: Post, body: StoredBody) -> Entry:
    html = body.html if feed.content is ContentMode.FULL else ""
    summary = post.summary or body.excerpt or post.title
    return Entry(post=post, html=html, summary=summary, updated=post.updated)


def _paths(feeds: Iterable[Feed]) -> Iterator[str]:
    return (feed.path(format) for feed in feeds for format in feed.formats)


def _combined(listed: Mapping[str, StoredListing]) -> list[str]:
    return [name for name, listing in listed.items() if listing.combined]


def _already_moved(known: Mapping[str, StoredListing], there: Roster) -> set[str]:
    """Return the moved feeds whose documents were taken away before."""
    return {feed.name for feed in there.moved if feed.name in known and not known[feed.name].made}


def _unmade(feed: Feed) -> StoredListing:
    """Return the listing of a feed that has no documents here: its name and term are remembered."""
    return StoredListing(name=feed.name, entries=0, updated=NEVER, latest=(), term=feed.term, made=False)
