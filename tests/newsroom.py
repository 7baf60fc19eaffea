"""What authors and operators do to a publication in a year: each deed changes the files and the truth alike."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from feeds.model.feed import FeedDefinition
from feeds.model.publication import Publication
from life import Piece
from workbench import Workbench, a_publication

CATEGORIES = ("tv", "Radio", "world", "Rail")

#: How many entries documents show, as the operator changes it.
LENGTHS = (8, 20, 36)

#: More old entries than this wait for the operator's word.
MOST_OLD = 10

_WORDS = (
    "light",
    "harbour",
    "evening",
    "train",
    "“quoted”",
    "R&D",
    "café",
    "£40m",
    "river",
    "stone",
    "paper",
    "winter",
)
_FORMS = ("yaml", "toml", "json")
_HOSTS = ("https://example.com", "http://example.com", "https://www.example.net", "https://example.org/notes")


def a_year_publication(length: int = LENGTHS[1], url: str = _HOSTS[0], title: str = "The Year") -> Publication:
    definitions = (
        FeedDefinition(name="all", entries=length, max_new_entries=MOST_OLD),
        FeedDefinition(name="category/{category}", for_each="category", entries=length, max_new_entries=MOST_OLD),
    )
    plain = a_publication()
    site = replace(plain.site, url=url, title=title, authority="example.com")
    return replace(plain, site=site, definitions=definitions)


class Newsroom:
    """Everyone who changes anything; ``pieces`` is the truth that comes of it."""

    def __init__(self, bench: Workbench, random: Random) -> None:
        self.bench = bench
        self.random = random
        self.pieces: dict[int, Piece] = {}
        self.touched: set[str] = set()
        self.undo: Callable[[], None] | None = None
        self._numbers = itertools.count(1)

    def deeds(self) -> dict[Callable[[datetime], None], float]:
        """Return all that may be done, and how often each is, relative to the others."""
        return {
            self.publish: 14,
            self.publish_at_once: 3,
            self.schedule: 6,
            self.schedule_new_category: 1,
            self.embargo: 2,
            self.backdate: 2,
            self.backfill: 0.4,
            self.retitle: 4,
            self.rewrite: 4,
            self.edit_a_little: 2,
            self.say_when_updated: 1,
            self.touch: 2,
            self.pad: 3,
            self.respell_categories: 2,
            self.recategorise: 2,
            self.redate: 1,
            self.rename: 4,
            self.rename_and_reformat: 1,
            self.succeed: 1,
            self.reformat: 4,
            self.draft: 2,
            self.undraft: 2,
            self.expire: 3,
            self.delete: 3,
            self.bring_back: 2,
            self.break_off: 1,
            self.mend: 2,
            self.move_house: 0.7,
            self.retitle_site: 0.7,
            self.lengthen: 1,
        }

    # New posts

    def publish(self, now: datetime) -> None:
        self._write(self._new(now))

    def publish_at_once(self, now: datetime) -> None:
        """Publish several posts of one second, as imports do: same words, same body, but for the number."""
        for _ in range(self.random.randint(2, 4)):
            self._write(self._new(now, words="Breaking"))

    def schedule(self, now: datetime) -> None:
        self._write(self._new(now + self._some_time(hours=240)))

    def schedule_new_category(self, now: datetime) -> None:
        piece = self._new(now + self._some_time(hours=100))
        piece.categories = (f"fresh-{piece.number}",)
        self._write(piece)

    def embargo(self, now: datetime) -> None:
        piece = self._new(now - self._some_time(hours=48))
        piece.embargo = now + self._some_time(hours=72)
        self._write(piece)

    def backdate(self, now: datetime) -> None:
        self._write(self._new(now - self._some_time(hours=1000)))

    def backfill(self, now: datetime) -> None:
        """Bring in many old posts at once: more than subscribers should be told of without the operator's word."""
        fresh = [self._new(now - self._some_time(hours=200)) for _ in range(MOST_OLD + 4)]
        for piece in fresh:
            piece.categories = ("tv",)
            self._write(piece)

        def undo() -> None:
            for piece in fresh:
                self._remove(piece)

        self.undo = undo

    def _new(self, published: datetime, words: str = "") -> Piece:
        number = next(self._numbers)
        name = f"p{number}x" if self.random.random() < 0.7 else f"{published:%Y-%m-%d}-p{number}x"
        folder = self.random.choice(("", "", "notes/", f"{published:%Y/%m}/"))
        piece = Piece(
            number=number,
            path=f"{folder}{name}.md",
            words=words or self._some_words(),
            body=f"Number {number} says: {self._some_words()}." if self.random.random() < 0.97 else "",
            published=published,
            categories=tuple(self.random.sample(CATEGORIES, self.random.choice((0, 1, 1, 2)))),
            form=self.random.choice(_FORMS),
        )
        self.pieces[number] = piece
        return piece

    # Edits

    def retitle(self, now: datetime) -> None:
        self._edit(now, words=True)

    def rewrite(self, now: datetime) -> None:
        self._edit(now, words=False)

    def edit_a_little(self, now: datetime) -> None:
        """Mend a slip of the pen: not worth telling."""
        if piece := self._any(sound=True):
            piece.minor = True
            piece.words = self._some_words()
            self._write(piece)

    def say_when_updated(self, now: datetime) -> None:
        """Write into the front matter when the post was updated: from then on, nothing else moves it."""
        if piece := self._any(sound=True):
            piece.updated = now - self._some_time(hours=1)
            piece.minor = False
            piece.excuses += 1
            self._write(piece)

    def _edit(self, now: datetime, *, words: bool) -> None:
        piece = self._any(sound=True)
        if not piece or (not words and not piece.body):
            return
        if words:
            piece.words += f" {self.random.choice(_WORDS)}"
        else:
            piece.body += f" And {self._some_words()}."
        piece.minor = False
        piece.excuses += not piece.updated
        piece.edits += piece.is_visible(now) and not piece.updated
        self._write(piece)

    def touch(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            self._write(piece)

    def pad(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            piece.body = f"{piece.body.rstrip()}{' ' * self.random.randint(0, 3)}{chr(10) * self.random.randint(0, 3)}"
            self._write(piece)

    def respell_categories(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            piece.categories = tuple(self.random.choice((str.upper, str.title, str.lower))(c) for c in piece.categories)
            self._write(piece)

    def recategorise(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            piece.categories = tuple(self.random.sample(CATEGORIES, self.random.choice((0, 1, 2))))
            self._write(piece)

    def redate(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            piece.published += timedelta(seconds=self.random.randint(-200_000, 20_000))
            piece.excuses += 1
            self._write(piece)

    def reformat(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            piece.form = self.random.choice(_FORMS)
            self._write(piece)

    # Moves

    def rename(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            self._move(piece)

    def rename_and_reformat(self, now: datetime) -> None:
        """Change generators: other folders, other front matter, the same posts."""
        piece = self._any(sound=True)
        if piece and piece.body:
            self._move(piece)
            piece.form = self.random.choice(_FORMS)
            self._write(piece)

    def succeed(self, now: datetime) -> None:
        """Move a post away, and later put another one where it was."""
        piece = self._any(sound=True)
        if piece and piece.body:
            path, published = piece.path, piece.published
            self._move(piece)
            other = self._new(published)
            other.path = path
            other.body = f"Number {other.number} came after."
            # It appears with some later deed: in one go, it would be the same file, edited.
            other.exists = False

    def _move(self, piece: Piece) -> None:
        old = piece.path
        folder, letter = self.random.choice(("", "moved/", "a/b/")), self.random.choice("pqr")
        piece.path = f"{folder}{letter}{piece.number}x-{self.random.randint(1, 99_999)}.md"
        new = self.bench.content / piece.path
        new.parent.mkdir(parents=True, exist_ok=True)
        (self.bench.content / old).rename(new)
        self.touched |= {old, piece.path}

    # Coming and going

    def draft(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            piece.draft = True
            self._write(piece)

    def undraft(self, now: datetime) -> None:
        for piece in self._standing():
            if piece.draft:
                piece.draft = False
                self._write(piece)
                return

    def expire(self, now: datetime) -> None:
        if piece := self._any(sound=True):
            piece.expires = now + self._some_time(hours=400) if self.random.random() < 0.8 else None
            self._write(piece)

    def delete(self, now: datetime) -> None:
        if piece := self._any():
            self._remove(piece)

    def bring_back(self, now: datetime) -> None:
        gone = [piece for piece in self.pieces.values() if not piece.exists]
        if gone:
            piece = self.random.choice(gone)
            piece.exists = True
            self._write(piece)

    def break_off(self, now: datetime) -> None:
        """Save half a post: what was good, and has been read, stays."""
        piece = self._any(sound=True)
        if piece and piece.mint and piece.path not in self.touched:
            piece.broken = True
            self._write(piece)

    def mend(self, now: datetime) -> None:
        for piece in self._standing():
            if piece.broken:
                piece.broken = piece.lost = False
                self._write(piece)

    # The operator

    def move_house(self, now: datetime) -> None:
        self._configure(url=self.random.choice(_HOSTS))

    def retitle_site(self, now: datetime) -> None:
        self._configure(title=f"The Year of the {self.random.choice(_WORDS)}")

    def lengthen(self, now: datetime) -> None:
        before = self.length
        self._configure(length=self.random.choice(LENGTHS))
        self.undo = lambda: self._configure(length=before)

    @property
    def length(self) -> int:
        return self.bench.publication.definitions[0].entries

    def _configure(self, *, length: int = 0, url: str = "", title: str = "") -> None:
        site = self.bench.site
        self.bench.publication = a_year_publication(length or self.length, url or site.url, title or site.title)

    # Files

    def _any(self, *, sound: bool = False) -> Piece | None:
        """Choose a post whose file is there: mostly a young one, for those are what readers see."""
        there = [piece for piece in self._standing() if not (sound and piece.broken)]
        if not there:
            return None
        return self.random.choice(there[-40:] if self.random.random() < 0.8 else there)

    def _standing(self) -> Iterator[Piece]:
        return (piece for piece in self.pieces.values() if piece.exists)

    def _write(self, piece: Piece) -> None:
        self.bench.write(piece.path, piece.text())
        self.touched.add(piece.path)

    def _remove(self, piece: Piece) -> None:
        if piece.exists:
            (self.bench.content / piece.path).unlink()
            piece.exists = False
            self.touched.add(piece.path)

    def _some_words(self) -> str:
        return " ".join(self.random.choices(_WORDS, k=self.random.randint(1, 6)))

    def _some_time(self, *, hours: float) -> timedelta:
        return timedelta(seconds=self.random.randint(1, int(hours * 3600)))
