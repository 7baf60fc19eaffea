"""The fast path says what the plain one says: byte for byte, field for field, in every case it takes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http import HTTPStatus
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from builders import ShelfInMemory, an_artefact, day
from feeds.model.artefact import Artefact, Condition, Gone, Redirect
from feeds.model.feed import Format
from feeds.model.terms import Terms
from feeds.services.deltas import Deltas
from feeds.services.demand import Demand
from feeds.services.serve import LOOK_EVERY, MOST_PREPARED, Serve
from feeds.syndication.delta import known_entries
from feeds.web.allowance import Allowance
from feeds.web.app import create_app
from feeds.web.edge import Edge

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BODY = b"<rss><channel>" + b"<item>Hello</item>" * 200 + b"<item>News</item>" + b"</channel></rss>"
RSS = an_artefact("/feeds/tv.rss", BODY)
OLD = "00112233445566778899"
KNOWN = known_entries(b"<rss><channel><item>Hello</item></channel></rss>", Format.RSS)
PAGE = an_artefact("/", b"<style>x</style>" + b"<p>x</p>" * 90, media_type="text/html; charset=utf-8", self_url="")
OPML = an_artefact("/feeds.opml", b"<opml/>" * 90, media_type="text/x-opml; charset=utf-8")
UNICODE = an_artefact("/feeds/gärten.atom", media_type="application/atom+xml; charset=utf-8")
SHORT = an_artefact("/feeds/short.json", b"{}", media_type="application/feed+json")
CLOSED = an_artefact("/feeds/tv/archive/1-0123456789.rss", lasting=True)
EXPIRING = an_artefact("/feeds/tv/archive/2-0123456789.rss", lasting=True, expires=day(1) + timedelta(seconds=70.5))
OPEN = an_artefact("/feeds/tv/archive/3.rss")
COMBINED = an_artefact("/feeds/tag/a+b.rss")
ALIAS = Redirect(path="/rss.xml", target="https://feeds.example.com/feeds/tv.rss")
QUERY = Redirect(path="/?feed=rss2", target="https://feeds.example.com/feeds/tv.rss")
PUBLISHED = (
    RSS,
    PAGE,
    OPML,
    UNICODE,
    SHORT,
    CLOSED,
    EXPIRING,
    OPEN,
    COMBINED,
    ALIAS,
    QUERY,
    Gone(path="/feeds/old.rss"),
)

PATHS = [item.path for item in PUBLISHED if "?" not in item.path] + ["/feeds/none.rss", "//feeds/tv.rss", "/healthz"]
CODINGS = [None, "gzip", "br, gzip", "GZIP;q=0.5, zstd;q=1", "*", "identity;q=0, gzip;q=x", "gzip," * 100]


def tags(artefact: Artefact) -> list[str]:
    return [f'"{artefact.etag}{coding}"' for coding in ("", "-gzip", "-br", "-zstd")]


CONDITIONS: list[dict[str, str]] = [
    {},
    *[{"If-None-Match": tag} for tag in tags(RSS)],
    {"If-None-Match": f"W/{tags(RSS)[1]}"},
    {"If-None-Match": f"w/{tags(RSS)[1]}"},
    {"If-None-Match": f'"other", {tags(RSS)[1]}'},
    {"If-None-Match": "*"},
    {"If-None-Match": '"*"'},
    {"If-None-Match": ""},
    {"If-None-Match": '""'},
    {"If-None-Match": RSS.etag},
    {"If-None-Match": '"other"', "If-Modified-Since": "Mon, 01 Jan 2024 12:00:00 GMT"},
    {"If-None-Match": "", "If-Modified-Since": "Mon, 01 Jan 2024 12:00:00 GMT"},
    {"If-Modified-Since": "Mon, 01 Jan 2024 12:00:00 GMT"},
    {"If-Modified-Since": "Monday, 01-Jan-24 12:00:00 GMT"},
    {"If-Modified-Since": "Mon, 01 Jan 2024 13:00:01 +0100"},
    {"If-Modified-Since": "Mon, 01 Jan 2024 11:59:59 GMT"},
    {"If-Modified-Since": "yesterday"},
    {"If-Modified-Since": "x" * 100},
    {"If-Match": tags(RSS)[0]},
    {"If-Match": '"other"'},
    {"If-Unmodified-Since": "Mon, 01 Jan 2024 11:59:59 GMT"},
    {"Range": "bytes=0-9"},
    {"Range": "bytes=0-9", "If-Range": tags(RSS)[0]},
    {"A-IM": "feed", "If-None-Match": '"other"'},
]


@dataclass
class Time:
    seconds: float = 0.0

    def next_look(self) -> None:
        self.seconds += 1.5 * LOOK_EVERY


@dataclass(frozen=True)
class Answer:
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Maker:
    """Whoever makes combinations: there are none to make, and what is noted is counted."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    def demand(self, path: str, now: object) -> Redirect | None:
        return None

    def note_asked(self, name: str, now: object) -> None:
        self.noted.append(name)


