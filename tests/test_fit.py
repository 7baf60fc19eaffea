"""Documents no longer than their feed allows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_document, a_feed, a_post, a_site, an_entry, day
from feeds.model.feed import Entry, FeedDocument, Format
from feeds.syndication.fit import fit
from feeds.syndication.render import render


def entries_of(sizes: list[int]) -> list[Entry]:
    return [
        an_entry(a_post(f"post-{n}", published=day(100 - n)), html=f"<p>{'word ' * (size // 5)}</p>")
        for n, size in enumerate(sizes)
    ]


def shown_ids(document: FeedDocument, body: bytes) -> list[str]:
    return [entry.post.id for entry in document.entries if entry.post.id.encode() in body]


def test_a_document_that_fits_is_left_as_it_is() -> None:
    document = a_document(*entries_of([100, 200]))

    assert fit(document, a_site()) == (document, {format: render(document, a_site(), format) for format in Format})


def test_the_oldest_entries_are_left_out_in_all_formats_alike() -> None:
    document = a_document(*entries_of([4000] * 20), feed=a_feed(max_bytes=30_000))

    _, bodies = fit(document, a_site())

    shown = {tuple(shown_ids(document, body)) for body in bodies.values()}
    assert len(shown) == 1
    (ids,) = shown
    assert list(ids) == [entry.post.id for entry in document.entries][: len(ids)]
    assert 4 <= len(ids) < 20


def test_an_entry_too_large_for_any_document_shows_its_summary() -> None:
    document = a_document(*entries_of([100, 90_000, 100]), feed=a_feed(max_bytes=20_000))

    _, bodies = fit(document, a_site())

    for body in bodies.values():
        assert shown_ids(document, body) == [entry.post.id for entry in document.entries]
        assert b"word word" in body or b"What the post is about." in body
        assert body.count(b"word ") < 200


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 20_000), max_size=12))
def test_no_document_is_longer_than_allowed(sizes: list[int]) -> None:
    document = a_document(*entries_of(sizes), feed=a_feed(max_bytes=25_000))

    _, bodies = fit(document, a_site())

    assert all(len(body) <= 25_000 for body in bodies.values())
