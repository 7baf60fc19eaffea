"""A short life of a publication: no subscriber is ever told anything twice, too early, too late, or not at all.

``python -m bench.year`` lives through whole years.
"""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from life import Piece
from living import Year
from newsroom import Newsroom
from subscriber import LAWS, Document, Shown, Subscriber, expected
from workbench import NOON, Workbench

DAY = timedelta(days=1)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_subscriber_is_disappointed(tmp_path: Path, seed: int) -> None:
    outcome = Year(tmp_path, seed, days=4, deeds_a_day=6).run()

    assert outcome.breaches == []
    assert outcome.posts > 12
    assert len(outcome.refreshes) > 20


def deeds() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Newsroom(Workbench(Path(folder)), Random(0))
        return [deed.__name__ for deed in newsroom.deeds()] + ["_lose_the_database"]


@settings(max_examples=5, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 999), done=st.lists(st.sampled_from(deeds()), min_size=4, max_size=12))
def test_no_sequence_of_deeds_disappoints_a_subscriber(seed: int, done: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert Year(Path(folder), seed, days=2).live(done).breaches == []


# The law itself can be broken


def a_piece(number: int = 1, **changes: object) -> Piece:
    piece = Piece(number=number, path=f"p{number}x.md", words="", body="", published=NOON - DAY)
    for name, value in changes.items():
        setattr(piece, name, value)
    return piece


class Page:
    """A feed in JSON that says whatever it is told to."""

    def __init__(self) -> None:
        self.document = Document(entries=())

    def show(self, *entries: Shown) -> None:
        self.document = replace(self.document, entries=entries)

    def get(self, path: str) -> bytes:
        items = ",".join(
            f'{{"id": "{each.id}", "title": "p{each.number}x", "date_modified": "{each.updated}"}}'
            for each in self.document.entries
        )
        return f'{{"items": [{items}]}}'.encode()


def an_entry(number: int = 1, id: str = "", minutes: int = 0) -> Shown:
    return Shown(id=id or f"id-{number}", number=number, updated=NOON + timedelta(minutes=minutes or number))


BROKEN = {
    "twice": ([an_entry()], [an_entry(id="another")], [a_piece()], [a_piece()]),
    "mistaken": ([an_entry()], [an_entry(2, id="id-1")], [a_piece()], [a_piece(exists=False), a_piece(2)]),
    "early": ([], [an_entry()], [], [a_piece(published=NOON + DAY)]),
    "late": ([an_entry()], [an_entry()], [a_piece()], [a_piece(exists=False)]),
    "missed": ([an_entry()], [], [a_piece()], [a_piece()]),
    "moved": ([an_entry()], [an_entry(minutes=9)], [a_piece()], [a_piece()]),
    "silent": ([an_entry()], [an_entry()], [a_piece()], [a_piece(edits=1, excuses=1)]),
    "tied": ([], [an_entry(1, minutes=5), an_entry(2, minutes=5)], [], [a_piece(), a_piece(2)]),
}


@pytest.mark.parametrize("law", LAWS)
def test_a_subscriber_notices_each_disappointment(law: str) -> None:
    first, then, before, after = BROKEN[law]
    subscriber, page = Subscriber(feed="all", format="json", every=1), Page()

    for shown, pieces in ((first, before), (then, after)):
        page.show(*shown)
        known = {piece.number: piece for piece in pieces}
        subscriber.poll(page.get, known, NOON, must=expected("all", known, NOON, 5))

    assert {kind for kind, _ in subscriber.breaches} == {law}
