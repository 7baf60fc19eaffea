"""Which posts a feed shows, judged without a database."""

from datetime import timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_feed, a_post, a_term, an_entry, day
from feeds.model.feed import Entry, Selection
from feeds.model.post import Author
from feeds.syndication.select import NEVER, document, matches


def test_the_newest_entries_are_shown_first_and_the_rest_not_at_all() -> None:
    entries = [an_entry(a_post(f"post-{n}", published=day(n))) for n in (2, 5, 3, 1)]

    shown = document(a_feed(entries=3), entries).entries

    assert [entry.post.published for entry in shown] == [day(5), day(3), day(2)]


def test_a_feed_is_as_new_as_its_newest_edit_and_not_as_the_clock() -> None:
    edited = an_entry(a_post("edited", published=day(1), updated=day(9)))
    newer = an_entry(a_post("newer", published=day(5)))

    assert document(a_feed(), [edited, newer]).updated == day(9)


def test_an_empty_feed_says_a_fixed_instant_and_not_the_clock() -> None:
    assert document(a_feed(), []).updated == NEVER


@given(st.permutations([an_entry(a_post(f"post-{n}", published=day(1 + n // 3))) for n in range(9)]))
def test_entries_in_any_order_make_the_same_document(entries: list[Entry]) -> None:
    ordered = document(a_feed(), sorted(entries, key=lambda entry: entry.post.id))

    assert document(a_feed(), entries) == ordered


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_no_two_entries_share_their_updated_and_none_is_newer_than_its_post(offsets: list[int]) -> None:
    entries = [
        an_entry(a_post(f"post-{n:02}", updated=day(1) + timedelta(seconds=offset))) for n, offset in enumerate(offsets)
    ]

    shown = document(a_feed(), entries).entries

    assert len({entry.updated for entry in shown}) == len(entries)
    assert all(entry.updated <= entry.post.updated for entry in shown)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=30))
def test_an_entry_that_leaves_at_the_old_end_changes_none_that_stay(offsets: list[int]) -> None:
    entries = [
        an_entry(a_post(f"post-{n:02}", published=day(1) + timedelta(seconds=offset)))
        for n, offset in enumerate(offsets)
    ]

    longer = document(a_feed(), entries)
    shorter = document(a_feed(entries=len(entries) - 1), entries)

    assert longer.entries[:-1] == shorter.entries


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), True),
        (Selection(categories=("tv",)), True),
        (Selection(categories=("world", "tv")), True),
        (Selection(categories=("world",)), False),
        (Selection(tags=("armenia",)), True),
        (Selection(tags=("tv",)), False),
        (Selection(authors=("ada",)), True),
        (Selection(authors=("bob",)), False),
        (Selection(languages=("en-gb",)), True),
        (Selection(languages=("fr",)), False),
        (Selection(featured=True), True),
        (Selection(featured=False), False),
        (Selection(path="news/"), True),
        (Selection(path="other/"), False),
        (Selection(after=day(3)), True),
        (Selection(after=day(4)), False),
        (Selection(before=day(3)), False),
        (Selection(before=day(4)), True),
        (Selection(categories=("tv",), featured=True, before=day(9)), True),
        (Selection(categories=("tv",), featured=False), False),
    ],
)
def test_a_selection_matches_when_every_condition_holds(selection: Selection, *, expected: bool) -> None:
    post = a_post(
        path=PurePosixPath("news/a.md"),
        published=day(3),
        categories=(a_term("TV"),),
        tags=(a_term("Armenia", "tag"),),
        authors=(Author(name="Ada", slug="ada"),),
        language="en-GB",
        featured=True,
    )

    assert matches(selection, post) is expected
