"""Archive documents as readers get them: their links, their marks, their size."""

import json
from hashlib import sha256

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_document, a_feed, a_post, a_site, an_entry, day
from feeds.model.feed import FeedDocument, Format, History
from feeds.syndication import check, render
from feeds.syndication.addresses import document_url
from feeds.syndication.squeeze import squeeze
from feeds.syndication.windows import RENDERING
from golden_documents import ARCHIVES, SITE, golden

#: The golden files as each way of rendering wrote them.
GOLDEN_DIGESTS = {
    1: "7307da68d4c66893b381803f43854c39635796021f86c1d530bddfbb064c0d98",
    # What archives of posts in other languages, or with files, show of them.
    2: "7307da68d4c66893b381803f43854c39635796021f86c1d530bddfbb064c0d98",
}


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("name", ARCHIVES)
def test_the_bytes_are_those_of_the_golden_file_and_without_fault(name: str, format: Format) -> None:
    body = render.render(ARCHIVES[name], SITE, format)

    assert body == golden(name, format)
    assert check.problems(body, format, self_url=document_url(SITE, ARCHIVES[name].path(format))) == ()


def test_another_rendering_of_archives_has_another_number_so_that_no_url_gets_other_bytes() -> None:
    """Raise `RENDERING` by one and add the digest here when the golden files change."""
    digest = sha256(b"".join(golden(name, format) for name in ARCHIVES for format in Format)).hexdigest()

    assert GOLDEN_DIGESTS[RENDERING] == digest
    assert max(GOLDEN_DIGESTS) == RENDERING


@pytest.mark.parametrize("format", [Format.RSS, Format.ATOM])
def test_a_reader_finds_the_neighbours_and_the_feed_that_it_can_subscribe_to(format: Format) -> None:
    feed = feedparser.parse(golden("archive", format)).feed

    links = {link["rel"]: link["href"] for link in feed.links}
    base = "https://feeds.example.com/feeds/category/f%C3%BCr%20alle"
    assert links["self"] == f"{base}/archive/2-0123456789.{format}"
    assert links["prev-archive"] == f"{base}/archive/1-abcdef0123.{format}"
    assert links["next-archive"] == f"{base}/archive/3.{format}"
    assert links["current"] == f"{base}.{format}"
    assert "fh_archive" in feed
    assert feed.link == "https://example.com"


def test_an_archive_document_in_atom_bears_the_id_of_its_feed() -> None:
    assert feedparser.parse(golden("archive", Format.ATOM)).feed.id.endswith("/feeds/category/f%C3%BCr%20alle.atom")


def test_json_feed_goes_on_at_the_next_url() -> None:
    archive, first = (json.loads(golden(name, Format.JSON)) for name in ("archive", "first-archive"))

    assert archive["next_url"].endswith("/archive/1-abcdef0123.json")
    assert archive["feed_url"].endswith("/archive/2-0123456789.json")
    assert "next_url" not in first


@pytest.mark.parametrize("format", [Format.RSS, Format.ATOM])
def test_only_a_document_that_shows_everything_is_complete(format: Format) -> None:
    assert "fh_complete" in feedparser.parse(golden("complete", format)).feed
    for name in ("archive", "first-archive", "archived"):
        assert "fh_complete" not in feedparser.parse(golden(name, format)).feed


@pytest.mark.parametrize(
    ("history", "problem"),
    [
        (History(complete=True, older="all/archive/1"), "a complete feed has a link rel=prev-archive"),
        (History(older="all"), "an archive link leads to the document itself"),
    ],
)
@pytest.mark.parametrize("format", [Format.RSS, Format.ATOM])
def test_the_check_finds_documents_that_misstate_their_place(history: History, problem: str, format: Format) -> None:
    document = a_document(an_entry(), history=history)

    body = render.render(document, SITE, format)

    faults = check.problems(body, format, self_url=document_url(SITE, document.path(format)))
    assert any(problem in str(fault) for fault in faults)


def test_the_check_finds_an_archive_that_leads_to_no_current_document_and_a_json_feed_that_runs_in_a_circle() -> None:
    body = golden("archive", Format.ATOM).replace(b'rel="current"', b'rel="via"')
    assert any("current" in str(fault) for fault in check.problems(body, Format.ATOM, self_url=""))

    circle = render.render(a_document(an_entry(), history=History(older="all")), SITE, Format.JSON)
    own = document_url(SITE, "/feeds/all.json")
    faults = check.problems(circle, Format.JSON, self_url=own)
    assert "the feed: next_url leads to the document itself" in map(str, faults)


# No longer than allowed, and nothing lost


def long_document(bodies: list[int], summary: str = "What the post is about.") -> FeedDocument:
    entries = (
        an_entry(a_post(f"post-{n}", published=day(100 - n), summary=summary), html=f"<p>{'word ' * (size // 5)}</p>")
        for n, size in enumerate(bodies)
    )
    return a_document(*entries, feed=a_feed(max_bytes=25_000), history=History(archive="all/archive/1"))


def ids_in(body: bytes) -> list[str]:
    return [item["id"] for item in json.loads(body)["items"]]


def test_the_longest_bodies_give_way_to_summaries_and_no_more_of_them_than_needed() -> None:
    document = long_document([1000, 30_000, 2000, 9000, 3000])

    items = json.loads(squeeze(document, a_site(), Format.JSON))["items"]

    assert ["content_html" in item for item in items] == [True, False, True, True, True]


def test_summaries_are_cut_at_a_word_when_nothing_else_helps() -> None:
    document = long_document([100] * 12, summary="word " * 600 + "end")

    body = squeeze(document, a_site(), Format.JSON)

    assert len(body) <= 25_000
    assert {item["summary"][-6:] for item in json.loads(body)["items"]} == {" word…"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=12), st.sampled_from(Format))
def test_every_entry_is_in_a_document_that_is_no_longer_than_allowed(sizes: list[int], format: Format) -> None:
    document = long_document(sizes)

    body = squeeze(document, a_site(), format)

    assert len(body) <= 25_000
    for entry in document.entries:
        assert entry.post.id.encode() in body
