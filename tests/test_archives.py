"""The whole history of a feed: windows that a refresh lays out, documents that are made when somebody asks."""

import gzip
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from feeds.model.archive import Window
from feeds.model.feed import ContentMode, FeedDefinition, Format, Retirement, Selection
from feeds.services.archive_shelf import archive_path
from feeds.store import archives, runs
from feeds.store.schema import archive_documents
from feeds.syndication import check
from walking import Reader
from workbench import NOON, Workbench, a_publication

SECOND = timedelta(seconds=1)
EACH = 3
ALL = FeedDefinition(name="all", entries=EACH)


def a_bench(folder: Path, *definitions: FeedDefinition) -> Workbench:
    return Workbench(folder, a_publication(definitions=definitions or (ALL,)))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """Eleven posts: three in the subscription document, two closed windows, and two posts in an open one."""
    bench = eleven_posts(tmp_path)
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The same, for tests that only read."""
    bench = eleven_posts(tmp_path_factory.mktemp("settled"))
    yield bench
    bench.close()


def eleven_posts(folder: Path) -> Workbench:
    bench = a_bench(folder)
    for number in range(11):
        write(bench, number)
    bench.refresh()
    return bench


def write(bench: Workbench, number: int, body: str = "", **fields: object) -> Path:
    facts = {"date": f"{when(number):%Y-%m-%dT%H:%M:%SZ}"} | fields
    return bench.post(f"post-{number:02}", body or f"The body of number {number}.", **facts)


def when(number: int) -> datetime:
    return datetime.fromisoformat("2026-01-01T10:00:00Z") + timedelta(days=number)


def windows(bench: Workbench, feed: str = "all") -> list[Window]:
    with bench.database.reading() as connection:
        return archives.windows(connection, feed)


def kept(bench: Workbench) -> int:
    with bench.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(archive_documents)).scalar_one())


def catalogued_ids(bench: Workbench) -> list[str]:
    """Return the ids of all posts in the order of documents, as the catalogue has them."""
    with bench.database.reading() as connection:
        rows = connection.execute(text("SELECT id FROM posts WHERE hidden = '' ORDER BY published DESC, id DESC"))
        return list(rows.scalars())


# Reading all of it


@pytest.mark.parametrize("format", Format)
def test_walking_from_the_subscription_document_reaches_every_post_exactly_once_newest_first(
    settled: Workbench, format: Format
) -> None:
    pages = Reader(settled).walk(format=format)

    assert [id for page in pages for id in page.ids] == catalogued_ids(settled)
    assert [len(page.ids) for page in pages] == [3, 2, 3, 3]


@pytest.mark.parametrize("format", [Format.RSS, Format.ATOM])
def test_every_document_says_where_it_stands(settled: Workbench, format: Format) -> None:
    reader = Reader(settled)
    subscription, *older = reader.walk(format=format)

    assert not subscription.is_archive
    assert not subscription.is_complete
    assert subscription.older.endswith(f"/feeds/all/archive/3.{format}")
    for page, newer in zip(older, [subscription, *older[:-1]], strict=True):
        assert page.is_archive
        assert page.own == newer.older
        assert page.current.endswith(f"/feeds/all.{format}")
        assert (newer.own.endswith(page.newer) if newer is not subscription else not page.newer) or page.newer
    by_number = {page.own.rpartition("/")[2][0]: page for page in older}
    assert [by_number[number].newer.rpartition("/")[2] for number in "123"] == [f"2.{format}", f"3.{format}", ""]


@pytest.mark.parametrize("format", Format)
def test_archive_documents_pass_the_check_of_every_document(settled: Workbench, format: Format) -> None:
    reader = Reader(settled)

    for page in reader.walk(format=format):
        body = reader.get(page.own.removeprefix(settled.site.public_url))
        assert check.problems(body, format, self_url=page.own) == ()


def test_a_feed_whose_posts_are_all_in_one_document_is_complete_and_has_no_archives(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    for number in range(EACH):
        write(bench, number)
    bench.refresh()

    (page,) = Reader(bench).walk()
    assert page.is_complete
    assert windows(bench) == []

    write(bench, EACH)
    bench.refresh()
    assert [(p.is_complete, len(p.ids)) for p in Reader(bench).walk()] == [(False, 3), (False, 1)]


def test_a_feed_without_posts_does_not_say_that_everything_is_gone(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    write(bench, 1, draft="true")
    bench.refresh()

    (page,) = Reader(bench).walk()
    assert not page.is_complete


def test_a_document_that_had_to_leave_a_post_out_is_not_complete(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    write(bench, 1)
    write(bench, 2, body="<div>" * 400)
    bench.refresh()

    page, *_ = Reader(bench).walk()
    assert len(page.ids) == 1
    assert not page.is_complete


def test_without_archives_there_is_nothing_of_them(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, FeedDefinition(name="all", entries=EACH, archives=False))
    for number in range(8):
        write(bench, number)
    bench.refresh()

    (page,) = Reader(bench).walk()
    assert not page.is_complete
    assert windows(bench) == []
    assert Reader(bench).client.get("/feeds/all/archive/1.atom").status_code == 404


def test_archives_end_when_they_are_switched_off_or_the_feed_is_gone(bench: Workbench, tmp_path: Path) -> None:
    old = list(Reader(bench).closed())
    bench.publication = a_publication(definitions=(FeedDefinition(name="all", entries=EACH, archives=False),))
    bench.refresh()
    assert {Reader(bench).client.get(path).status_code for path in old} == {404}

    bench.publication = a_publication(definitions=(FeedDefinition(name="other", entries=EACH),))
    bench.refresh()
    assert len(Reader(bench).ids("other")) == 11
    with bench.database.reading() as connection:
        assert archives.archived_names(connection) == {"other"}


def test_what_max_bytes_keeps_out_of_the_subscription_document_is_in_the_archives(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, FeedDefinition(name="all", entries=10, max_bytes=10_000))
    for number in range(9):
        write(bench, number, body="word " * 600)
    bench.refresh()

    for format in Format:
        pages = Reader(bench).walk(format=format)
        assert [id for page in pages for id in page.ids] == catalogued_ids(bench)
        assert len(pages) > 2
        for page in pages:
            body = Reader(bench).get(page.own.removeprefix(bench.site.public_url))
            assert len(body) <= 10_000


def test_a_post_too_long_for_any_archive_document_is_there_with_its_summary(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, FeedDefinition(name="all", entries=1, max_bytes=10_000))
    write(bench, 0, body="long " * 10_000, description="It is long.")
    write(bench, 1)
    bench.refresh()

    reader = Reader(bench)
    assert len(reader.ids()) == 2
    body = reader.get("/feeds/all/archive/1.atom")
    assert len(body) <= 10_000
    assert b"It is long." in body


def test_feeds_of_categories_of_selections_and_of_summaries_have_archives_too(tmp_path: Path) -> None:
    definitions = (
        FeedDefinition(name="category/{category}", for_each="category", entries=2),
        FeedDefinition(name="picked", selection=Selection(featured=True), entries=2),
        FeedDefinition(name="short", entries=4, content=ContentMode.SUMMARY),
    )
    bench = a_bench(tmp_path, *definitions)
    for number in range(12):
        write(bench, number, categories="Sea" if number % 3 else "Gärten", featured="true" if number % 2 else "false")
    bench.refresh()

    reader = Reader(bench)
    everything = catalogued_ids(bench)
    assert sorted(reader.ids("category/sea") + reader.ids("category/gärten")) == sorted(everything)
    assert len(reader.ids("picked")) == 6
    assert reader.ids("short") == everything
    assert b"<content " not in reader.get("/feeds/short/archive/1.atom")


def test_posts_of_one_second_are_each_in_one_document_and_set_apart(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    for number in range(10):
        write(bench, number, date="2026-01-02T03:04:05Z")
    bench.refresh()

    assert Reader(bench).ids() == catalogued_ids(bench)


# Closed documents never change


def test_new_posts_change_no_closed_document_and_only_add_to_them(bench: Workbench) -> None:
    before = Reader(bench).closed()
    for number in range(11, 20):
        write(bench, number)
        bench.refresh()
        after = Reader(bench).closed()
        assert {path: after.get(path) for path in before} == before
        assert Reader(bench).ids() == catalogued_ids(bench)
        before = after
    assert len(before) == 5


def test_a_restart_changes_no_byte(bench: Workbench, tmp_path: Path) -> None:
    before = Reader(bench).closed()
    bench.close()

    again = a_bench(tmp_path)
    again.refresh(NOON + timedelta(days=1))

    assert Reader(again).closed() == before
    again.close()


@pytest.mark.parametrize("format", Format)
def test_a_lost_database_changes_no_byte(bench: Workbench, tmp_path: Path, format: Format) -> None:
    before = Reader(bench).closed(format=format)
    bench.close()
    shutil.rmtree(tmp_path / "state")

    again = a_bench(tmp_path)
    again.refresh(NOON + timedelta(days=1))

    assert len(before) == 2
    assert Reader(again).closed(format=format) == before
    again.close()


def test_documents_that_were_dropped_for_want_of_room_come_back_the_same(bench: Workbench) -> None:
    kept_all = Reader(bench).closed()
    with bench.database.writing() as connection:
        connection.execute(archive_documents.delete())

    small = Reader(bench, room=len(next(iter(kept_all.values()))) + 1)

    assert small.closed() == kept_all
    assert kept(bench) == 1


def test_a_new_post_leaves_the_closed_documents_kept_that_were_made(bench: Workbench) -> None:
    Reader(bench).walk()
    before = windows(bench)
    assert kept(bench) == 3

    write(bench, 11)
    bench.refresh()

    # The two closed ones; the open one has a post more.
    assert kept(bench) == 2
    assert windows(bench)[:2] == before[:2]
    assert windows(bench)[2].posts == 3


def test_a_body_that_was_rendered_for_the_subscription_document_gives_the_same_archive(
    bench: Workbench, tmp_path: Path
) -> None:
    other = a_bench(tmp_path / "other")
    for number in range(11):
        write(other, number)
        other.refresh()

    assert Reader(other).closed() == Reader(bench).closed()
    other.close()


# Old posts that change


def test_an_edit_gives_new_addresses_from_its_window_up_and_old_ones_lead_there(bench: Workbench) -> None:
    old = list(Reader(bench).closed())
    generation = bench.shelf().generation()
    write(bench, 4, body="Edited.")
    bench.refresh()

    reader = Reader(bench)
    new = list(reader.closed())
    assert old[1] == new[1]
    assert old[0] != new[0]
    assert b"Edited." in reader.get(new[0])
    answer = reader.client.get(old[0])
    assert answer.status_code == 302
    assert answer.headers["Location"] == bench.site.public_url + new[0]
    assert answer.headers["Cache-Control"].startswith("public, max-age=900,")
    after = bench.shelf().generation()
    assert generation
    assert after
    assert after.number == generation.number + 1


@pytest.mark.parametrize("way", ["deleted", "hidden", "expired"])
def test_a_post_that_goes_is_in_no_document_any_more_under_any_address(bench: Workbench, way: str) -> None:
    old = Reader(bench).closed()
    gone = "The body of number 1."
    assert any(gone.encode() in body for body in old.values())
    file = bench.content / "post-01.md"
    if way == "deleted":
        file.unlink()
    else:
        write(bench, 1, **({"draft": "true"} if way == "hidden" else {"expires": "2026-05-01"}))
    bench.refresh()

    reader = Reader(bench)
    assert len(reader.ids()) == len(set(reader.ids())) == 10
    for path in [*old, *reader.closed(), "/feeds/all/archive/1.atom", "/feeds/all/archive/3.atom"]:
        assert gone.encode() not in reader.get(path)
        assert b"number 0" in reader.get(path) or not path.startswith("/feeds/all/archive/1")


def test_an_old_post_expires_to_the_second_and_no_cache_holds_it_longer(bench: Workbench) -> None:
    expiry = NOON + timedelta(hours=2)
    write(bench, 1, expires=f"{expiry:%Y-%m-%dT%H:%M:%SZ}")
    bench.refresh()
    reader = Reader(bench)
    (first, second) = reversed(reader.closed())
    assert reader.client.get(first).headers["Cache-Control"] == "public, max-age=7200"
    assert reader.client.get(second).headers["Cache-Control"] == "public, max-age=31536000, immutable"

    reader.now = expiry - SECOND
    bench.refresh(reader.now)
    answer = reader.client.get(first)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=1")
    assert b"number 1." in answer.data

    reader.now = expiry
    bench.refresh(reader.now)
    assert reader.client.get(first).status_code == 302
    assert all(b"number 1." not in body for body in Reader(bench, expiry).closed().values())
    assert len(Reader(bench, expiry).ids()) == 10


def test_a_post_that_appears_later_with_an_old_date_is_nowhere_before_and_in_its_place_from_then_on(
    bench: Workbench,
) -> None:
    due = NOON + timedelta(hours=2)
    before = Reader(bench).closed()
    bench.post("backdated", "Secret.", date=f"{when(1):%Y-%m-%dT11:00:00Z}", embargo=f"{due:%Y-%m-%dT%H:%M:%SZ}")
    bench.refresh()

    bench.refresh(due - SECOND)
    assert Reader(bench, due - SECOND).closed() == before

    bench.refresh(due)
    after = Reader(bench, due).closed()
    assert sum(b"Secret." in body for body in after.values()) == 1
    assert len(Reader(bench, due).ids()) == 12
    assert set(after).isdisjoint(before)


def test_another_title_of_the_site_gives_every_archive_another_address(bench: Workbench) -> None:
    before = Reader(bench).closed()
    site = a_publication().site
    bench.publication = a_publication(
        definitions=(ALL,), site=type(site)(**{n: getattr(site, n) for n in site.__slots__} | {"title": "New"})
    )
    bench.refresh()

    after = Reader(bench).closed()
    assert set(after).isdisjoint(before)
    assert all(b'<title type="text">New</title>' in body for body in after.values())


def test_archives_laid_out_by_code_that_renders_differently_are_laid_out_anew(bench: Workbench) -> None:
    before = Reader(bench).closed()
    with bench.database.writing() as connection:
        connection.execute(text("DELETE FROM archive_documents"))
        connection.execute(text("UPDATE premises SET composing = 'another'"))
        connection.execute(text("UPDATE archived_feeds SET presentation = 'another'"))
        connection.execute(text("UPDATE archives SET revision = 'f' || substr(revision, 2)"))
    assert Reader(bench).client.get("/feeds/all/archive/3.atom").status_code == 503

    bench.refresh()

    assert Reader(bench).closed() == before


# Content and state that are not what they should be


def test_content_that_is_ahead_of_the_refresh_is_waited_for(bench: Workbench) -> None:
    path = min(Reader(bench).closed())
    with bench.database.writing() as connection:
        connection.execute(archive_documents.delete())
        connection.execute(text("DELETE FROM bodies"))
    write(bench, 1, body="Ahead.")

    answer = Reader(bench).client.get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert b"post-01.md" in answer.data

    bench.refresh()
    assert b"Ahead." in Reader(bench).get(path)


def test_a_catalogue_that_is_ahead_of_the_archives_is_waited_for(bench: Workbench) -> None:
    path = min(Reader(bench).closed())
    with bench.database.writing() as connection:
        connection.execute(archive_documents.delete())
        connection.execute(text("UPDATE posts SET title = 'Ahead' WHERE path = 'post-01.md'"))

    assert Reader(bench).client.get(path).status_code == 503


def test_a_post_whose_file_was_broken_is_in_the_archives_as_it_was_or_with_its_summary(bench: Workbench) -> None:
    bench.write("post-01.md", "---\ntitle: [\n")
    bench.write("post-02.md", "---\ntitle: [\n")
    with bench.database.writing() as connection:
        connection.execute(text("DELETE FROM bodies WHERE path = 'post-02.md'"))
    bench.refresh()

    assert Reader(bench).ids() == catalogued_ids(bench)
    assert len(Reader(bench).ids()) == 11


def test_a_body_that_cannot_be_rendered_costs_only_itself(bench: Workbench) -> None:
    write(bench, 1, body="<div>" * 400, description="Too deep.")
    bench.refresh()

    reader = Reader(bench)
    assert reader.ids() == catalogued_ids(bench)
    assert b"Too deep." in reader.get("/feeds/all/archive/1.atom")


def test_content_that_moved_is_found_where_it_is_now(bench: Workbench, tmp_path: Path) -> None:
    path = min(Reader(bench).closed())
    with bench.database.writing() as connection:
        connection.execute(archive_documents.delete())
    bench.content = bench.content.rename(tmp_path / "elsewhere")
    assert Reader(bench).client.get(path).status_code == 503

    bench.refresh()
    assert Reader(bench).client.get(path).status_code == 200


# HTTP


def test_a_closed_document_is_as_old_as_its_newest_entry_and_an_open_one_as_its_last_change(settled: Workbench) -> None:
    reader = Reader(settled, NOON + timedelta(days=3))
    newest, *_ = reader.closed()

    assert reader.client.get(newest).headers["Last-Modified"] == "Tue, 06 Jan 2026 10:00:00 GMT"
    assert reader.client.get("/feeds/all/archive/3.atom").headers["Last-Modified"] == "Mon, 01 Jun 2026 12:00:00 GMT"
    assert reader.client.get("/feeds/all/archive/3.atom").headers["Cache-Control"].startswith("public, max-age=900,")


def test_archive_documents_are_answered_like_all_others(settled: Workbench) -> None:
    reader = Reader(settled)
    path = min(reader.closed())
    whole = reader.client.get(path)

    head = reader.client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))
    same = reader.client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    since = reader.client.get(path, headers={"If-Modified-Since": whole.headers["Last-Modified"]})
    assert since.status_code == 304
    packed = reader.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == whole.data
    assert packed.headers["ETag"] != whole.headers["ETag"]
    assert whole.headers["Link"] == f'<{settled.site.public_url}{path}>; rel="self"'
    assert whole.headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_redirect_leads_on_also_where_a_server_in_front_took_a_folder_away(settled: Workbench) -> None:
    answer = Reader(settled).client.get("/feeds/all/archive/2.json")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{settled.site.public_url}/feeds/all/archive/2-")


@pytest.mark.parametrize("path", ["1", "1-0123456789", "2-abcdefabcd"])
def test_other_revisions_of_a_closed_document_lead_to_the_current_one(settled: Workbench, path: str) -> None:
    answer = Reader(settled).answer(f"/feeds/all/archive/{path}.rss")

    assert answer.request.path in Reader(settled).closed(format=Format.RSS)


def test_a_revision_of_the_open_document_leads_to_its_plain_address(settled: Workbench) -> None:
    assert (
        Reader(settled)
        .client.get("/feeds/all/archive/3-0123456789.rss")
        .headers["Location"]
        .endswith("/feeds/all/archive/3.rss")
    )


@pytest.mark.parametrize(
    "path",
    [
        *("0", "4", "999999999", "99999999999999999999", "01", "-1", "1-", "1-0123", "1-0123456789ab", "1-ABCDEF0123"),
        *("", "x", "1/2", "1-0123456789-0123456789", "١", "1%00", "1 ", "+1", "1e1"),
    ],
)
def test_what_is_no_archive_document_is_not_found(settled: Workbench, path: str) -> None:
    assert Reader(settled).client.get(f"/feeds/all/archive/{path}.atom").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/all/archive/1.xml",
        "/feeds/all/archive/1",
        "/feeds/none/archive/1.rss",
        "/feeds/archive/1.rss",
        "/feeds/all/archive/1/archive/1.rss",
        "/feeds/all//archive/1.rss",
        "/feeds/ALL/archive/1.rss",
        "/feeds/all/archive/1.RSS",
        "/all/archive/1.rss",
    ],
)
def test_other_paths_lead_to_no_archive_document(settled: Workbench, path: str) -> None:
    assert Reader(settled).client.get(path).status_code == 404


def test_an_encoded_slash_is_a_slash_here_as_for_every_document(settled: Workbench) -> None:
    client = Reader(settled).client

    assert client.get("/feeds/all%2Farchive%2F3.rss").status_code == client.get("/feeds%2Fall.rss").status_code == 200


def test_a_format_that_the_feed_has_not_is_not_found(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, FeedDefinition(name="all", entries=1, formats=(Format.JSON,)))
    for number in range(4):
        write(bench, number)
    bench.refresh()

    assert Reader(bench).client.get("/feeds/all/archive/1.rss").status_code == 404
    assert len(Reader(bench).ids(format=Format.JSON)) == 4


def test_many_who_ask_at_once_get_the_same_and_it_is_kept_once(bench: Workbench) -> None:
    reader, other = Reader(bench), Reader(bench)
    path = "/feeds/all/archive/3.atom"
    bodies: list[bytes] = []

    def ask(each: Reader) -> None:
        bodies.append(each.client.application.test_client().get(path).data)

    threads = [threading.Thread(target=ask, args=(each,)) for each in (reader, other) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(bodies) == 8
    assert len(set(bodies)) == 1
    assert kept(bench) == 1


@given(st.text(max_size=30))
def test_any_path_is_taken_apart_or_is_none_of_ours(tail: str) -> None:
    found = archive_path(f"/feeds/all/archive/{tail}.rss")

    if found:
        revision = f"-{found.revision}" if found.revision else ""
        assert f"/feeds/{found.feed}/archive/{found.number}{revision}.rss" == f"/feeds/all/archive/{tail}.rss"


# Any history


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "backdate", "edit", "grow", "delete", "hide", "expire"]),
        st.integers(0, 30),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 14), actions=ACTIONS, entries=st.integers(1, 4), many=st.booleans())
def test_after_any_history_everything_is_there_once_and_no_address_ever_got_other_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    start: int,
    actions: list[tuple[str, int, bool]],
    entries: int,
    *,
    many: bool,
) -> None:
    folder = tmp_path_factory.mktemp("history")
    definition = FeedDefinition(name="all", entries=40 if many else entries, max_bytes=10_000)
    bench = a_bench(folder, definition)
    numbers = list(range(100, 100 + start))
    for number in numbers:
        write(bench, number, body="word " * (300 if many else 10))
    now = NOON + timedelta(days=200)
    bench.refresh(now)
    seen: dict[str, bytes] = {}
    for action, which, refreshes in actions:
        now += timedelta(minutes=10)
        perform(bench, numbers, action, which, now)
        if refreshes:
            bench.refresh(now)
            seen |= prove(bench, now, seen)
    now += timedelta(hours=2)
    bench.refresh(now)
    prove(bench, now, seen)

    bit_by_bit = [named(window) for window in windows(bench)]
    with bench.database.writing() as connection:
        runs.mark_stale(connection, [runs.EVERY_FEED])
    bench.refresh(now)
    assert [named(window) for window in windows(bench)] == bit_by_bit
    bench.close()


def perform(bench: Workbench, numbers: list[int], action: str, which: int, now: datetime) -> None:
    if action == "add" or not numbers:
        numbers.append(max(numbers, default=100) + 1)
        write(bench, numbers[-1])
        return
    number = numbers[which % len(numbers)]
    match action:
        case "backdate":
            name = f"between-{len(list(bench.content.iterdir())):02}-{which}"
            bench.post(name, date=f"{when(number) + timedelta(hours=which % 3):%Y-%m-%dT%H:%M:%SZ}")
        case "edit":
            write(bench, number, body=f"Edited at {now}.")
        case "grow":
            write(bench, number, body="grown " * 100 * which)
        case "delete":
            (bench.content / f"post-{number:02}.md").unlink()
            numbers.remove(number)
        case "hide":
            write(bench, number, draft="true")
        case "expire":
            write(bench, number, expires=f"{now + timedelta(minutes=15):%Y-%m-%dT%H:%M:%SZ}")


def prove(bench: Workbench, now: datetime, seen: dict[str, bytes]) -> dict[str, bytes]:
    with bench.database.reading() as connection:
        visible = list(
            connection.execute(
                text(
                    "SELECT id FROM posts WHERE hidden = '' AND visible_from <= :now "
                    "AND (visible_until IS NULL OR visible_until > :now) ORDER BY published DESC, id DESC"
                ),
                {"now": int(now.timestamp())},
            ).scalars()
        )
    reader = Reader(bench, now)
    assert reader.ids() == visible
    closed = reader.closed()
    for path, body in closed.items():
        assert len(body) <= 10_000
        assert seen.get(path, body) == body
    return closed


def named(window: Window) -> tuple[str, int]:
    return window.name("all"), window.posts


@pytest.mark.parametrize(
    "retired", [NOON - timedelta(days=1), NOON + timedelta(days=300), True], ids=["past", "future", "now"]
)
@pytest.mark.parametrize("posts", [3, 5, 6, 12])
def test_a_feed_that_ends_can_be_read_to_its_first_post(tmp_path: Path, retired: Retirement, posts: int) -> None:
    bench = a_bench(tmp_path, FeedDefinition(name="all", entries=5, retired=retired))
    for number in range(posts):
        bench.post(f"post-{number}", date=f"2026-01-{number + 1:02d}")
    bench.refresh()

    for format in Format:
        ids = [id for id in Reader(bench).ids(format=format) if "ended" not in id and "retired" not in id]
        assert len(ids) == len(set(ids))
        assert {bench.catalogued(f"post-{number}").id for number in range(posts)} <= set(ids)