class Door:
    """The service with the fast path or without it, over ``shelf``."""

    def __init__(self, shelf: ShelfInMemory, time: Time, *, fast: bool, terms: Terms) -> None:
        self.serve = Serve(
            shelf,
            memory_bytes=1_000_000,
            clock=lambda: day(1) + timedelta(seconds=time.seconds),
            monotonic=lambda: time.seconds,
        )
        self.maker = Maker()
        self.plainly = 0
        allowance = Allowance(terms, lambda: time.seconds)
        deltas = Deltas(lambda _path, etags: {etag: KNOWN for etag in etags if etag == OLD}) if terms.delta else None
        demand = Demand(self.serve, self.maker, lambda: day(1) + timedelta(seconds=time.seconds))
        self._plain = create_app(self.serve, demand, allowance, deltas)
        self.edge = Edge(self._count, self.serve, allowance, deltas)
        self._app = self.edge if fast else self._plain

    def _count(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self.plainly += 1
        return self._plain(environ, start_response)

    def ask(self, method: str, path: str, headers: dict[str, str], query: str = "", **environ: str) -> Answer:
        builder = EnvironBuilder(path=path, method=method, query_string=query, headers=list(headers.items()))
        asked = builder.get_environ()
        # The test client tells how the path was spelt; Granian does not.
        asked.pop("REQUEST_URI", None)
        asked.pop("RAW_URI", None)
        body, status, said = run_wsgi_app(self._app, asked | environ)
        return Answer(status, list(said.items()), b"".join(body))


@dataclass
class Pair:
    """The fast door and the plain one, over one shelf and one clock."""

    shelf: ShelfInMemory = field(default_factory=lambda: ShelfInMemory(*PUBLISHED))
    time: Time = field(default_factory=Time)
    terms: Terms = field(default_factory=Terms)

    def __post_init__(self) -> None:
        self.fast = Door(self.shelf, self.time, fast=True, terms=self.terms)
        self.plain = Door(self.shelf, self.time, fast=False, terms=self.terms)

    def ask(self, method: str, path: str, headers: dict[str, str], query: str = "", **environ: str) -> Answer:
        """Ask both; they must say the same, in the same order, within the same second."""
        for _ in range(5):
            fast, plain = (door.ask(method, path, headers, query, **environ) for door in (self.fast, self.plain))
            if dict(fast.headers).get("Date") == dict(plain.headers).get("Date"):
                break
        assert fast == plain, (method, path, headers)
        return fast


def without_date(answer: Answer) -> Answer:
    return replace(answer, headers=[header for header in answer.headers if header[0] != "Date"])


@pytest.fixture
def pair() -> Pair:
    return Pair()


@pytest.mark.parametrize("coding", CODINGS)
def test_both_paths_say_the_same_in_every_case(pair: Pair, coding: str | None) -> None:
    accepted = {} if coding is None else {"Accept-Encoding": coding}
    for path, condition, method in product(PATHS, CONDITIONS, ["GET", "HEAD"]):
        answer = pair.ask(method, path, accepted | condition)
        # The second time it is prepared, if it is a plain question.
        again = pair.fast.ask(method, path, accepted | condition)
        assert without_date(again) == without_date(answer)


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "PUT", "TRACE", "get"])
def test_other_methods_go_to_the_application(pair: Pair, method: str) -> None:
    for path, _ in product(PATHS, range(2)):
        pair.ask("GET", path, {})
        pair.ask(method, path, {})


USUAL = [
    {"Accept-Encoding": "gzip"},
    {"Accept-Encoding": "br", "If-None-Match": '"x"'},
    {"If-None-Match": tags(RSS)[0]},
]
"""What is asked in every state."""


def before_the_first_publication(pair: Pair) -> None:
    pair.shelf = ShelfInMemory()
    pair.__post_init__()


def degraded(pair: Pair) -> None:
    pair.shelf.standing = (Condition(code="held", message="A feed is held.", since=day(1)),)


def changed(pair: Pair) -> None:
    pair.shelf.publish(replace(RSS, body=BODY * 2, etag="0123456789abcdef0123", last_modified=day(2)), PAGE, ALIAS)


