"""A reader that asks for what is new gets just that (RFC 3229, "feed")."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from werkzeug.test import Client, TestResponse

from builders import a_document, a_post, a_site, an_entry, day
from feeds.model.feed import Entry, Format, History
from feeds.model.terms import Terms
from feeds.services.deltas import Deltas
from feeds.services.serve import LOOK_EVERY, Serve
from feeds.store import versions
from feeds.syndication.delta import known_entries, newer
from feeds.syndication.render import render
from feeds.web.allowance import Allowance
from feeds.web.app import create_app
from feeds.web.edge import Edge
from service import Place
from workbench import Workbench, a_publication

FORMATS = list(Format)


def an_edition(number: int, title: str = "A post", **changes: Any) -> Entry:
    post = a_post(f"post-{number}", title=title, published=day(number + 1))
    return an_entry(post, **({"html": f"<p>&lt;entry&gt; {number} ]]&gt; <item></p>"} | changes))


def rendered(entries: Sequence[Entry], format: Format, **changes: Any) -> bytes:
    return render(a_document(*entries, updated=day(50), **changes), a_site(), format)


def ids(body: bytes, format: Format) -> list[str]:
    if format is Format.JSON:
        return [item["id"] for item in json.loads(body)["items"]]
    return [element.text or "" for element in etree.fromstring(body).iter("guid", "{http://www.w3.org/2005/Atom}id")][
        0 if format is Format.RSS else 1 :
    ]


@given(
    titles=st.lists(st.text(st.characters(categories=["L", "P", "S", "Zs"]), max_size=20), max_size=4),
    format=st.sampled_from(FORMATS),
)
def test_entries_are_known_by_their_bytes_however_they_are_found(titles: list[str], format: Format) -> None:
    text = '</item><item> }]} },{"id":"x" "items":[{"id":"x'
    entries = [an_edition(number, f"{title}. {text}", html=f"<p>{title}</p>") for number, title in enumerate(titles)]
    body = rendered(entries, format)
    # What only a parser can read.
    odd = body[:-1] + (b" " if format is Format.JSON else b"<!-- <item> <entry> -->")

    assert known_entries(body, format) == known_entries(odd, format)
    assert len(known_entries(body, format)) == 8 * len(entries)


@given(
    before=st.lists(st.integers(0, 12), unique=True, max_size=6),
    after=st.lists(st.integers(0, 12), unique=True, max_size=6),
    edited=st.sets(st.integers(0, 12)),
    format=st.sampled_from(FORMATS),
)
def test_a_difference_is_the_document_of_the_entries_that_are_new_or_edited(
    before: list[int], after: list[int], edited: set[int], format: Format
) -> None:
    known = known_entries(rendered([an_edition(number) for number in before], format), format)
    now = [an_edition(number, "Edited" if number in edited else "A post") for number in after]
    new = [entry for entry, number in zip(now, after, strict=True) if number in edited or number not in before]

    difference = newer(rendered(now, format), format, known)

    if len(new) == len(now):
        assert difference is None
    else:
        assert difference is not None
        assert ids(difference, format) == [entry.post.id for entry in new]
        if new:
            assert difference == rendered(new, format)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_that_is_not_all_says_that_it_is(format: Format) -> None:
    entries = [an_edition(1), an_edition(2)]
    whole = rendered(entries, format, history=History(complete=True))
    difference = newer(whole, format, known_entries(rendered(entries[1:], format), format))

    assert (b"complete" in whole) == (format is not Format.JSON)
    assert difference is not None
    assert b":complete" not in difference
    assert ids(difference, format) == [entries[0].post.id]


class Service:
    """What a workbench published, behind both paths."""

    def __init__(self, bench: Workbench) -> None:
        serve = Serve(
            bench.shelf(), memory_bytes=1 << 20, clock=lambda: datetime.now(UTC), monotonic=lambda: monotonic() * 1000
        )
        allowance, deltas = Allowance(Terms(), monotonic), Deltas(bench.shelf().versions)
        app = create_app(serve, allowance=allowance, deltas=deltas)
        self._client = Client(Edge(app, serve, allowance, deltas))

    def get(self, held: str = "", method: str = "GET", **fields: str) -> TestResponse:
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        return self._client.open(
            "/feeds/all.atom", method=method, headers=headers | ({"If-None-Match": held} if held else {})
        )


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    bench = Workbench(tmp_path, replace(a_publication(), delta=True))
    for number in range(1, 9):
        bench.post(f"post-{number}", f"Text {number}. " * 20, date=f"2026-01-0{number}T00:00:00Z")
    bench.refresh()
    return bench


def test_a_reader_gets_what_is_new_and_the_validator_of_all_of_it(bench: Workbench) -> None:
    service = Service(bench)
    before = service.get(Accept_Encoding="identity")
    bench.post("news", "News.", date="2026-02-01T00:00:00Z")
    bench.post("post-3", "Rewritten.", date="2026-01-03T00:00:00Z")
    bench.refresh()

    whole = service.get()
    held = before.headers["ETag"]
    for _ in range(3):
        delta = service.get(held, A_IM="feed")
        assert (delta.status, delta.headers["IM"]) == ("226 IM Used", "feed")
        assert delta.headers["ETag"] == whole.headers["ETag"] != held
        assert delta.headers["Delta-Base"] == held
        assert delta.headers["Cache-Control"] == "no-store, im"
        assert delta.headers["Vary"] == whole.headers["Vary"] == "Accept-Encoding, A-IM"
        assert delta.headers["Content-Length"] == str(len(delta.data))
        assert [id.rpartition(":")[2] for id in ids(delta.data, Format.ATOM)] == ["news", "post-3"]
    assert service.get(delta.headers["ETag"], A_IM="feed").status_code == 304
    head = service.get(held, "HEAD", A_IM="feed")
    assert (head.status_code, head.headers["Content-Length"], head.data) == (226, str(len(delta.data)), b"")


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_difference_comes_in_the_coding_and_with_the_validator_of_the_whole(bench: Workbench, coding: str) -> None:
    service = Service(bench)
    before = service.get(Accept_Encoding=coding)
    bench.post("news", "News.", date="2026-02-01T00:00:00Z")
    bench.refresh()
    answers = [service.get(before.headers["ETag"], A_IM="feed", Accept_Encoding=coding) for _ in range(2)]

    assert answers[0].data == answers[1].data
    assert answers[0].status_code == 226
    assert answers[0].headers["Content-Encoding"] == coding
    assert answers[0].headers["ETag"].endswith(f'-{coding}"')
    assert len(answers[0].data) < len(service.get(Accept_Encoding=coding).data)


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("", {"A_IM": "feed"}),
        ('"unknown"', {"A_IM": "feed"}),
        ("the one before", {}),
        ("the one before", {"A_IM": "vcdiff, gzip"}),
        ("the one before", {"A_IM": "feed;q=0"}),
        (", ".join(f'"{number}"' for number in range(500)), {"A_IM": "feed"}),
    ],
)
def test_who_does_not_ask_or_has_nothing_that_is_known_gets_all(
    bench: Workbench, held: str, asked: dict[str, str]
) -> None:
    service = Service(bench)
    before = service.get().headers["ETag"]
    bench.post("news", "News.", date="2026-02-01T00:00:00Z")
    bench.refresh()
    answer = service.get(before if held == "the one before" else held, **asked)

    assert answer.status_code == 200
    assert "IM" not in answer.headers
    assert len(ids(answer.data, Format.ATOM)) == 9


@pytest.mark.parametrize("asked", ["feed", "FEED", "vcdiff, feed;q=0.3", "feed, gzip"])
@pytest.mark.parametrize("held", ["{}", "W/{}", '"other", {}'])
def test_a_reader_may_ask_in_any_way(bench: Workbench, asked: str, held: str) -> None:
    service = Service(bench)
    before = service.get().headers["ETag"]
    bench.post("news", "News.", date="2026-02-01T00:00:00Z")
    bench.refresh()

    assert service.get(held.format(before), A_IM=asked).status_code == 226


def test_the_latest_versions_are_known_and_no_more(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bodies = [str(number).encode() for number in range(versions.MOST + 3)]
    etags = [sha256(body).hexdigest()[:20] for body in bodies]
    with bench.database.writing() as connection:
        for body in [bodies[0], *bodies]:
            versions.remember(connection, "/feeds/all.rss", body, b"entries" + body)
        versions.remember(connection, "/feeds/tv.rss", b"", b"")

    known = bench.shelf().versions("/feeds/all.rss", etags)
    assert (
        list(known.items())
        == [(etag, b"entries" + body) for etag, body in zip(reversed(etags), reversed(bodies), strict=True)][
            : versions.MOST
        ]
    )


def test_what_nobody_may_ask_for_is_not_remembered(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.post("one")
    bench.refresh()
    etag = bench.artefact("/feeds/all.rss").etag

    assert bench.shelf().versions("/feeds/all.rss", [etag]) == {}


def test_a_document_that_is_no_more_is_forgotten(bench: Workbench) -> None:
    etag = bench.artefact("/feeds/featured.rss").etag
    assert bench.shelf().versions("/feeds/featured.rss", [etag])
    bench.publication = replace(bench.publication, definitions=bench.publication.definitions[:1])
    bench.refresh()

    assert bench.shelf().versions("/feeds/featured.rss", [etag]) == {}


def test_the_service_sends_what_is_new_where_it_is_switched_on(tmp_path: Path) -> None:
    place = Place(folder=tmp_path)
    config = place.config.read_text().replace("workers = 1", "workers = 2\ndelta = true")
    place.config.write_text(config)
    place.post("one", "The first one")
    place.post("two", "The second one")
    with place.serving():
        sleep(3 * LOOK_EVERY)  # Each worker looks for itself.
        held = place.get("/feeds/all.rss").headers["etag"]
        place.post("three", "The third one", date="2026-01-09T00:00:00Z")
        place.wait_until(lambda: b"The third one" in place.get("/feeds/all.rss").body)
        sleep(3 * LOOK_EVERY)
        answers = [place.get("/feeds/all.rss", If_None_Match=held, A_IM="feed") for _ in range(10)]

    assert {answer.status for answer in answers} == {226}
    assert all(answer.body.count(b"<item>") == 1 and b"The third one" in answer.body for answer in answers)
