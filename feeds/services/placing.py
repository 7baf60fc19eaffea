"""Putting finished documents before readers: kept first, unseen, then swapped in at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Connection

from feeds.model.announcement import Announcement, Hold
from feeds.model.artefact import Condition
from feeds.model.feed import Feed
from feeds.model.finding import Severity
from feeds.services.agenda import Agenda
from feeds.services.archiving import Archiving, Laid, Layout
from feeds.services.guard import settle
from feeds.services.making import FeedMade, finding
from feeds.services.pinpoint import pinpoint
from feeds.services.reading import Reading
from feeds.store import (
    archive_documents,
    artefacts,
    bodies,
    combinations,
    endings,
    findings,
    listings,
    runs,
    tombstones,
    versions,
)
from feeds.store.artefacts import Placement
from feeds.store.database import Database
from feeds.store.listings import StoredListing
from feeds.store.runs import Standing
from feeds.syndication import opml
from feeds.syndication.addresses import document_url, self_url
from feeds.syndication.check import opml_problems
from feeds.syndication.delta import known_entries
from feeds.syndication.moves import redirects
from feeds.syndication.page import Listing, render_index
from feeds.syndication.select import NEVER

INDEX_PATH = "/"
OPML_PATH = "/feeds.opml"

#: The condition that stands while a document cannot be brought up to date.
BROKEN = "document-broken"

#: How many of its newest entries the list of feeds shows of each.
_LATEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Documents that readers may have, what they were made from, and the archives below them."""

    made: FeedMade
    made_from: str
    layout: Layout | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One feed's documents, kept but not yet seen by anyone, and its archives, if it has any."""

    listing: StoredListing
    placements: tuple[Placement, ...]
    told: tuple[Announcement, ...]
    archives: Laid | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Feeds whose last documents stay: some wait for files, some are broken, some would flood their readers.

    Of others they would be the same; ``archives`` are what those leave to archives now.
    """

    archives: Sequence[Laid]
    waiting: set[str]
    broken: Mapping[str, str]
    held: Mapping[str, Hold]


class Placing:
    """The way of one publication's documents to readers."""

    def __init__(self, database: Database, reading: Reading, archiving: Archiving) -> None:
        self._database = database
        self._reading = reading
        self._site = reading.publication.site
        self._archiving = archiving

    def are_all_sound(self) -> bool:
        """Tell whether the last pass could make every document; else those of others may have been found wanting."""
        with self._database.reading() as connection:
            return all(condition.code != BROKEN for condition in runs.standing_conditions(connection))

    def keep(self, some: Sequence[Sound]) -> dict[str, Made]:
        """Keep the bytes of some feeds' documents, unseen by readers."""
        with self._database.preparing() as connection:
            for made in (sound.made for sound in some):
                paths = (str(finding.path) for finding in made.findings)
                findings.replace(connection, findings.RENDERING, paths, made.findings)
                findings.replace_all(connection, findings.of_feed(made.feed.name), made.doubts)
            return {sound.made.feed.name: self._placed(connection, sound) for sound in some}

    def publish_alone(self, sound: Sound, now: datetime) -> None:
        """Publish the documents of one feed beside all others, unless some are published by now."""
        with self._database.writing() as connection:
            if not artefacts.published_paths(connection, [sound.made.feed.name]):
                placed = self._placed(connection, sound)
                artefacts.swap(connection, placed.placements, (), now=now)
                self._archiving.add(connection, placed.archives)

    def swap(
        self, plan: Agenda, made: Mapping[str, Made], kept: Kept, now: datetime, *, swept: Iterable[str] | None
    ) -> tuple[Standing, int]:
        """Publish what was made, withdraw what is gone, and remember how far the pass has come; count the documents.

        Bodies that nobody needs any more are dropped, of the files at the
        paths ``swept``: of every file, where that is None.
        """
        shown = {**plan.known, **{name: each.listing for name, each in made.items()}}
        in_order = [(feed, shown[feed.name]) for feed in plan.feeds if feed.name in shown]
        placements = [placement for each in made.values() for placement in each.placements]
        listed = [(feed, listing) for feed, listing in in_order if feed.listed]
        outlines = opml.render(self._site, [feed for feed, _ in listed])
        found = [finding(fault, PurePosixPath(OPML_PATH)) for fault in opml_problems(outlines)]
        faults = [str(each) for each in found if each.severity is Severity.ERROR]
        if faults:
            kept = replace(kept, broken={**kept.broken, OPML_PATH: "; ".join(faults)})
        of_site = [pinpoint(self._reading, mention) for mention in plan.findings]
        with self._database.writing() as connection:
            pages = [self._index(connection, listed)]
            if not faults:
                pages.append(self._outlines(connection, outlines))
            placed = {placement.path for placement in placements}
            earlier = artefacts.published_paths(connection, [*made, *plan.gone])
            gone = [path for path in earlier if path not in placed]
            # What only was there because somebody asked for it may come back: it has not ended.
            passing = set(artefacts.published_paths(connection, _combined(shown)))
            different = artefacts.swap(connection, [*placements, *pages], gone, now=now)
            laid = [*kept.archives, *(each.archives for each in made.values() if each.archives)]
            with_archives = {feed.name for feed in plan.feeds if feed.archives}
            other_archives = self._archiving.replace(connection, laid, with_archives)
            endings.remember(connection, (*(path for path in gone if path not in passing), *_paths(plan.roster.ended)))
            combinations.drop(connection, plan.disused)
            endings.replace_retired(connection, plan.roster.retired)
            versions.forget(connection, gone)
            tombstones.forget(connection, plan.gone)
            artefacts.replace_redirects(connection, redirects(self._site, (*plan.feeds, *plan.roster.moved)))
            if swept is None:
                artefacts.sweep(connection)
            bodies.sweep(connection, swept)
            moved = (_unmade(feed) for feed in plan.roster.moved)
            listings.replace_listings(connection, (*(listing for _, listing in in_order), *moved))
            findings.replace_all(connection, findings.SITE, of_site)
            findings.replace_all(connection, findings.of_feed(OPML_PATH), found)
            for name in plan.gone:
                findings.replace_all(connection, findings.of_feed(name), ())
            settle(connection, {name: each.told for name, each in made.items()}, kept.held, plan.gone, now)
            for name in (left := {*kept.waiting, *kept.broken}):
                runs.mark_stale(connection, [name], plan.since.get(name))
            runs.clear_stale(connection, but=left)
            if kept.broken:
                message = "; ".join(kept.broken[name] for name in sorted(kept.broken))
                runs.raise_condition(connection, Condition(code=BROKEN, message=message, since=now))
            else:
                runs.clear_conditions(connection, [BROKEN])
            # The archives of a held feed stay as they were laid out; nothing that is hidden since may be left in them.
            archive_documents.forget(connection, kept.held)
            differs = different > 0 or other_archives or bool(kept.held)
            standing = plan.standing(now, differs=differs)
            runs.advance(connection, standing)
        return standing, different

    def note_the_time(self, plan: Agenda, now: datetime) -> Standing:
        """Remember that there was nothing to do."""
        standing = plan.standing(now, differs=False)
        with self._database.preparing() as connection:
            self._archiving.remember(connection)
            runs.advance(connection, standing)
        return standing

    def _placed(self, connection: Connection, sound: Sound) -> Made:
        made = sound.made
        if self._reading.publication.delta:
            for format, body in made.bodies.items():
                versions.remember(connection, made.feed.path(format), body, known_entries(body, format))
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
            made_from=sound.made_from,
        )
        laid = sound.layout.below([entry.post.id for entry in made.shown]) if sound.layout else None
        return Made(listing=listing, placements=tuple(placements), told=made.told, archives=laid)

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


def _paths(feeds: Iterable[Feed]) -> Iterator[str]:
    return (feed.path(format) for feed in feeds for format in feed.formats)


def _combined(listed: Mapping[str, StoredListing]) -> list[str]:
    return [name for name, listing in listed.items() if listing.combined]


def _unmade(feed: Feed) -> StoredListing:
    """Return the listing of a feed that has no documents here: its name and term are remembered."""
    return StoredListing(name=feed.name, entries=0, updated=NEVER, latest=(), term=feed.term, made=False)
