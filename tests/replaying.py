"""The history of a real publication lived through again, with posts of our own making.

Known of each commit is its time and how many files it added, edited and
deleted; what is in them is made up in the shape of what such sites hold: posts
that share their second, their title or their body, posts without a body.
"""

import time
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import TypeAlias
from urllib.parse import quote
from zoneinfo import ZoneInfo

from feeds.errors import NotPublished
from feeds.model.feed import FeedDefinition, Selection
from feeds.services.guard import HELD, release
from life import Piece
from subscriber import Subscriber
from walking import Reader
from workbench import Workbench, a_publication

#: A commit: its name, its time in seconds, what it was called, and how many files it added, edited and deleted.
Commit: TypeAlias = tuple[str, int, str, int, int, int]

ENTRIES = 50
_LONDON = ZoneInfo("Europe/London")
_CATEGORIES = ("latest", "world", "tv", "sport")
_WORDS = ("rain", "council", "bridge", "final", "minister", "café", "“record”", "£40m", "R&D", "night", "school", "sea")

#: So many files in one commit are an import of old posts, and no day's work.
_IMPORT = 50


@dataclass(kw_only=True)
class Replayed:
    """What came of a history; times of refreshes are in seconds."""

    subscribers: list[Subscriber]
    commits: int = 0
    holds: int = 0
    posts: int = 0
    refreshes: list[float] = field(default_factory=list)

    @property
    def breaches(self) -> list[tuple[str, str]]:
        return [breach for subscriber in self.subscribers for breach in subscriber.breaches]


class Truth:
    """The posts of each feed in the order of their dates."""

    def __init__(self) -> None:
        self.pieces: dict[int, Piece] = {}
        self._by_date: dict[str, list[tuple[datetime, int]]] = {}

    def add(self, piece: Piece) -> None:
        self.pieces[piece.number] = piece
        for feed in ("all", *(f"category/{slug}" for slug in piece.slugs())):
            insort(self._by_date.setdefault(feed, []), (piece.published, piece.number))

    def newest(self, feed: str, now: datetime) -> set[int]:
        """Return the posts that a document of the feed must show, without those of a contested second."""
        found: list[Piece] = []
        for _, number in reversed(self._by_date.get(feed, [])):
            piece = self.pieces[number]
            if piece.is_visible(now):
                found.append(piece)
                if len(found) > ENTRIES:
                    return {one.number for one in found if one.published > piece.published}
        return {piece.number for piece in found}


