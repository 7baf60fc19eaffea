"""The beginning of a real publication's history, and one of our own like it: no subscriber is disappointed.

``python -m bench.replay`` goes through the whole of it.
"""

import json
from pathlib import Path

import pytest

from replaying import Commit, Replay

TRACE = Path(__file__).parents[2] / "shared" / "data" / "finescoop-trace.json"

#: Added, edited and deleted, as an editor's weeks have it: some days nothing, some corrections, one import.
OURS = [
    *[(1, 0, 0), (3, 0, 0), (1, 0, 1), (9, 0, 0), (4, 0, 6), (0, 1, 0), (2, 0, 0), (0, 3, 0), (5, 11, 0), (0, 2, 2)],
    *[(60, 0, 0), (1, 20, 30), (6, 0, 0), (7, 0, 0), (0, 1, 0), (3, 3, 3)],
]


@pytest.fixture
def ours() -> list[Commit]:
    # The clocks go back in London in the middle of it.
    return [(str(n), 1_603_400_000 + 37_000 * n, "articles", *counts) for n, counts in enumerate(OURS)]


def test_no_subscriber_is_disappointed_by_an_editors_weeks(tmp_path: Path, ours: list[Commit]) -> None:
    replayed = Replay(tmp_path, ours, topics=1).run()

    assert replayed.breaches == []
    assert replayed.posts == sum(added - deleted for added, _, deleted in OURS)
    assert replayed.holds >= 1


@pytest.mark.skipif(not TRACE.is_file(), reason="the real history is not on this machine (../shared/data)")
def test_no_subscriber_is_disappointed_by_the_first_commits_of_a_real_publication(tmp_path: Path) -> None:
    trace = [tuple(commit) for commit in json.loads(TRACE.read_text(encoding="utf-8"))[:25]]

    replayed = Replay(tmp_path, trace, topics=1).run()

    assert replayed.breaches == []
    assert replayed.commits == 25
