"""The catalogue of posts in a real database."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import a_post, a_term, day
from feeds.model.feed import Selection
from feeds.model.license import read_license
from feeds.model.media import Enclosure, Episode, Person, Transcript
from feeds.model.post import Author, Picture, Post
from feeds.store import posts
from feeds.store.database import Database, open_database
from feeds.store.instants import from_seconds, to_seconds
from feeds.syndication.select import matches


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "state")
    yield database
    database.close()


def test_a_post_comes_back_as_it_was_put_in(database: Database) -> None:
    post = a_post(
        categories=(a_term("TV"),),
        tags=(a_term("Über uns", "tag"),),
        authors=(Author(name="Ada", url="https://ada.example", slug="ada"),),
        picture=Picture(url="https://example.com/a.png", media_type="image/png", alt="A"),
        visible_until=day(9),
        language="de",
        featured=True,
        hidden="a draft",
        enclosures=(Enclosure(url="https://example.com/7.mp3", media_type="audio/mpeg", length=7, stated=True),),
        episode=Episode(
            number="7",
            transcripts=(Transcript(url="https://example.com/7.vtt", media_type="text/vtt"),),
            people=(Person(name="Ada", role="host"),),
        ),
        direction="rtl",
        original="https://first.example/",
        subject="https://elsewhere.example/",
        license=read_license("CC0"),
    )

    with database.writing() as connection:
        posts.save(connection, [post])
    with database.reading() as connection:
        assert posts.find(connection, [str(post.path)]) == [post]


def test_posts_of_one_second_are_ordered_by_their_id(database: Database) -> None:
    with database.writing() as connection:
        posts.save(connection, [a_post(name) for name in ("b", "c", "a")])
    with database.reading() as connection:
        newest = posts.newest(connection, Selection(), now=day(2), limit=2)

    assert [post.path.stem for post in newest] == ["c", "b"]


def test_a_post_is_invisible_until_its_second_and_from_its_last(database: Database) -> None:
    post = a_post(visible_from=day(5), visible_until=day(6))
    second = timedelta(seconds=1)

    def seen(now: datetime) -> int:
        with database.reading() as connection:
            return posts.count(connection, Selection(), now=now)

    with database.writing() as connection:
        posts.save(connection, [post])

    assert [seen(day(5) - second), seen(day(5)), seen(day(6) - second), seen(day(6))] == [0, 1, 1, 0]


def test_the_next_transition_is_the_first_instant_at_which_anything_changes(database: Database) -> None:
    with database.writing() as connection:
        posts.save(
            connection,
            [
                a_post("due", visible_from=day(7)),
                a_post("expiring", visible_until=day(6)),
                a_post("draft", visible_from=day(3), hidden="a draft"),
            ],
        )
    with database.reading() as connection:
        instants = [posts.next_transition(connection, now=day(n)) for n in (2, 6, 7)]

    assert instants == [day(6), day(7), None]


def test_posts_in_transition_are_found_whichever_way_the_clock_went(database: Database) -> None:
    with database.writing() as connection:
        posts.save(connection, [a_post("due", visible_from=day(7)), a_post("old")])
    with database.reading() as connection:
        forward = posts.in_transition(connection, since=day(6), until=day(7))
        back = posts.in_transition(connection, since=day(7), until=day(6))
        later = posts.in_transition(connection, since=day(7), until=day(8))

    assert [post.path.stem for post in forward] == [post.path.stem for post in back] == ["due"]
    assert later == []


@pytest.mark.parametrize("year", [1, 1969, 1970, 2038, 9999])
def test_instants_of_any_year_come_back(year: int) -> None:
    instant = datetime.fromisoformat(f"{year:04}-12-31T23:59:58+00:00")

    assert from_seconds(to_seconds(instant)) == instant


PATHS = [PurePosixPath(f"{folder}/{n}.md") for folder in ("a", "b_", "b%", "[ab]") for n in range(3)]
NAMES = ["tv", "world", "über"]
_AUDIO = Enclosure(url="https://example.com/7.mp3", media_type="audio/mpeg")
_NOTES = Enclosure(url="https://example.com/7.pdf", media_type="application/pdf")

POSTS = st.builds(
    a_post,
    st.sampled_from([f"post-{n}" for n in range(6)]),
    path=st.sampled_from(PATHS),
    published=st.integers(1, 4).map(day),
    categories=st.lists(st.sampled_from([a_term(name) for name in NAMES]), unique=True).map(tuple),
    tags=st.lists(st.sampled_from([a_term(name, "tag") for name in NAMES]), unique=True).map(tuple),
    authors=st.sampled_from([(), (Author(name="Ada", slug="ada"),)]),
    featured=st.booleans(),
    enclosures=st.sampled_from([(), (_AUDIO,), (_NOTES,), (_NOTES, _AUDIO)]),
    language=st.sampled_from(["", "en-GB", "fr"]),
)
SLUGS = st.lists(st.sampled_from(NAMES), unique=True, max_size=2).map(tuple)
PLAIN_SELECTIONS = st.builds(
    Selection,
    categories=SLUGS,
    tags=SLUGS,
    authors=st.sampled_from([(), ("ada",), ("bob", "ada")]),
    languages=st.sampled_from([(), ("en-gb",), ("fr", "en-gb")]),
    featured=st.sampled_from([None, True, False]),
    played=st.booleans(),
    path=st.sampled_from(["", "a/", "b_", "b%/", "*", "b?/*", "[ab]/*", "*/1.md", "A/*", "?%*.md"]),
    after=st.sampled_from([None, day(2)]),
    before=st.sampled_from([None, day(3)]),
)
#: Few conditions each, so that whether they match hangs on how they are combined.
SPARSE_SELECTIONS = st.one_of(
    SLUGS.map(lambda slugs: Selection(categories=slugs)),
    SLUGS.map(lambda slugs: Selection(tags=slugs)),
    st.booleans().map(lambda featured: Selection(featured=featured)),
    st.sampled_from(["a/", "b?/*", "*/1.md"]).map(lambda path: Selection(path=path)),
)


def combined(inner: st.SearchStrategy[Selection]) -> st.SearchStrategy[Selection]:
    some = st.lists(inner, max_size=3).map(tuple)
    return st.builds(Selection, categories=SLUGS, all_of=some, any_of=some, none_of=some)


SELECTIONS = st.one_of(PLAIN_SELECTIONS, st.recursive(SPARSE_SELECTIONS, combined, max_leaves=8))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(POSTS, unique_by=(lambda p: p.id, lambda p: p.path), max_size=8), SELECTIONS)
def test_the_database_selects_exactly_what_the_selection_matches(
    database: Database, some: list[Post], selection: Selection
) -> None:
    with database.writing() as connection:
        posts.remove(
            connection,
            [str(PurePosixPath(f"{folder}/{n}.md")) for folder in ("a", "b_", "b%", "[ab]") for n in range(3)],
        )
        posts.save(connection, some)
    with database.reading() as connection:
        found = posts.newest(connection, selection, now=day(9), limit=100)
        counted = posts.count(connection, selection, now=day(9))

    expected = sorted(
        (post for post in some if matches(selection, post)), key=lambda post: (post.published, post.id), reverse=True
    )
    assert found == expected
    assert counted == len(expected)