class Replay:
    """A history over real files, in four categories and some ``topics``; subscribers poll all along."""

    def __init__(self, folder: Path, trace: Sequence[Commit], seed: int = 1, *, topics: int = 24) -> None:
        site = replace(a_publication().site, timezone="Europe/London")
        definitions = (
            FeedDefinition(name="all"),
            FeedDefinition(name="featured", selection=Selection(featured=True)),
            FeedDefinition(name="category/{category}", for_each="category"),
        )
        self._trace = trace
        self._categories = (*_CATEGORIES, *(f"topic-{number}" for number in range(topics)))
        self._random = Random(seed)
        self._bench = Workbench(
            folder,
            a_publication(site=site, generator="jigsaw", permalink="/articles/{-title}", definitions=definitions),
        )
        self._reader = Reader(self._bench)
        self._truth = Truth()
        self._standing: list[Piece] = []
        self._touched: set[str] = set()
        self._due: datetime | None = None
        self._every = {
            1: Subscriber(feed="all", format="rss", every=1),
            3: Subscriber(feed="category/latest", format="atom", every=3),
            10: Subscriber(feed="all", format="json", every=10),
            40: Subscriber(feed="category/sport", format="rss", every=40),
        }
        self._walkers = [Subscriber(feed="all", format=format, every=0, walks=True) for format in ("atom", "json")]
        self.replayed = Replayed(subscribers=[*self._every.values(), *self._walkers])

    def run(self, progress: Callable[[int, Replayed], None] = lambda _done, _replayed: None) -> Replayed:
        """Live through every commit, then let two subscribers read everything from the newest post to the first."""
        before = datetime.fromtimestamp(self._trace[0][1], UTC) - timedelta(hours=6)
        now = before
        for count, (_, seconds, _, added, modified, deleted) in enumerate(self._trace, start=1):
            now = datetime.fromtimestamp(seconds, UTC)
            while self._due and self._due <= now:
                self._refresh(self._due)
            self._delete(deleted)
            self._edit(modified, now)
            self._add(added, before, now)
            self._refresh(now, whole=count % 200 == 0)
            self.replayed.commits = count
            for often, subscriber in self._every.items():
                if count % often == 0:
                    self._poll(subscriber, now)
            before = now
            progress(count, self.replayed)
        for walker in self._walkers:
            self._poll(walker, now)
        self.replayed.posts = len(self._standing)
        self._bench.close()
        return self.replayed

    # Commits

    def _add(self, count: int, before: datetime, now: datetime) -> None:
        since = now - timedelta(days=30) if count > _IMPORT else max(before, now - timedelta(hours=6))
        moment = now
        for _ in range(count):
            # Two in three share their second with another.
            if self._random.random() > 0.4:
                moment = since + (now - since) * self._random.random()
            self._write(self._new(moment))

    def _new(self, moment: datetime) -> Piece:
        number = len(self._truth.pieces) + 1
        chance = self._random.random()
        if chance < 0.02:
            moment += timedelta(minutes=self._random.randint(1, 600))
        # What is written is a time of day in London, and what it means is that time of day.
        written = moment.replace(microsecond=0).astimezone(_LONDON).replace(tzinfo=None, fold=0)
        (category,) = self._random.choices(self._categories, [1 / (rank + 1) for rank in range(len(self._categories))])
        piece = Piece(
            number=number,
            path=f"_posts/{'_'.join(self._words(3))}_{number}.md",
            words=" ".join(self._words(2 if chance < 0.3 else 5)),
            body="" if chance > 0.99 else " ".join(self._words(6 if chance > 0.9 else 80)),
            published=written.replace(tzinfo=_LONDON).astimezone(UTC),
            categories=(category, category) if category == "latest" else (category,),
            draft=0.02 < chance < 0.03,
        )
        self._truth.add(piece)
        self._standing.append(piece)
        return piece

    def _edit(self, count: int, now: datetime) -> None:
        for piece in self._some(count):
            if self._random.random() < 0.7:
                piece.body += f" {self._words(1)[0]}"
                piece.excuses += 1
                piece.edits += piece.is_visible(now)
            else:
                piece.body += " \n"
            self._write(piece)

    def _delete(self, count: int) -> None:
        for piece in self._some(count):
            (self._bench.content / piece.path).unlink()
            self._touched.add(piece.path)
            piece.exists = False
            self._standing.remove(piece)

    def _some(self, count: int) -> list[Piece]:
        """Choose posts, mostly of the last days."""
        young = self._standing[-max(60, 2 * count) :]
        return self._random.sample(young, min(count, len(young)))

    def _write(self, piece: Piece) -> None:
        written = piece.published.astimezone(_LONDON)
        head = [
            "extends: _layouts.post",
            f"title: {piece.words}",
            f"date: {written:%Y-%m-%d-%H-%M-%S}",
            f"categories: [{', '.join(piece.categories)}]",
            "featured: true",
            # By its picture a post is known here, since titles, bodies and links are not its own.
            f"image: https://pictures.example/p{piece.number}x.jpg",
            *(["draft: true"] if piece.draft else []),
        ]
        self._bench.write(piece.path, "\n".join(["---", *head, "---", piece.body, ""]))
        self._touched.add(piece.path)

    def _words(self, count: int) -> list[str]:
        return self._random.choices(_WORDS, k=count)

    # The service

    def _refresh(self, now: datetime, *, whole: bool = False) -> None:
        paths = () if whole else sorted(self._touched)
        self._touched.clear()
        started = time.perf_counter()
        report = self._bench.refresh(now, *paths)
        self.replayed.refreshes.append(time.perf_counter() - started)
        if any(condition.code == HELD for condition in report.conditions):
            self.replayed.holds += 1
            release(self._bench.database, [])
            report = self._bench.refresh(now)
        self._due = report.next_transition

    def _get(self, path: str) -> bytes:
        if self._reader.client.get(quote(path)).status_code == HTTPStatus.NOT_FOUND:
            raise NotPublished(path)
        return self._reader.get(path)

    def _poll(self, subscriber: Subscriber, now: datetime) -> None:
        self._reader.now = now
        pieces = self._truth.pieces
        if subscriber.walks:
            must = {piece.number for piece in self._standing if piece.is_visible(now)}
        else:
            must = self._truth.newest(subscriber.feed, now)
        subscriber.poll(self._get, pieces, now, must=must)
