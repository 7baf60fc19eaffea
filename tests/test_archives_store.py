"""How stale a feed is, and that its newest archives are found without reading the older ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from builders import a_post, a_term, day
from feeds.model.archive import Position
from feeds.model.feed import Selection
from feeds.model.media import Enclosure
from feeds.store import posts, runs
from feeds.store.briefs import briefs
from feeds.store.database import Database, open_database

_AUDIO = Enclosure(url="https://example.com/7.mp3", media_type="audio/mpeg")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path)
    yield database
    database.close()


def test_a_feed_is_stale_since_the_oldest_of_all_changes(database: Database) -> None:
    with database.writing() as connection:
        runs.mark_stale(connection, ["all", "tv"], day(9))
        runs.mark_stale(connection, ["all"], day(3))
        runs.mark_stale(connection, ["all"], day(5))

        assert runs.stale(connection) == {"all": day(3), "tv": day(9)}


def test_where_anything_may_have_changed_no_later_change_says_less(database: Database) -> None:
    with database.writing() as connection:
        runs.mark_stale(connection, ["all"], day(3))
        runs.mark_stale(connection, ["all"])
        runs.mark_stale(connection, ["all"], day(5))

        assert runs.stale(connection) == {"all": None}


def test_feeds_that_could_not_be_made_stay_stale_since_the_same_instant(database: Database) -> None:
    with database.writing() as connection:
        runs.mark_stale(connection, ["all", "tv"], day(3))
        runs.clear_stale(connection, but=["tv", "new"])

        assert runs.stale(connection) == {"new": None, "tv": day(3)}


@pytest.mark.parametrize(
    ("selection", "index"),
    [
        (Selection(), "SEARCH posts USING INDEX ix_posts_published (published>?)"),
        (Selection(categories=("tv",)), "SEARCH terms USING PRIMARY KEY (kind=? AND slug=? AND published>?)"),
        (Selection(played=True), "SEARCH posts USING INDEX posts_enclosing (enclosed=? AND published>?)"),
    ],
)
def test_only_posts_above_a_window_are_read_to_fill_the_next(
    database: Database, selection: Selection, index: str
) -> None:
    with database.writing() as connection:
        shared = {"categories": (a_term("TV"),), "enclosures": (_AUDIO,)}
        posts.save(connection, [a_post(f"p{n}", published=day(n), **shared) for n in range(1, 9)])
    asked: list[tuple[str, Any]] = []
    with database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
        first = Position(day(6), "tag:example.com,2024-01-01:p6")
        found = [brief.position.published for brief in briefs(connection, selection, now=day(20), first=first)]
        statement, values = asked[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()

    assert found == [day(6), day(7), day(8)]
    assert index in " ".join(str(row) for row in plan)
    assert "SCAN" not in " ".join(str(row) for row in plan)
