"""What is counted with every change is what counting would give."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_post
from feeds.model.feed import Selection
from feeds.model.finding import Finding, Severity
from feeds.model.post import Post, Term
from feeds.store import findings, posts
from feeds.store.database import Database, open_database

START = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ("category", "tag")
days = st.integers(min_value=0, max_value=6).map(lambda number: START + timedelta(days=number))
labels = st.sampled_from(["TV", "tv", "World", "C++", "C#"])


def term(kind: str, label: str) -> Term:
    return Term(kind=kind, slug=label.lower().rstrip("+#"), label=label)


categories = st.lists(labels.map(lambda label: term("category", label)), max_size=2)


@st.composite
def some_posts(draw: st.DrawFn) -> Post:
    name = draw(st.sampled_from("abcdefgh"))
    return a_post(
        path=PurePosixPath(f"{name}.md"),
        id=f"urn:{name}",
        hidden=draw(st.sampled_from(["", "", "draft"])),
        visible_from=draw(days),
        visible_until=draw(st.none() | days),
        categories=tuple({each.slug: each for each in draw(categories)}.values()),
        tags=(term("tag", draw(labels)),),
    )


def counted(held: dict[str, Post], now: datetime) -> list[tuple[Term, int]]:
    counts = Counter(each for post in held.values() if post.is_visible(now) for each in post.terms())
    found = ((each, count) for each, count in counts.items() if each.kind in KINDS)
    return sorted(found, key=lambda pair: (pair[0].kind, pair[0].slug, pair[0].label))


saved = st.lists(some_posts(), max_size=4, unique_by=lambda post: post.path)
deeds = st.lists(saved | st.sampled_from("abcdefgh"), max_size=8)


@settings(deadline=None, max_examples=30)
@given(deeds, days)
def test_whatever_comes_and_goes_the_numbers_are_right(deeds: list[list[Post] | str], now: datetime) -> None:
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder))
        held = live(database, deeds)
        with database.reading() as connection:
            assert posts.term_counts(connection, KINDS, now=now) == counted(held, now)
            assert posts.total(connection) == len(held)
            visible = sum(post.is_visible(now) for post in held.values())
            assert posts.count(connection, Selection(), now=now) == visible
            for kind, slug in (("category", "tv"), ("category", "world"), ("tag", "c")):
                alone = Selection(categories=(slug,)) if kind == "category" else Selection(tags=(slug,))
                tagged = [post for post in held.values() if (kind, slug) in {(t.kind, t.slug) for t in post.terms()}]
                number = sum(post.is_visible(now) for post in tagged)
                assert posts.count(connection, alone, now=now) == number
            every = Selection(path="", before=datetime(9999, 1, 1, tzinfo=UTC))
            assert posts.term_counts(connection, KINDS, now=now, selection=every) == counted(held, now)
        database.close()


def live(database: Database, deeds: list[list[Post] | str]) -> dict[str, Post]:
    held: dict[str, Post] = {}
    for deed in deeds:
        with database.writing() as connection:
            if isinstance(deed, str):
                posts.remove(connection, [f"{deed}.md"])
                held.pop(f"{deed}.md", None)
            else:
                posts.save(connection, deed)
                held |= {str(post.path): post for post in deed}
    return held


found_at = st.builds(
    Finding,
    path=st.sampled_from([PurePosixPath(path) for path in ("a.md", "b.md", "c.md", "/feeds/all.rss")]),
    line=st.just(1),
    code=st.just("code"),
    severity=st.sampled_from(Severity),
    message=st.just("What."),
    advice=st.just("Do."),
)
stages = st.sampled_from([findings.READING, findings.SITE])
paths = st.lists(st.sampled_from(["a.md", "b.md", "c.md"]), max_size=2)
judgements = st.tuples(st.sampled_from(["some", "all", "forget"]), stages, paths, st.lists(found_at, max_size=4))


@settings(deadline=None, max_examples=30)
@given(st.lists(judgements, max_size=6), st.integers(min_value=0, max_value=6))
def test_the_files_with_findings_are_counted_once_and_the_number_stays_right(
    judged: list[tuple[str, str, list[str], list[Finding]]], asked_after: int
) -> None:
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder))
        with database.writing() as connection:
            for number, (how, stage, some, found) in enumerate(judged):
                if number >= asked_after:
                    findings.files_with_findings(connection)
                if how == "some":
                    findings.replace(connection, stage, some, found)
                elif how == "all":
                    findings.replace_all(connection, stage, found)
                else:
                    findings.forget(connection, some)
            there = findings.all_findings(connection)
            costly = {str(each.path) for each in there if each.severity is not Severity.INFO}
            number = findings.files_with_findings(connection)
        database.close()
    assert number == len({path for path in costly if not path.startswith("/")})
