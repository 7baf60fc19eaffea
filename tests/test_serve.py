"""What a web worker hands out, and what it does while the state behind it is slow or broken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ShelfInMemory, an_artefact, day
from feeds.errors import NotPublished, StoreError
from feeds.model.artefact import Artefact, Condition, Redirect
from feeds.model.generation import Generation
from feeds.services.serve import LOOK_EVERY, MAX_AGE, MAX_AGE_OVERDUE, MOST_PREPARED, OVERHEAD, Serve, Shelf


@dataclass
class Time:
    """Time that passes only when told."""

    seconds: float = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return day(1) + timedelta(seconds=self.seconds)

    def next_look(self) -> None:
        self.seconds += 1.5 * LOOK_EVERY


def a_serve(shelf: Shelf, time: Time | None = None, memory_bytes: int = 1_000_000) -> Serve:
    time = time or Time()
    return Serve(shelf, memory_bytes=memory_bytes, clock=time.now, monotonic=time.monotonic)


def test_what_was_found_once_is_not_looked_up_again() -> None:
    shelf = ShelfInMemory(an_artefact("/feeds/all.rss"))
    serve = a_serve(shelf)

    assert serve.find("/feeds/all.rss") == serve.find("/feeds/all.rss") == an_artefact("/feeds/all.rss")
    assert shelf.asked == ["/feeds/all.rss"]


def test_a_redirect_is_found_like_a_document() -> None:
    redirect = Redirect(path="/feed/", target="/feeds/all.rss")
    serve = a_serve(ShelfInMemory(redirect))

    assert serve.find("/feed/") == serve.find("/feed/") == redirect


def test_nothing_is_published_at_an_unknown_path() -> None:
    with pytest.raises(NotPublished) as caught:
        a_serve(ShelfInMemory(an_artefact())).find("/feeds/none.rss")

    assert caught.value.path == "/feeds/none.rss"


def test_unknown_paths_cost_no_memory() -> None:
    serve = a_serve(ShelfInMemory(an_artefact()))
    for number in range(100):
        with pytest.raises(NotPublished):
            serve.find(f"/feeds/{number}.rss")

    assert serve.memory_used == 0


def test_nothing_is_published_before_the_first_refresh() -> None:
    serve = a_serve(ShelfInMemory())

    assert not serve.is_ready()
    with pytest.raises(NotPublished):
        serve.find("/")


def test_a_new_generation_is_noticed_at_the_next_look() -> None:
    shelf, time = ShelfInMemory(an_artefact(body=b"old")), Time()
    serve = a_serve(shelf, time)
    serve.find("/feeds/all.rss")

    shelf.publish(an_artefact(body=b"new"))
    time.next_look()

    assert serve.find("/feeds/all.rss") == an_artefact(body=b"new")


def test_what_a_new_generation_withdraws_is_gone_from_memory() -> None:
    shelf, time = ShelfInMemory(an_artefact("/feeds/all.rss"), an_artefact("/feeds/tv.rss")), Time()
    serve = a_serve(shelf, time)
    serve.find("/feeds/tv.rss")

    shelf.publish(an_artefact("/feeds/all.rss"))
    time.next_look()

    with pytest.raises(NotPublished):
        serve.find("/feeds/tv.rss")
    assert serve.memory_used == 0


def test_the_generation_is_asked_for_once_per_interval_however_many_requests_come() -> None:
    shelf, time = ShelfInMemory(an_artefact()), Time()
    serve = a_serve(shelf, time)
    for _ in range(10):
        for _ in range(50):
            serve.find("/feeds/all.rss")
        time.next_look()

    assert shelf.looks == 10


def test_what_is_in_memory_is_served_while_the_state_is_broken() -> None:
    shelf, time = ShelfInMemory(an_artefact("/feeds/all.rss"), an_artefact("/feeds/tv.rss")), Time()
    serve = a_serve(shelf, time)
    serve.find("/feeds/all.rss")

    shelf.broken = True
    time.next_look()

    assert serve.find("/feeds/all.rss") == an_artefact("/feeds/all.rss")
    with pytest.raises(StoreError):
        serve.find("/feeds/tv.rss")


def test_a_broken_state_is_not_asked_again_for_every_missing_path() -> None:
    shelf, time = ShelfInMemory(an_artefact()), Time()
    serve = a_serve(shelf, time)
    serve.find("/feeds/all.rss")
    shelf.broken = True
    time.next_look()
    for _ in range(20):
        with pytest.raises(StoreError):
            serve.find("/feeds/none.rss")

    assert shelf.looks == 2
    assert shelf.asked == ["/feeds/all.rss"]


def test_the_old_document_is_served_when_the_new_one_cannot_be_read() -> None:
    class Torn(ShelfInMemory):
        """A shelf whose generation can be read, but nothing else."""

        def generation(self) -> Generation | None:
            return self._generation

    shelf, time = Torn(an_artefact(body=b"old")), Time()
    serve = a_serve(shelf, time)
    serve.find("/feeds/all.rss")
    shelf.publish(an_artefact(body=b"new"))
    shelf.broken = True
    time.next_look()

    assert serve.find("/feeds/all.rss") == an_artefact(body=b"old")
    with pytest.raises(StoreError):
        serve.find("/feeds/tv.rss")
    assert [condition.code for condition in serve.health().conditions] == ["state-unreadable"]

    shelf.broken = False
    assert serve.find("/feeds/all.rss") == an_artefact(body=b"new")


def test_service_recovers_by_itself_when_the_state_can_be_read_again() -> None:
    shelf, time = ShelfInMemory(an_artefact()), Time()
    shelf.broken = True
    serve = a_serve(shelf, time)
    with pytest.raises(StoreError):
        serve.find("/feeds/all.rss")

    shelf.broken = False
    time.next_look()

    assert serve.find("/feeds/all.rss") == an_artefact()
    assert serve.health().status == "ok"


def test_a_state_that_was_emptied_does_not_blank_what_readers_see() -> None:
    class Emptied(ShelfInMemory):
        def empty(self) -> None:
            self._generation = None
            self._published = {}

    shelf, time = Emptied(an_artefact()), Time()
    serve = a_serve(shelf, time)
    serve.find("/feeds/all.rss")
    shelf.empty()
    time.next_look()

    assert serve.find("/feeds/all.rss") == an_artefact()


def test_nobody_waits_for_a_slow_look_at_what_is_in_memory() -> None:
    class Slow(ShelfInMemory):
        """A shelf that answers, once it is slow, only when it may."""

        slow, looking, may_answer = False, Event(), Event()

        def generation(self) -> Generation | None:
            if self.slow:
                self.looking.set()
                self.may_answer.wait(5)
            return super().generation()

    shelf, time = Slow(an_artefact()), Time()
    serve = a_serve(shelf, time)
    serve.find("/feeds/all.rss")
    shelf.slow = True
    time.next_look()
    unlucky = Thread(target=serve.find, args=("/feeds/all.rss",))
    unlucky.start()
    assert shelf.looking.wait(5)

    assert serve.find("/feeds/all.rss") == an_artefact()
    assert unlucky.is_alive()

    shelf.may_answer.set()
    unlucky.join(5)


def test_many_threads_get_right_answers_while_generations_change() -> None:
    shelf, time = ShelfInMemory(an_artefact(body=b"0")), Time()
    serve = a_serve(shelf, time, memory_bytes=3 * OVERHEAD)
    wrong: list[Artefact | Redirect] = []

    def read() -> None:
        for _ in range(300):
            time.next_look()
            found = serve.find("/feeds/all.rss")
            if not (isinstance(found, Artefact) and serve.encoded(found, "x", lambda body: body * 2) == found.body * 2):
                wrong.append(found)

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(100):
        shelf.publish(an_artefact(body=str(number).encode()))
    for reader in readers:
        reader.join()
    time.next_look()

    assert not wrong
    assert serve.find("/feeds/all.rss") == an_artefact(body=b"99")


def test_a_body_is_encoded_once() -> None:
    serve = a_serve(ShelfInMemory(an_artefact()))
    artefact = serve.find("/feeds/all.rss")
    assert isinstance(artefact, Artefact)
    calls: list[bytes] = []

    def encode(body: bytes) -> bytes:
        calls.append(body)
        return b"small"

    assert serve.encoded(artefact, "br", encode) == serve.encoded(artefact, "br", encode) == b"small"
    assert serve.encoded(artefact, "gzip", lambda body: b"other") == b"other"
    assert calls == [artefact.body]


def test_a_document_that_did_not_change_is_not_encoded_again_in_a_new_generation() -> None:
    shelf, time = ShelfInMemory(an_artefact(), an_artefact("/feeds/tv.rss", b"old")), Time()
    serve = a_serve(shelf, time)
    for path in ("/feeds/all.rss", "/feeds/tv.rss"):
        found = serve.find(path)
        assert isinstance(found, Artefact)
        serve.encoded(found, "br", lambda body: b"encoded before")
    shelf.publish(an_artefact(), an_artefact("/feeds/tv.rss", b"new"))
    time.next_look()

    same, changed = serve.find("/feeds/all.rss"), serve.find("/feeds/tv.rss")
    assert isinstance(same, Artefact)
    assert isinstance(changed, Artefact)
    assert serve.encoded(same, "br", lambda body: b"encoded now") == b"encoded before"
    assert serve.encoded(changed, "br", lambda body: b"encoded now") == b"encoded now"


def test_without_memory_everything_is_served_all_the_same() -> None:
    serve = a_serve(ShelfInMemory(an_artefact()), memory_bytes=0)
    found = serve.find("/feeds/all.rss")

    assert isinstance(found, Artefact)
    assert serve.encoded(found, "br", lambda body: b"encoded") == b"encoded"
    assert serve.memory_used == 0


def test_the_least_recently_used_goes_first() -> None:
    paths = ["/feeds/a.rss", "/feeds/b.rss", "/feeds/c.rss"]
    shelf = ShelfInMemory(*(an_artefact(path, b"x" * 1000) for path in paths))
    serve = a_serve(shelf, memory_bytes=2 * (1000 + OVERHEAD))
    for path in ("/feeds/a.rss", "/feeds/b.rss", "/feeds/a.rss", "/feeds/c.rss", "/feeds/a.rss", "/feeds/b.rss"):
        serve.find(path)

    assert shelf.asked == ["/feeds/a.rss", "/feeds/b.rss", "/feeds/c.rss", "/feeds/b.rss"]


@given(
    memory_bytes=st.integers(0, 12_000),
    sizes=st.lists(st.integers(0, 6_000), min_size=1, max_size=8),
    requests=st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["", "br", "gzip", "new generation"])), max_size=60),
)
def test_memory_never_holds_more_than_it_may(
    memory_bytes: int, sizes: list[int], requests: list[tuple[int, str]]
) -> None:
    published = [an_artefact(f"/feeds/{number}.rss", b"x" * size) for number, size in enumerate(sizes)]
    shelf, time = ShelfInMemory(*published), Time()
    serve = a_serve(shelf, time, memory_bytes)
    for number, wish in requests:
        if wish == "new generation":
            shelf.publish(*published)
            time.next_look()
        wanted = published[number % len(published)]
        assert serve.find(wanted.path) == wanted
        if wish in {"br", "gzip"}:
            assert (
                serve.encoded(wanted, wish, lambda body: body[: len(body) // 2]) == wanted.body[: len(wanted.body) // 2]
            )
        assert 0 <= serve.memory_used <= memory_bytes


@given(left=st.floats(0.001, 100_000))
def test_no_cache_keeps_a_document_past_the_next_transition(left: float) -> None:
    shelf = ShelfInMemory()
    shelf.publish(an_artefact(), next_transition=day(1) + timedelta(seconds=left))
    serve = a_serve(shelf)
    serve.find("/feeds/all.rss")

    assert min(MAX_AGE, left) - 1 < serve.max_age() <= min(MAX_AGE, left)


def test_caches_keep_documents_shortly_while_a_refresh_is_overdue() -> None:
    shelf, time = ShelfInMemory(), Time()
    shelf.publish(an_artefact(), next_transition=day(1) + timedelta(seconds=30))
    serve = a_serve(shelf, time)
    serve.find("/feeds/all.rss")
    time.seconds = 30.0

    assert serve.max_age() == MAX_AGE_OVERDUE


def test_caches_keep_documents_for_a_quarter_of_an_hour_when_no_transition_is_known() -> None:
    assert a_serve(ShelfInMemory(an_artefact())).max_age() == 900


def test_a_service_with_nothing_wrong_is_well() -> None:
    health = a_serve(ShelfInMemory(an_artefact())).health()

    assert (health.status, health.generation, health.refreshed, health.conditions) == ("ok", 1, day(1), ())


def test_a_service_that_has_published_nothing_yet_says_so() -> None:
    health = a_serve(ShelfInMemory()).health()

    assert (health.status, health.generation, health.refreshed) == ("degraded", 0, None)
    assert [(condition.code, condition.since) for condition in health.conditions] == [("starting", day(1))]


def test_whatever_stands_in_the_way_of_refreshes_degrades_the_service() -> None:
    shelf = ShelfInMemory(an_artefact())
    shelf.standing = (Condition(code="content-missing", message="The content directory is gone.", since=day(3)),)

    assert a_serve(shelf).health().conditions == shelf.standing
    assert a_serve(shelf).health().status == "degraded"


def test_an_unreadable_state_degrades_the_service_since_it_was_first_seen() -> None:
    shelf, time = ShelfInMemory(an_artefact()), Time()
    serve = a_serve(shelf, time)
    serve.is_ready()
    shelf.broken = True
    time.next_look()
    first = serve.health()
    time.seconds += 60
    later = serve.health()

    assert first == later
    assert first.generation == 1
    assert [condition.code for condition in first.conditions] == ["state-unreadable"]


def test_an_engine_that_is_silent_for_too_long_is_a_condition() -> None:
    shelf, time = ShelfInMemory(an_artefact()), Time()
    serve = Serve(
        shelf,
        memory_bytes=1_000_000,
        clock=time.now,
        monotonic=time.monotonic,
        overdue=timedelta(minutes=4),
    )

    time.seconds = 240
    assert serve.health().status == "ok"
    time.seconds = 241
    assert [condition.code for condition in serve.health().conditions] == ["engine-silent"]
    shelf.publish(an_artefact())
    time.next_look()
    assert serve.health().status == "ok"


def test_nobody_is_missed_where_no_engine_is_expected() -> None:
    shelf, time = ShelfInMemory(an_artefact()), Time()
    serve = a_serve(shelf, time)

    time.seconds = 1_000_000
    assert serve.health().status == "ok"


MOMENTS = st.integers(0, 2_000 * 64).map(lambda ticks: ticks / 64)


@given(
    at=MOMENTS,
    looked=st.integers(0, 20).map(lambda ticks: ticks / 64),
    instant=st.none() | MOMENTS,
    share=st.floats(0, 1, exclude_max=True),
    lasting=st.booleans(),
)
def test_how_long_an_answer_may_be_cached_stays_the_same_as_long_as_it_is_said_to(
    *, at: float, looked: float, instant: float | None, share: float, lasting: bool
) -> None:
    expires = None if instant is None else day(1) + timedelta(seconds=instant)
    document = an_artefact(lasting=lasting, expires=expires if lasting else None)
    shelf, time = ShelfInMemory(), Time(seconds=at)
    shelf.publish(document, next_transition=expires)
    serve = a_serve(shelf, time)
    serve.find(document.path)
    time.seconds += looked
    now, until = serve.max_age_of(document), serve.same_until(document)

    assert until <= at + LOOK_EVERY
    time.seconds = max(time.seconds, time.seconds + (until - time.seconds) * share)
    assert serve.max_age_of(document) == now


def test_what_is_prepared_of_one_document_is_limited() -> None:
    serve = a_serve(ShelfInMemory(an_artefact("/feeds/all.rss")))
    serve.find("/feeds/all.rss")
    for number in range(2 * MOST_PREPARED):
        kept = serve.at_hand("/feeds/all.rss")
        assert kept
        serve.prepare("/feeds/all.rss", kept, {number: "an answer"})

    kept = serve.at_hand("/feeds/all.rss")
    assert kept
    assert [*kept.prepared] == [*range(MOST_PREPARED)]
