"""Hand out what was published last, whatever happens to the state behind it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from feeds.errors import Ended, NotPublished, StoreError
from feeds.model.alias import alias_key
from feeds.model.artefact import Artefact, Condition, Gone, Redirect
from feeds.model.generation import Generation

#: How often, in seconds, the shelf is asked for its generation at most: no change goes unnoticed for longer.
LOOK_EVERY = 0.02

#: How long a cache may keep a document, in seconds.
MAX_AGE = 900

#: The same for what never changes under its path.
MAX_AGE_LASTING = 31_536_000

#: The same, when a post should have appeared or expired already and the refresh is on its way.
MAX_AGE_OVERDUE = 5

#: What an entry is taken to need in memory besides its bodies, so that small ones are bounded as well.
OVERHEAD = 512

#: The same for each answer that was prepared from it, bodies aside.
PREPARED = 1_024

#: Answers that are remembered of one document: in four codings, to readers of all kinds.
MOST_PREPARED = 200


class Shelf(Protocol):
    """Where the published artefacts lie.  Every method raises StoreError when it cannot be read."""

    def generation(self) -> Generation | None:
        """Return the current generation, cheaply; None before the first refresh."""
        ...

    def find(self, path: str) -> Artefact | Redirect | Gone | None:
        """Return what is published at the URL path (not percent-encoded), or that something was.

        Raises NotReady where it has to be made first and cannot be at this moment.
        """
        ...

    def redirects_with_query(self) -> Mapping[str, Redirect]:
        """Return the redirects of old addresses to which a query belongs, by their ``alias_key``."""
        ...

    def conditions(self) -> tuple[Condition, ...]:
        """Return what degrades the service now."""
        ...

    def last_report(self) -> datetime | None:
        """Return when the last successful refresh ended."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the service is: the number of its generation (0 before the first), its age, what is wrong."""

    generation: int
    refreshed: datetime | None
    conditions: tuple[Condition, ...]

    @property
    def status(self) -> str:
        """``ok``, or ``degraded`` while any condition lasts."""
        return "degraded" if self.conditions else "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was found at a path, in which generation, and its body in the codings asked for so far.

    ``prepared`` is what the one who hands it out has made ready, by whatever
    tells one answer from another; it holds no bytes but those of the bodies here.
    """

    found: Artefact | Redirect
    generation: tuple[int, int]
    encoded: Mapping[str, bytes] = field(default_factory=dict)
    prepared: Mapping[Hashable, object] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes of all bodies and the overhead."""
        body = len(self.found.body) if isinstance(self.found, Artefact) else 0
        bodies = body + sum(len(variant) for variant in self.encoded.values())
        return OVERHEAD + bodies + PREPARED * len(self.prepared)

    def body(self, coding: str | None) -> bytes | None:
        """Return the document's body in a coding, None being the identity; None where it was not made yet."""
        if coding is not None:
            return self.encoded.get(coding)
        return self.found.body if isinstance(self.found, Artefact) else None

    def has_body_of(self, other: Artefact | Redirect) -> bool:
        """Tell whether the bytes are the same, so that the encoded ones are right for both."""
        if isinstance(self.found, Artefact) and isinstance(other, Artefact):
            return self.found.etag == other.etag
        return False


