"""A year of a publication's life on a clock of its own, and readers that must never be disappointed.

Authors publish, edit, move and delete, the operator changes the configuration
and loses the database, and subscribers poll whenever they like; what is true
is kept by the simulation itself.  The same seed gives the same year.
"""

import heapq
import itertools
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from feeds.errors import NotPublished
from feeds.model.report import Report
from feeds.services.guard import HELD, release
from newsroom import Newsroom, a_year_publication
from subscriber import Subscriber
from walking import Reader
from workbench import Workbench

_START = datetime(2025, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@dataclass(kw_only=True)
class Outcome:
    """What came of a year."""

    subscribers: list[Subscriber]
    deeds: Counter[str] = field(default_factory=Counter)
    refreshes: list[float] = field(default_factory=list)
    posts: int = 0

    @property
    def breaches(self) -> list[tuple[str, str]]:
        return [breach for subscriber in self.subscribers for breach in subscriber.breaches]


class Year:
    """One year, from its first second; ``days`` may make it shorter."""

    def __init__(self, folder: Path, seed: int, *, days: int = 365, deeds_a_day: float = 12) -> None:
        self._folder = folder
        self._random = Random(seed)
        self._days = days
        self._pace = deeds_a_day
        self._bench = Workbench(folder, a_year_publication())
        self._newsroom = Newsroom(self._bench, self._random)
        self._reader = Reader(self._bench)
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._count = itertools.count()
        self._due: datetime | None = None
        self._held = False
        self._end = _START + timedelta(days=days)
        self._snipers = [Subscriber(feed="all", format=format, every=0) for format in ("rss", "atom", "json")]
        self._outcome = Outcome(subscribers=[*self._snipers, *self._subscribers()])

    def run(self, progress: Callable[[datetime, Outcome], None] = lambda _now, _outcome: None) -> Outcome:
        """Live through it all."""
        self._found(_START)
        self._at(self._next(_START, 24 / self._pace), self._deed)
        self._at(self._next(_START, 6), self._look)
        self._at(self._next(_START, self._days * 8), self._lose_the_database)
        for subscriber in self._outcome.subscribers:
            if subscriber.every:
                self._at(max(subscriber.since, _START), self._poller(subscriber))
        while self._events and self._events[0][0] < self._end:
            now, _, event = heapq.heappop(self._events)
            while self._due and self._due <= now:
                self._refresh(self._due)
            event(now)
            progress(now, self._outcome)
        self._outcome.posts = len(self._newsroom.pieces)
        self._bench.close()
        return self._outcome

    def _subscribers(self) -> list[Subscriber]:
        def late() -> datetime:
            return _START + timedelta(days=self._random.uniform(0.2, 0.8) * self._days)

        return [
            Subscriber(feed="all", format="rss", every=1),
            Subscriber(feed="all", format="atom", every=5),
            Subscriber(feed="all", format="json", every=30),
            Subscriber(feed="all", format="atom", every=170),
            Subscriber(feed="category/tv", format="rss", every=9),
            Subscriber(feed="category/radio", format="json", every=20),
            Subscriber(feed="category/world", format="atom", every=3, since=late()),
            Subscriber(feed="category/rail", format="rss", every=50, since=late()),
            Subscriber(feed="all", format="json", every=60, walks=True),
            Subscriber(feed="all", format="atom", every=200, walks=True, since=late()),
            Subscriber(feed="category/tv", format="rss", every=90, walks=True, since=late()),
        ]

    # Events

    def _at(self, moment: datetime, event: Callable[[datetime], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._count), event))

    def _next(self, now: datetime, hours: float) -> datetime:
        return now + timedelta(seconds=1 + int(self._random.expovariate(1 / (hours * 3600))))

    def _found(self, now: datetime) -> None:
        for _ in range(12):
            self._newsroom.backdate(now)
        self._refresh(now)

    def _deed(self, now: datetime) -> None:
        deeds = self._newsroom.deeds()
        for _ in range(self._random.choice((1, 1, 1, 2, 4))):
            (deed,) = self._random.choices(list(deeds), list(deeds.values()))
            deed(now)
            self._outcome.deeds[deed.__name__] += 1
        self._refresh(now, touched=self._random.random() < 0.5)
        self._watch_closely()
        self._at(self._next(now, 24 / self._pace), self._deed)

    def _look(self, now: datetime) -> None:
        """Scan for changes though nothing is known to have happened, as the engine does now and then."""
        self._refresh(now)
        self._at(self._next(now, 6), self._look)

    def _watch_closely(self) -> None:
        """Poll one second before the next transition, and at it."""
        if self._due and self._due < self._end:
            sniper = self._random.choice(self._snipers)
            for moment in (self._due - _SECOND, self._due):
                self._at(moment, lambda now: self._poll(sniper, now))

    def _poller(self, subscriber: Subscriber) -> Callable[[datetime], None]:
        def poll(now: datetime) -> None:
            self._poll(subscriber, now)
            self._at(self._next(now, subscriber.every), poll)

        return poll

    def _poll(self, subscriber: Subscriber, now: datetime) -> None:
        self._reader.now = now
        window = None if self._held else self._newsroom.length
        try:
            subscriber.poll(self._reader.get, self._newsroom.pieces, now, window=window)
        except NotPublished:
            return

    def _lose_the_database(self, now: datetime) -> None:
        """Throw the state away; ids of posts that were moved since cannot be the same."""
        self._newsroom.mend(now)
        self._bench.close()
        shutil.rmtree(self._bench.state)
        self._bench = self._newsroom.bench = Workbench(self._folder, self._bench.publication)
        self._reader = Reader(self._bench)
        self._held = False
        for piece in self._newsroom.pieces.values():
            piece.excuses += 1
            piece.in_ledger = False
        self._refresh(now)
        self._outcome.deeds["lose_the_database"] += 1
        self._at(self._next(now, self._days * 8), self._lose_the_database)

    # The service

    def _refresh(self, now: datetime, *, touched: bool = False) -> Report:
        paths = sorted(self._newsroom.touched) if touched else []
        self._newsroom.touched.clear()
        started = time.perf_counter()
        report = self._bench.refresh(now, *paths)
        self._outcome.refreshes.append(time.perf_counter() - started)
        self._due = report.next_transition
        self._enter_into_the_ledger()
        held = any(condition.code == HELD for condition in report.conditions)
        if held and not self._held:
            undo, self._newsroom.undo = self._newsroom.undo, None
            self._at(self._next(now, 24), lambda later: self._decide(later, undo))
        self._held = held
        return report

    def _decide(self, now: datetime, undo: Callable[[], None] | None) -> None:
        """Undo what made feeds be held, or release them."""
        if undo and self._random.random() < 0.5:
            undo()
            self._refresh(now)
            self._outcome.deeds["undo"] += 1
        if self._held:
            release(self._bench.database, [])
            self._refresh(now)
            self._outcome.deeds["release"] += 1

    def _enter_into_the_ledger(self) -> None:
        """Follow what ids are made of, to know which of them a rebuild cannot make again."""
        given = {piece.mint for piece in self._newsroom.pieces.values() if piece.in_ledger}
        for piece in sorted(self._newsroom.pieces.values(), key=lambda piece: piece.path):
            if piece.in_ledger or not piece.exists:
                continue
            mint: tuple[str, ...] = (f"{piece.published:%Y-%m-%d}", piece.path)
            if mint in given:
                mint = (*mint, "again")
            if piece.mint and piece.mint != mint:
                for subscriber in self._outcome.subscribers:
                    subscriber.forget(piece.number)
            piece.mint, piece.in_ledger = mint, True
            given.add(mint)