def moved(pair: Pair) -> None:
    pair.shelf.publish(replace(RSS, self_url="https://elsewhere.example/tv.rss"), replace(PAGE, last_modified=day(3)))


def withdrawn(pair: Pair) -> None:
    pair.shelf.publish(Gone(path=RSS.path), replace(ALIAS, path="/feeds/short.json"))


def unchanged(pair: Pair) -> None:
    pair.shelf.publish(*PUBLISHED)


def near_a_transition(pair: Pair) -> None:
    pair.shelf.publish(*PUBLISHED, next_transition=day(1) + timedelta(seconds=12.25))


def unreadable(pair: Pair) -> None:
    pair.shelf.broken = True


STATES = [
    before_the_first_publication,
    degraded,
    changed,
    moved,
    withdrawn,
    unchanged,
    near_a_transition,
    unreadable,
]


@pytest.mark.parametrize("state", STATES)
def test_both_paths_say_the_same_in_every_state(pair: Pair, state: Callable[[Pair], None]) -> None:
    def ask_all() -> None:
        for method, path, headers, _ in product(["GET", "HEAD"], PATHS, USUAL, range(2)):
            pair.ask(method, path, headers)

    ask_all()
    state(pair)
    ask_all()
    pair.time.next_look()
    ask_all()


def test_readers_may_wait_less_and_less_as_a_transition_comes_nearer(pair: Pair) -> None:
    near_a_transition(pair)
    told: list[str] = []
    for _ in range(60):
        answer = pair.ask("GET", RSS.path, {"Accept-Encoding": "gzip"})
        expiring = pair.ask("GET", EXPIRING.path, {})
        told.append(dict(answer.headers)["Cache-Control"].split(", ")[1])
        assert "max-age=" in dict(expiring.headers)["Cache-Control"]
        pair.time.seconds += 0.3

    assert list(dict.fromkeys(told)) == [f"max-age={left}" for left in range(12, -1, -1)]
    assert told[-1] == "max-age=5"
    assert pair.fast.plainly <= 4


def test_what_was_asked_once_is_answered_without_the_application(pair: Pair) -> None:
    for headers in ({"Accept-Encoding": "gzip"}, {"If-None-Match": tags(RSS)[0]}):
        pair.ask("GET", RSS.path, headers)
        before = pair.fast.plainly
        for _ in range(10):
            pair.ask("GET", RSS.path, headers)
        assert pair.fast.plainly == before


def test_a_new_generation_is_seen_at_once_by_both(pair: Pair) -> None:
    for number in range(5):
        body = BODY + str(number).encode()
        pair.shelf.publish(an_artefact(RSS.path, body))
        pair.time.next_look()
        for _ in range(3):
            assert pair.ask("GET", RSS.path, {}).body == body


def test_a_query_goes_to_the_application(pair: Pair) -> None:
    for path, query in product(["/", RSS.path], ["", "feed=rss2", "utm_source=x"]):
        for _ in range(3):
            pair.ask("GET", path, {}, query)


@pytest.mark.parametrize("spelling", ["RAW_URI", "REQUEST_URI"])
def test_a_spelling_that_leads_on_leads_on(pair: Pair, spelling: str) -> None:
    for uri in ("/feeds/tv.rss", "/feeds%2Dtv.rss", "/feeds/tv%2Drss"):
        for _ in range(3):
            pair.ask("GET", RSS.path, {}, **{spelling: uri})


def test_that_somebody_asks_for_a_combination_is_noted_as_often_as_without_the_fast_path(pair: Pair) -> None:
    for _ in range(50):
        pair.ask("GET", COMBINED.path, {"Accept-Encoding": "gzip"})
        pair.time.seconds += 400

    assert pair.fast.maker.noted == pair.plain.maker.noted
    assert len(pair.fast.maker.noted) > 3


def test_a_document_that_does_not_fit_into_memory_is_answered_as_well() -> None:
    pair = Pair(shelf=ShelfInMemory(an_artefact(RSS.path, b"<rss/>" * 200_000)))
    for headers in USUAL * 3:
        pair.ask("GET", RSS.path, headers)


def test_what_is_prepared_stays_within_the_memory() -> None:
    shelf = ShelfInMemory(*(an_artefact(f"/feeds/{number}.rss", str(number).encode() * 900) for number in range(450)))
    door = Door(shelf, Time(), fast=True, terms=Terms())
    for number in [*range(450)] * 2:
        for coding in ("gzip", "br", "zstd"):
            door.ask("GET", f"/feeds/{number}.rss", {"Accept-Encoding": coding})

    assert 500_000 < door.serve.memory_used <= 1_000_000