class Memory:
    """What is kept by path, never larger than ``room`` bytes: the least recently used goes first.

    Safe to use from several threads.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """The bytes of everything kept."""
        return self._size

    def get(self, path: str) -> Kept | None:
        """Return what is kept for the path, which makes it the most recently used."""
        # Without the lock, which costs more than the rest: each of the two steps is whole in itself.
        kept = self._kept.get(path)
        try:
            self._kept.move_to_end(path)
        except KeyError:  # Nothing is there, or another thread may just have put something else in its place.
            return kept
        return kept

    def put(self, path: str, kept: Kept) -> None:
        """Keep this in place of what was there; nothing, if it alone is too large."""
        with self._lock:
            self._remove(path)
            if kept.size > self._room:
                return
            while self._size + kept.size > self._room:
                self._remove(next(iter(self._kept)))
            self._kept[path] = kept
            self._size += kept.size

    def remove(self, path: str) -> None:
        """Keep nothing for the path any more."""
        with self._lock:
            self._remove(path)

    def _remove(self, path: str) -> None:
        kept = self._kept.pop(path, None)
        if kept is not None:
            self._size -= kept.size


class Serve:
    """The published artefacts, as one web worker sees them.

    The last good answer wins: when the shelf cannot be read, what is in memory
    goes on being served.  A new generation is noticed within `LOOK_EVERY`, by
    the requests themselves; one of them looks, and the others do not wait for
    it, so that a slow shelf slows nobody who asks for what is in memory.
    Bodies and their encoded variants together stay below ``memory_bytes``.

    Where an engine is expected to refresh at least every ``overdue``, its
    silence is a condition.  ``clock`` tells the time in UTC, ``monotonic``
    counts seconds.  Safe to use
    from several threads.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        memory_bytes: int,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        overdue: timedelta | None = None,
    ) -> None:
        self._shelf = shelf
        self._clock = clock
        #: Counts seconds.
        self.monotonic = monotonic
        self._overdue = overdue
        self._memory = Memory(memory_bytes)
        #: That of the generation known at this moment: what is found before and after under one mark is the same.
        self.mark: tuple[int, int] | None = None
        self._queries: tuple[tuple[int, int], Mapping[str, Redirect]] = ((0, 0), {})
        self._generation: Generation | None = None
        self._started = clock()
        self._unreadable: Condition | None = None
        self._looked = float("-inf")
        self._looking = Lock()
        self._preparing = Lock()

    @property
    def memory_used(self) -> int:
        """The bytes in memory."""
        return self._memory.size

    def find(self, path: str) -> Artefact | Redirect:
        """Return what is published at the URL path (not percent-encoded).

        Raises NotPublished when nothing is (Ended, when something was),
        StoreError when that cannot be told (the shelf is unreadable and the path
        not in memory), and NotReady when it cannot be made at this moment.
        """
        generation = self._look()
        kept = self._memory.get(path)
        if kept and generation and kept.generation == generation.mark:
            return kept.found
        if self._unreadable and not kept:
            raise StoreError(self._unreadable.message)
        if not generation:
            raise NotPublished(path)
        return self._fetch(path, kept, generation.mark)

    def at_hand(self, path: str) -> Kept | None:
        """Return what is kept for the path if it is what `find` would return, without looking anything up."""
        if self.monotonic() - self._looked >= LOOK_EVERY:
            self._look()
        kept = self._memory.get(path)
        return kept if kept is not None and kept.generation == self.mark else None

    def prepare(self, path: str, kept: Kept, answers: Mapping[Hashable, object]) -> None:
        """Remember answers that were prepared from ``kept``, for as long as that is what is published.

        When there are `MOST_PREPARED` of a document, no more are remembered.
        """
        if len(kept.prepared) >= MOST_PREPARED:
            return
        with self._preparing:
            if (current := self._memory.get(path)) and current.found is kept.found:
                self._memory.put(path, replace(current, prepared={**current.prepared, **answers}))

    def find_with_query(self, path: str, query: str) -> Redirect | None:
        """Return the redirect of an old address to which exactly this query belongs, if there is one."""
        generation = self._look()
        if generation and self._queries[0] != generation.mark:
            with suppress(StoreError):
                self._queries = (generation.mark, self._shelf.redirects_with_query())
        return self._queries[1].get(alias_key(f"{path}?{query}"))

    def encoded(self, artefact: Artefact, coding: str, encode: Callable[[bytes], bytes]) -> bytes:
        """Return the artefact's body in a coding, made by ``encode`` unless it is in memory."""
        kept = self._memory.get(artefact.path)
        if not (kept and kept.has_body_of(artefact)):
            return encode(artefact.body)
        if coding not in kept.encoded:
            kept = replace(kept, encoded={**kept.encoded, coding: encode(artefact.body)})
            self._memory.put(artefact.path, kept)
        return kept.encoded[coding]

    def max_age(self) -> int:
        """Return for how many seconds an answer may be cached: never past the next transition."""
        generation = self._generation
        return self._seconds_until(generation.next_transition if generation else None, MAX_AGE)

    def max_age_of(self, artefact: Artefact) -> int:
        """Return the same for one document: what lasts may be cached long, but not past the expiry of its posts."""
        return self._seconds_until(artefact.expires, MAX_AGE_LASTING) if artefact.lasting else self.max_age()

    def same_until(self, artefact: Artefact) -> float:
        """Return until when, as ``monotonic`` counts, `max_age_of` a document surely is what it is now."""
        next_look = self._looked + LOOK_EVERY
        generation = self._generation
        instant = artefact.expires if artefact.lasting else generation.next_transition if generation else None
        if instant is None:
            return next_look
        left = (instant - self._clock()).total_seconds()
        if left <= 0:
            return next_look
        most = MAX_AGE_LASTING if artefact.lasting else MAX_AGE
        return min(next_look, self.monotonic() + left - min(most, int(left)))

    def _seconds_until(self, instant: datetime | None, most: int) -> int:
        if instant is None:
            return most
        left = (instant - self._clock()).total_seconds()
        return min(most, int(left)) if left > 0 else MAX_AGE_OVERDUE

    def is_ready(self) -> bool:
        """Tell whether there is anything to serve yet."""
        return self._look() is not None

    def health(self) -> Health:
        """Return how the service is.  Never raises: an unreadable shelf is a condition itself."""
        generation = self._look()
        refreshed = generation.refreshed if generation else None
        conditions = self._own_conditions()
        if not self._unreadable:
            try:
                refreshed = self._shelf.last_report() or refreshed
                conditions += (*self._shelf.conditions(), *self._silence(refreshed))
            except StoreError as error:
                conditions += (self._unreadable_since_now(error),)
        return Health(generation=generation.number if generation else 0, refreshed=refreshed, conditions=conditions)

    def _fetch(self, path: str, kept: Kept | None, generation: tuple[int, int]) -> Artefact | Redirect:
        try:
            found = self._shelf.find(path)
        except StoreError:
            if kept is None:
                raise
            return kept.found
        if found is None:
            self._memory.remove(path)
            raise NotPublished(path)
        if isinstance(found, Gone):
            self._memory.remove(path)
            raise Ended(path)
        encoded = kept.encoded if kept and kept.has_body_of(found) else {}
        self._memory.put(path, Kept(found=found, generation=generation, encoded=encoded))
        return found

    def _look(self) -> Generation | None:
        """Return the generation, asking the shelf when it is time and nobody else does.

        Only before the first generation is known does everybody wait for the answer.
        """
        if self._is_due() and self._looking.acquire(blocking=self._generation is None):
            try:
                if self._is_due():
                    self._ask()
            finally:
                self._looking.release()
        return self._generation

    def _ask(self) -> None:
        try:
            # A shelf that was emptied under us does not blank what readers see.
            self._generation = self._shelf.generation() or self._generation
            self.mark = self._generation.mark if self._generation else None
            self._unreadable = None
        except StoreError as error:
            self._unreadable = self._unreadable or self._unreadable_since_now(error)
        finally:
            self._looked = self.monotonic()

    def _is_due(self) -> bool:
        return self.monotonic() - self._looked >= LOOK_EVERY

    def _own_conditions(self) -> tuple[Condition, ...]:
        if self._unreadable:
            return (self._unreadable,)
        if self._generation is None:
            message = "Nothing has been published yet: the first refresh is still under way."
            return (Condition(code="starting", message=message, since=self._started),)
        return ()

    def _silence(self, refreshed: datetime | None) -> tuple[Condition, ...]:
        if refreshed is None or self._overdue is None or self._clock() - refreshed <= self._overdue:
            return ()
        message = "No engine has looked at the content for a while: changes and due posts do not appear."
        return (Condition(code="engine-silent", message=message, since=refreshed),)

    def _unreadable_since_now(self, error: StoreError) -> Condition:
        message = f"The state cannot be read; what is in memory goes on being served. {error}"
        return Condition(code="state-unreadable", message=message, since=self._clock())
