"""The state: its schema, its transactions, its failures."""

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from builders import a_post, day
from feeds.errors import StoreError
from feeds.model.feed import Selection
from feeds.store import posts
from feeds.store.database import REVISION, open_database
from feeds.store.probe import FILE_NAME, is_unusable
from feeds.store.schema import metadata


def test_the_migrations_make_exactly_the_tables_that_the_code_works_with(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    assert differences == []
    assert revision == REVISION
    database.close()


def test_the_database_is_in_wal_mode_so_that_readers_never_wait(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    with database.writing() as writing:
        posts.save(writing, [a_post()])
        with database.reading() as reading:
            assert posts.count(reading, Selection(), now=day(2)) == 0
    with database.reading() as reading:
        assert posts.count(reading, Selection(), now=day(2)) == 1
    database.close()


def test_each_connection_keeps_as_much_in_memory_as_it_is_told_to(tmp_path: Path) -> None:
    database = open_database(tmp_path, cache=2_000)
    with database.reading() as connection:
        assert connection.execute(text("PRAGMA cache_size")).scalar() == -2_000
    database.close()


def test_what_fails_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    database = open_database(tmp_path)

    def fail_half_way() -> None:
        with database.writing() as connection:
            posts.save(connection, [a_post("one")])
            connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    with pytest.raises(StoreError):
        fail_half_way()
    with database.reading() as connection:
        assert posts.total(connection) == 0
    database.close()


def test_two_that_open_a_new_state_at_once_both_find_it_whole(tmp_path: Path) -> None:
    failures: list[Exception] = []

    def open_it() -> None:
        try:
            database = open_database(tmp_path / "state")
            with database.reading() as connection:
                posts.total(connection)
            database.close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []


def test_a_state_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(StoreError, match="made by another version"):
        open_database(tmp_path)


def test_the_newest_of_a_category_are_read_by_an_index_and_not_by_a_scan(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.reading() as connection:
        plan = " ".join(
            str(row)
            for row in connection.execute(
                text(
                    "EXPLAIN QUERY PLAN SELECT posts.id FROM posts JOIN terms ON terms.post = posts.number "
                    "WHERE terms.kind = 'category' AND terms.slug = 'tv' AND posts.hidden = '' "
                    "ORDER BY terms.published DESC, posts.id DESC LIMIT 50"
                )
            )
        )

    assert "SEARCH terms USING PRIMARY KEY (kind=? AND slug=?)" in plan
    assert "SCAN" not in plan
    database.close()


@pytest.mark.parametrize(
    ("cause", "unusable"),
    [
        (sqlite3.DatabaseError("file is not a database"), True),
        (sqlite3.OperationalError("database is locked"), False),
        (PermissionError(13, "Permission denied"), False),
    ],
)
def test_a_file_is_unusable_by_its_own_fault_only(cause: Exception, *, unusable: bool) -> None:
    error = StoreError("x")
    error.__cause__ = cause

    assert is_unusable(error) is unusable


def test_a_look_at_the_version_tells_every_change_whoever_made_it(tmp_path: Path) -> None:
    own, other = open_database(tmp_path), open_database(tmp_path)
    seen = own.version()
    assert own.version() == seen

    for database, changing in ((other, other.writing), (own, own.writing), (other, other.preparing)):
        with changing() as connection:
            posts.save(connection, [a_post()])
        assert own.version() != seen, database
        seen = own.version()
    own.close()
    other.close()


def test_only_what_readers_see_is_waited_for_until_the_disk_has_it(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    found = []
    for changing in (database.preparing, database.writing, database.preparing):
        with changing() as connection:
            found.append(connection.execute(text("PRAGMA synchronous")).scalar())
    database.tidy()
    database.close()

    normal, full = 1, 2
    assert found == [normal, full, normal]