def test_a_reader_that_hammers_is_told_so_on_both_paths() -> None:
    pair = Pair(terms=Terms(per_hour=3))
    environ = {"REMOTE_ADDR": "203.0.113.5"}
    said = [pair.ask("GET", RSS.path, {}, **environ).status[:3] for _ in range(5)]
    refused = pair.ask("GET", RSS.path, {"Accept-Encoding": "gzip"}, **environ)

    assert said == ["200"] * 3 + ["429"] * 2
    assert refused.status[:3] == "429"
    assert dict(refused.headers)["Retry-After"] == "1200"
    assert pair.ask("GET", RSS.path, {"If-None-Match": tags(RSS)[0]}, **environ).status[:3] == "304"
    assert pair.ask("HEAD", RSS.path, {}, **environ).status[:3] == "200"
    assert pair.ask("GET", OPML.path, {}, **environ).status[:3] == "200"
    pair.time.seconds += 1200
    assert [pair.ask("GET", RSS.path, {}, **environ).status[:3] for _ in range(2)] == ["200", "429"]


def test_readers_that_ask_for_what_is_new_get_the_same_on_both_paths() -> None:
    pair = Pair(terms=Terms(delta=True))
    asked = [{}, {"A-IM": "feed"}, {"A-IM": "gzip"}, {"A-IM": ""}]
    held = [{"If-None-Match": f'"{tag}"'} for tag in (OLD, f"{OLD}-gzip", "unknown")]
    seen = set()
    for wanted, condition, coding, method, _ in product(
        asked, CONDITIONS + held, CODINGS[:3:2], ["GET", "HEAD"], range(2)
    ):
        accepted = {} if coding is None else {"Accept-Encoding": coding}
        seen.add(pair.ask(method, RSS.path, wanted | condition | accepted).status[:3])

    assert seen == {"200", "226", "304", "412"}


def test_words_that_only_one_reader_uses_are_understood_but_not_remembered(pair: Pair) -> None:
    pair.ask("GET", RSS.path, {"Accept-Encoding": "gzip"})
    pair.ask("GET", RSS.path, {"Accept-Encoding": "gzip", "If-None-Match": '"other"'})
    before, used = pair.fast.plainly, pair.fast.serve.memory_used
    for number in range(50):
        for condition in (
            {"If-None-Match": f'"{number}"'},
            {"If-Modified-Since": f"Mon, 01 Jan 2001 12:00:{number:02} GMT"},
        ):
            assert pair.ask("GET", RSS.path, {"Accept-Encoding": "gzip", **condition}).status[:3] == "200"

    assert pair.fast.plainly == before
    assert pair.fast.serve.memory_used == used


def test_readers_of_all_kinds_are_answered_when_no_more_words_are_remembered(pair: Pair) -> None:
    for number in [*range(MOST_PREPARED + 20)] * 2:
        pair.ask("GET", RSS.path, {"Accept-Encoding": f"gzip;q=0.{number + 1}"})

    assert pair.fast.plainly == 1
    assert pair.fast.serve.memory_used < 500_000


def test_a_server_may_do_with_the_fields_what_it_likes(pair: Pair) -> None:
    asked = EnvironBuilder(path=RSS.path, headers=[("Accept-Encoding", "gzip")]).get_environ()
    expected = pair.ask("GET", RSS.path, {"Accept-Encoding": "gzip"})
    for _ in range(3):
        said = pair.fast.edge.at_once({name: value for name, value in asked.items() if name != "REQUEST_URI"})
        assert said
        assert [name for name, _ in said[1]] == [name for name, _ in expected.headers]
        said[1].clear()


def odd_fields() -> Iterator[str]:
    yield from ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_RANGE")


LATIN = st.text(st.characters(max_codepoint=255), max_size=30)
PIECES = st.lists(
    st.sampled_from(
        [*tags(RSS), "W/", ",", " ", "*", '"', "gzip", ";q=0", ";q=1", "br", "\\", "Mon, 01 Jan 2024 12:00:00 GMT"]
    ),
    max_size=5,
).map("".join)
SHARED = Pair()


@given(fields=st.dictionaries(st.sampled_from([*odd_fields()]), LATIN | PIECES))
def test_both_paths_say_the_same_whatever_readers_send(fields: dict[str, str]) -> None:
    for _ in range(2):
        answer = SHARED.ask("GET", RSS.path, {}, **fields)
        assert int(answer.status[:3]) in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.PRECONDITION_FAILED}
