"""Footnotes whose labels are words."""

import pytest

from ending import ends
from feeds.content.footnotes import joined
from feeds.content.markdown import render


def test_a_label_may_hold_blanks_where_its_note_is_written() -> None:
    written = render(joined("One.[^Linker 1M] `[^Linker 1M]` [^no note]\n\n[^linker  1M]: Two.\n"))

    assert "Two." in written
    assert "<code>[^Linker 1M]</code> [^no note]" in written
    assert "[^Linker" not in written.replace("<code>[^Linker 1M]</code>", "")


def test_labels_without_blanks_stay_as_they_are() -> None:
    body = "One.[^1]\n\n[^1]: Two.\n"

    assert joined(body) == body


@pytest.mark.parametrize("hostile", ["[^" + " " * 200_000, "[^ " * 60_000, "[^a b]: x\n" * 20_000])
def test_hostile_labels_take_no_longer_than_they_are(hostile: str) -> None:
    with ends():
        joined(hostile)
