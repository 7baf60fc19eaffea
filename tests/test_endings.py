"""Feeds that move, end, or lose their posts, as their subscribers see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from builders import a_document, a_feed, a_post, a_site, an_entry, day
from feeds.errors import Ended, NotPublished
from feeds.model.artefact import Redirect
from feeds.model.feed import Feed, FeedDefinition, Format, Selection, Tombstone
from feeds.services.serve import Serve
from feeds.store import artefacts
from feeds.syndication import atom
from feeds.syndication.check import problems
from feeds.syndication.farewell import LINGERS
from feeds.syndication.moves import redirects
from feeds.web.app import create_app
from golden_documents import GOLDEN, SITE
from workbench import NOON, Workbench, a_publication

SECOND = timedelta(seconds=1)
ALL = FeedDefinition(name="all")
EACH = FeedDefinition(name="category/{category}", for_each="category")


@contextmanager
def publishing(folder: Path, *definitions: FeedDefinition, **changes: Any) -> Iterator[Workbench]:
    bench = Workbench(folder, a_publication(definitions=definitions, **changes))
    yield bench
    bench.close()


def found(bench: Workbench, path: str) -> object:
    serve = Serve(bench.shelf(), memory_bytes=1_000_000, clock=lambda: NOON, monotonic=lambda: 0.0)
    try:
        return serve.find(path)
    except NotPublished as error:
        return type(error)


def titles(bench: Workbench, path: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(bench.body(path)).entries]


# Moves


def test_an_old_path_leads_to_its_feed_in_every_spelling_and_for_ever(tmp_path: Path) -> None:
    aliases = ("/Blog/Été/feed/", "/?feed=atom&cat=3")
    with publishing(tmp_path, FeedDefinition(name="old", aliases=aliases)) as bench:
        bench.post("one")
        bench.refresh()
        bench.publication = a_publication(
            definitions=(FeedDefinition(name="new", aliases=(*aliases, "/feeds/old.atom")),)
        )
        bench.refresh()
        serve = Serve(bench.shelf(), memory_bytes=1_000_000, clock=lambda: NOON, monotonic=lambda: 0.0)
        client = create_app(serve).test_client()
        rss, its_atom = "https://feeds.example.com/feeds/new.rss", "https://feeds.example.com/feeds/new.atom"

        for path in (
            "/Blog/Été/feed/",
            "/blog/%c3%a9t%c3%a9/feed",
            "/BLOG/E\u0301T\u00c9/FEED//",
            "/blog/été/feed/?x=1",
        ):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["Location"]) == (301, rss), path
        for path in ("/?feed=atom&cat=3", "/?cat=3&feed=atom", "/feeds/old.atom", "/feeds/old.atom?utm=1"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["Location"]) == (301, its_atom), path
        assert client.get("/").status_code == client.get("/?feed=atom").status_code == 200
        assert client.get("/feeds/old.rss").status_code == 410
        assert client.head("/feeds/old.json").status_code == 410


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("/feed/", Format.RSS),
        ("/atom/", Format.ATOM),
        ("/feeds/atom-news.json", Format.JSON),
        ("/feeds/rss.ATOM", Format.ATOM),
        ("/?feed=atom", Format.ATOM),
    ],
)
def test_an_alias_leads_to_the_format_that_it_names(alias: str, expected: Format) -> None:
    feed = a_feed(aliases=(alias,))

    (redirect,) = redirects(a_site(), [feed])

    assert redirect.target == f"https://feeds.example.com/feeds/all.{expected}"


def test_a_moved_feed_sends_every_format_to_its_new_address_and_is_made_no_more(tmp_path: Path) -> None:
    with publishing(tmp_path, ALL, EACH) as bench:
        bench.post("one", categories="Für alle")
        bench.refresh()
        moved = FeedDefinition(
            name=EACH.name,
            for_each="category",
            aliases=("/c/{category}/feed",),
            moved_to="https://new.example/{category}.{format}",
        )
        bench.publication = a_publication(definitions=(ALL, moved))
        for _ in range(2):
            bench.refresh()

            assert found(bench, "/feeds/category/für-alle.atom") == Redirect(
                path="/feeds/category/für-alle.atom", target="https://new.example/f%C3%BCr-alle.atom"
            )
            assert found(bench, "/c/für-alle/feed/") == Redirect(
                path="/c/für-alle/feed/", target="https://new.example/f%C3%BCr-alle.rss"
            )
            assert b"alle" not in bench.body("/feeds.opml")

        (bench.content / "one.md").write_text("---\ntitle: One\ndate: 2026-01-02\n---\nNo category.\n")
        bench.refresh()
        assert isinstance(found(bench, "/feeds/category/für-alle.rss"), Redirect)
        bench.publication = a_publication(definitions=(ALL, EACH))
        bench.refresh()
        assert titles(bench, "/feeds/category/für-alle.rss") == []


def test_a_publication_whose_only_feed_has_moved_still_answers(tmp_path: Path) -> None:
    with publishing(tmp_path, FeedDefinition(name="all", moved_to="https://new.example/feed")) as bench:
        bench.post("one")
        bench.refresh()

        assert found(bench, "/feeds/all.json") == Redirect(path="/feeds/all.json", target="https://new.example/feed")
        assert bench.paths() == ["/", "/feeds.opml"]


# Ends


def test_a_retired_feed_says_so_in_a_last_entry_and_is_gone_ninety_days_later(tmp_path: Path) -> None:
    end = datetime(2026, 6, 5, tzinfo=UTC)
    with publishing(tmp_path, ALL, FeedDefinition(name="old", retired=end)) as bench:
        bench.post("one")
        bench.post("later", date="2026-06-07T00:00:00Z")
        report = bench.refresh(NOON)
        assert report.next_transition == end
        bench.refresh(end - SECOND)
        assert (titles(bench, "/feeds/old.rss"), b"old.rss" in bench.body("/feeds.opml")) == (["One"], True)

        assert bench.refresh(end).next_transition == datetime(2026, 6, 7, tzinfo=UTC)
        bench.refresh(end + timedelta(days=5))
        for path in ("/feeds/old.rss", "/feeds/old.atom", "/feeds/old.json"):
            assert not problems(bench.body(path), Format(path[-4:].lstrip(".")), self_url=bench.artefact(path).self_url)
        assert titles(bench, "/feeds/old.atom") == ["This feed has ended", "One"]
        last = feedparser.parse(bench.body("/feeds/old.atom")).entries[0]
        assert (last.id, last.updated) == ("https://feeds.example.com/feeds/old.atom#ended", "2026-06-05T00:00:00Z")
        assert titles(bench, "/feeds/all.rss") == ["Later", "One"]
        assert b"/old" not in bench.body("/") + bench.body("/feeds.opml")

        assert bench.refresh(end + LINGERS - SECOND).next_transition == end + LINGERS
        assert titles(bench, "/feeds/old.rss") == ["This feed has ended", "One"]
        bench.refresh(end + LINGERS)
        assert found(bench, "/feeds/old.rss") is Ended
        assert bench.refresh(end + LINGERS + SECOND).documents == 0
        assert found(bench, "/feeds/old.json") is Ended


def test_a_feed_retired_without_a_date_ended_when_that_was_first_seen(tmp_path: Path) -> None:
    with publishing(tmp_path, ALL, FeedDefinition(name="old", retired=True)) as bench:
        bench.post("one")
        bench.refresh(NOON)
        before = bench.everything()
        bench.post("two", date="2026-06-02T00:00:00Z")
        bench.refresh(NOON + timedelta(days=30))

        assert {path: bench.body(path) for path in before if "old" in path} == {
            path: body for path, body in before.items() if "old" in path
        }
        bench.refresh(NOON + LINGERS)
        assert found(bench, "/feeds/old.atom") is Ended


def test_a_feed_that_ended_before_it_was_ever_published_is_gone_too(tmp_path: Path) -> None:
    with publishing(tmp_path, ALL, FeedDefinition(name="old", retired=NOON - LINGERS)) as bench:
        bench.post("one")
        bench.refresh(NOON)

        assert found(bench, "/feeds/old.rss") is Ended


def test_a_feed_that_retires_and_moves_says_where_and_then_leads_there(tmp_path: Path) -> None:
    moved = FeedDefinition(name="old", retired=NOON, moved_to="https://new.example/tv.{format}")
    with publishing(tmp_path, ALL, moved) as bench:
        bench.post("one")
        bench.refresh(NOON)
        last = feedparser.parse(bench.body("/feeds/old.rss")).entries[0]
        assert (last.title, last.link) == ("This feed has moved", "https://new.example/tv.rss")

        bench.refresh(NOON + LINGERS)
        assert found(bench, "/feeds/old.atom") == Redirect(path="/feeds/old.atom", target="https://new.example/tv.atom")


def test_a_feed_or_format_that_the_operator_takes_away_is_gone_and_comes_back(tmp_path: Path) -> None:
    with publishing(tmp_path, ALL, FeedDefinition(name="tv")) as bench:
        bench.post("one")
        bench.refresh()
        bench.publication = a_publication(definitions=(FeedDefinition(name="all", formats=(Format.RSS,)),))
        bench.refresh()
        assert [found(bench, path) for path in ("/feeds/tv.rss", "/feeds/all.json")] == [Ended, Ended]
        assert found(bench, "/feeds/none.rss") is NotPublished

        bench.publication = a_publication(definitions=(ALL,))
        bench.refresh()
        assert titles(bench, "/feeds/all.atom") == ["One"]


# Feeds for each


@pytest.mark.parametrize(
    ("kind", "fields", "name"),
    [
        ("category", {"categories": "Für Alle"}, "k/für-alle"),
        ("tag", {"tags": "日本"}, "k/日本"),
        ("author", {"author": "Zoë Müller"}, "k/zoë-müller"),
        ("language", {"language": "en-GB"}, "k/en-gb"),
    ],
)
def test_there_is_a_feed_for_each_of_any_kind_of_term(
    tmp_path: Path, kind: str, fields: dict[str, str], name: str
) -> None:
    definition = FeedDefinition(name=f"k/{{{kind}}}", for_each=kind, aliases=(f"/old/{{{kind}}}",))
    with publishing(tmp_path, definition) as bench:
        bench.post("one", **fields)
        bench.post("other")
        bench.refresh()
        assert titles(bench, f"/feeds/{name}.atom") == ["One"]
        assert bench.artefact(f"/feeds/{name}.rss").self_url in bench.body("/feeds.opml").decode()
        assert bench.artefact(f"/feeds/{name}.rss").self_url in bench.body("/").decode()
        assert isinstance(found(bench, f"/old/{name[2:]}"), Redirect)

        bench.post("two", date="2026-02-02", **fields)
        bench.refresh(NOON, "two.md")
        assert titles(bench, f"/feeds/{name}.rss") == ["Two", "One"]


def test_a_feed_for_each_appears_with_enough_posts_and_stays_when_they_become_fewer(tmp_path: Path) -> None:
    definition = FeedDefinition(name="tag/{tag}", for_each="tag", min_entries=2)
    with publishing(tmp_path, ALL, definition) as bench:
        bench.post("one", tags="sea")
        bench.post("draft", tags="sea", draft="true")
        bench.refresh()
        assert found(bench, "/feeds/tag/sea.rss") is NotPublished
        bench.post("two", tags="sea")
        bench.refresh()
        assert len(titles(bench, "/feeds/tag/sea.rss")) == 2
        assert b"tag/sea" in bench.body("/feeds.opml")

        for left, name in ((1, "two"), (0, "one")):
            (bench.content / f"{name}.md").unlink()
            bench.refresh()
            assert len(titles(bench, "/feeds/tag/sea.rss")) == left
            assert b"tag/sea" not in bench.body("/feeds.opml") + bench.body("/")
        bench.post("three", tags="Sea")
        bench.post("four", tags="Sea")
        bench.refresh()
        assert b"tag/sea" in bench.body("/feeds.opml")


def test_the_posts_that_a_feed_for_each_needs_are_those_it_shows(tmp_path: Path) -> None:
    definition = FeedDefinition(
        name="tag/{tag}", for_each="tag", min_entries=2, selection=Selection(any_of=(Selection(featured=True),))
    )
    with publishing(tmp_path, definition) as bench:
        bench.post("one", tags="[sea, rail]", featured="true")
        bench.post("two", tags="[sea, rail]")
        bench.post("three", tags="sea", featured="true")
        bench.refresh()

        assert [path for path in bench.paths() if path.endswith(".rss")] == ["/feeds/tag/sea.rss"]


def test_an_alias_takes_the_address_of_a_category_that_was_renamed(tmp_path: Path) -> None:
    with publishing(tmp_path, EACH) as bench:
        bench.post("one", categories="Old")
        bench.refresh()
        bench.post("one", categories="New")
        renamed = FeedDefinition(name="category/new", aliases=("/feeds/category/old.rss", "/feeds/category/old.atom"))
        bench.publication = a_publication(definitions=(renamed, EACH))
        bench.refresh()

        assert isinstance(found(bench, "/feeds/category/old.rss"), Redirect)
        assert found(bench, "/feeds/category/old.json") is Ended


# Tombstones

KEEPING = FeedDefinition(name="all", tombstones=True)
EACH_KEEPING = FeedDefinition(name="category/{category}", for_each="category", tombstones=True)


def stones(bench: Workbench, path: str = "/feeds/all.atom") -> list[tuple[str, str]]:
    found = etree.fromstring(bench.body(path)).iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    return [(str(stone.get("ref")), str(stone.get("when"))) for stone in found]


def test_a_deleted_post_leaves_a_tombstone_in_its_feeds_until_it_returns(tmp_path: Path) -> None:
    with publishing(tmp_path, KEEPING, EACH_KEEPING, FeedDefinition(name="bare")) as bench:
        file = bench.post("one", categories="Sea", id="urn:x:one")
        bench.post("two", categories="Rail")
        bench.post("draft", draft="true", categories="Sea")
        bench.post("future", date="2027-01-01", categories="Sea")
        bench.refresh()
        assert stones(bench) == []
        assert b"tombstones" not in bench.body("/feeds/all.atom")
        text = file.read_text()
        for name in ("one", "draft", "future"):
            (bench.content / f"{name}.md").unlink()
        bench.refresh(NOON + timedelta(hours=1))

        expected = [("urn:x:one", "2026-06-01T13:00:00Z")]
        assert stones(bench) == stones(bench, "/feeds/category/sea.atom") == expected
        assert stones(bench, "/feeds/category/rail.atom") == stones(bench, "/feeds/bare.atom") == []
        before = bench.everything()
        bench.refresh(NOON + timedelta(hours=2))
        assert bench.everything() == before

        bench.write("one.md", text)
        bench.refresh(NOON + timedelta(hours=3))
        assert stones(bench) == stones(bench, "/feeds/category/sea.atom") == []


def test_expired_and_hidden_posts_leave_tombstones_and_renamed_or_recategorised_ones_do_not(tmp_path: Path) -> None:
    with publishing(tmp_path, KEEPING, EACH_KEEPING) as bench:
        bench.post("brief", id="urn:x:brief", expires="2026-06-02T00:00:00Z")
        bench.post("hidden", id="urn:x:hidden")
        bench.post("moved", body="A body of its own.")
        bench.post("filed", id="urn:x:filed", categories="Sea")
        bench.post("broken", id="urn:x:broken")
        bench.refresh()
        bench.post("hidden", id="urn:x:hidden", draft="true")
        (bench.content / "moved.md").rename(bench.content / "a-new-name.md")
        bench.post("filed", id="urn:x:filed", categories="Rail")
        bench.write("broken.md", "---\ntitle: [\n")
        bench.refresh(NOON + timedelta(hours=1))
        assert stones(bench) == [("urn:x:hidden", "2026-06-01T13:00:00Z")]
        assert stones(bench, "/feeds/category/sea.atom") == []

        bench.refresh(datetime(2026, 6, 2, tzinfo=UTC))
        assert stones(bench) == [("urn:x:brief", "2026-06-02T00:00:00Z"), ("urn:x:hidden", "2026-06-01T13:00:00Z")]


def test_a_feed_keeps_its_fifty_newest_tombstones(tmp_path: Path) -> None:
    with publishing(tmp_path, KEEPING) as bench:
        for number in range(60):
            bench.post(f"p{number:02}", id=f"urn:x:{number:02}")
        bench.post("stays")
        bench.refresh()
        for number in range(60):
            (bench.content / f"p{number:02}.md").unlink()
            if number == 29:
                bench.refresh(NOON + timedelta(hours=1))
        bench.refresh(NOON + timedelta(hours=2))

        ids = [id for id, _ in stones(bench)]
        assert len(ids) == 50
        assert set(ids) >= {f"urn:x:{number}" for number in range(30, 60)}


@given(st.lists(st.tuples(st.text("abc", min_size=1), st.integers(1, 30)), unique_by=lambda each: each[0]))
def test_tombstones_never_make_a_document_unfit(gone: list[tuple[str, int]]) -> None:
    tombstones = tuple(Tombstone(id=f"urn:x:{name}", when=day(number)) for name, number in gone)

    body = atom.render(a_document(an_entry(), tombstones=tombstones), a_site())

    assert not problems(body, Format.ATOM, self_url="https://feeds.example.com/feeds/all.atom")
    assert feedparser.parse(body).entries[0].id == a_post().id


def test_tombstones_are_written_as_the_golden_file_has_them() -> None:
    feed: Feed = a_feed("graves", title="With graves", tombstones=True)
    stones = (Tombstone(id="urn:x:a&b", when=day(3)), Tombstone(id="tag:example.com,2024-01-01:gone", when=day(2)))

    body = atom.render(a_document(an_entry(a_post("alive")), feed=feed, tombstones=stones), SITE)

    assert body == (GOLDEN / "tombstones.atom").read_bytes()


def test_the_state_knows_what_was_published_where(tmp_path: Path) -> None:
    with publishing(tmp_path, FeedDefinition(name="all", aliases=("/A/", "/a"))) as bench:
        bench.post("one")
        bench.refresh()
        with bench.database.reading() as connection:
            assert isinstance(artefacts.find(connection, "/A"), Redirect)
            assert artefacts.find(connection, "/a?b") is None
