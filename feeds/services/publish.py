"""From the catalogue to what readers see: every stale document made anew, then swapped in at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from feeds.errors import RenderingError
from feeds.model.announcement import Hold
from feeds.model.feed import Feed
from feeds.model.finding import Finding
from feeds.services.agenda import agenda
from feeds.services.archiving import EVER, Archiving, Laid, Layout
from feeds.services.bodies import Bodies
from feeds.services.burial import bury
from feeds.services.catalogue import Change
from feeds.services.choosing import Choosing
from feeds.services.guard import has_no_good_version, judge, known_to_subscribers
from feeds.services.making import FeedMade, FeedToMake, make
from feeds.services.placing import Kept, Made, Placing, Sound
from feeds.services.reading import Reading
from feeds.services.working import Workers, quietly
from feeds.store import announcements, findings, posts, runs, tombstones
from feeds.store.database import Database
from feeds.store.runs import Standing

#: About how long it takes to make and check the documents of one feed, in seconds.
_MAKING = 0.04

#: How many feeds are made at a time.
_PORTION = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publishing pass came to; ``waiting`` feeds show posts whose files are being written to."""

    standing: Standing
    feeds: int
    documents: int
    waiting: frozenset[str]


class Publish:
    """Makes documents of a publication and puts them before readers."""

    def __init__(self, database: Database, reading: Reading) -> None:
        self._database = database
        self._reading = reading
        self._bodies = Bodies(database, reading)
        self._archiving = Archiving(reading)
        self._choosing = Choosing(database, reading, self._bodies, self._archiving)
        self._placing = Placing(database, reading, self._archiving)

    def bring_up_to_date(self, now: datetime, workers: Workers, change: Change) -> Published:
        """Make every stale document and swap all of them in, in one transaction.

        ``change`` is what the catalogue learnt just before.
        A document that fails its own check is not swapped in: the last good
        one stays, and a condition says why.
        """
        self._bury(now)
        plan = agenda(self._database, self._reading, self._archiving, change, now)
        if plan.is_empty:
            standing = self._placing.note_the_time(plan, now)
            return Published(standing=standing, feeds=len(plan.roster.published), documents=0, waiting=frozenset())
        chosen = self._choosing.choose(plan.stale, now)
        missing = self._bodies.prepare((post for shown in chosen.values() for post in shown), workers)
        waiting = {
            feed.name for feed in plan.stale if any(str(post.path) in missing.moving for post in chosen[feed.name])
        }
        ready = [feed for feed in plan.stale if feed.name not in waiting]
        all_sound = self._placing.are_all_sound()
        made: dict[str, Made] = {}
        same: list[Laid] = []
        broken: dict[str, str] = {}
        doubts: dict[str, tuple[Finding, ...]] = {}
        held: dict[str, Hold] = {}
        for few in _some_at_a_time(ready):
            sound: list[Sound] = []
            layouts = self._choosing.lay_out(few, chosen, plan.since, now, workers.tell)
            pieces = [
                self._choosing.piece(feed, chosen[feed.name], missing, layouts.get(feed.name), now) for feed in few
            ]
            digests = {piece.feed.name: piece.digest for piece in pieces}
            unchanged = {name for name, digest in digests.items() if all_sound and plan.was_made_from(name, digest)}
            same += self._laid(unchanged, layouts)
            pieces = [piece for piece in pieces if piece.feed.name not in unchanged]
            results = workers.work(make, pieces, stage="Making feeds", cost=_MAKING)
            for piece, result in zip(pieces, results, strict=True):
                if result.faults:
                    doubts[result.feed.name] = result.doubts
                    broken[result.feed.name] = f"{result.feed.name}: {'; '.join(result.faults)}"
                    continue
                layout = layouts.get(result.feed.name)
                if hold := self._hold(result, now):
                    held[result.feed.name] = hold
                    sound.extend(self._with_what_is_known(piece, layout, now))
                else:
                    made_from = digests[result.feed.name]
                    sound.append(Sound(made=result, made_from=made_from, layout=layout))
            made |= self._placing.keep(sound)
        self._note(doubts)
        kept = Kept(archives=same, waiting=waiting, broken=broken, held=held)
        swept = None if change.whole else missing.made.union(change.vanished)
        standing, documents = self._placing.swap(plan, made, kept, now, swept=swept)
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
        shown = self._choosing.choose([feed], as_of)[feed.name]
        layout = self._choosing.lay_out([feed], {feed.name: shown}, {feed.name: EVER}, as_of).get(feed.name)
        with Workers(quietly, worth=inf) as workers:
            missing = self._bodies.prepare(shown, workers)
        # The next refresh looks again at what is being written to at this moment.
        missing = replace(missing, broken=missing.broken | missing.moving)
        piece = self._choosing.piece(feed, shown, missing, layout, as_of)
        made = make(piece)
        if made.faults:
            raise RenderingError(feed.name, made.faults)
        self._placing.publish_alone(Sound(made=made, made_from=piece.digest, layout=layout), now)

    def _bury(self, now: datetime) -> None:
        """Set tombstones for the posts that expired since the last pass, and take away those of posts that are back."""
        if not any(definition.tombstones for definition in self._reading.publication.definitions):
            return
        with self._database.writing() as connection:
            before = runs.standing(connection)
            turned = posts.in_transition(connection, since=before.as_of, until=now) if before else []
            bury(connection, self._reading.publication.definitions, turned, now=now)
            tombstones.settle(connection, now=now)

    def _note(self, doubts: Mapping[str, tuple[Finding, ...]]) -> None:
        """Say what is wrong with the documents that readers are not given."""
        if doubts:
            with self._database.writing() as connection:
                for name, found in doubts.items():
                    findings.replace_all(connection, findings.of_feed(name), found)

    def _laid(self, names: Iterable[str], layouts: Mapping[str, Layout]) -> list[Laid]:
        """Return the archives of feeds whose documents show what they showed."""
        with self._database.reading() as connection:
            shown = {name: announcements.shown(connection, name) for name in sorted(names) if name in layouts}
        return [layouts[name].below([entry.id for entry in entries]) for name, entries in shown.items()]

    def _hold(self, result: FeedMade, now: datetime) -> Hold | None:
        with self._database.reading() as connection:
            return judge(connection, result.feed, result.told, now)

    def _with_what_is_known(self, piece: FeedToMake, layout: Layout | None, now: datetime) -> Iterator[Sound]:
        """Yield, for a held feed whose last good documents cannot stay, those of what its subscribers know."""
        with self._database.reading() as connection:
            if not has_no_good_version(connection, piece.feed, now):
                return
            known = known_to_subscribers(connection, piece.feed, piece.entries)
        piece = replace(piece, entries=known)
        made = make(piece)
        if not made.faults:
            yield Sound(made=made, made_from=piece.digest, layout=layout)


def _some_at_a_time(feeds: Sequence[Feed]) -> Iterator[Sequence[Feed]]:
    """Yield the feeds in portions: what is handed to other processes has to fit into memory."""
    return (feeds[start : start + _PORTION] for start in range(0, len(feeds), _PORTION))
