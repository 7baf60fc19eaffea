"""Feeds of several terms, made when they are first asked for."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random

import feedparser
import pytest
from filelock import FileLock
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from builders import a_post, a_site, a_term
from feeds.bootstrap.serving import application
from feeds.model.artefact import Redirect
from feeds.model.feed import FeedDefinition, Format, Selection
from feeds.services.combine import Combine
from feeds.services.demand import Demand, may_combine
from feeds.services.held import DISUSED
from feeds.services.publish import Publish
from feeds.services.reading import Reading
from feeds.services.serve import Serve
from feeds.store import combinations
from feeds.store.combinations import Held
from feeds.syndication.check import problems
from feeds.syndication.combine import Combination, combined_feed, expression_in, read
from feeds.syndication.select import matches
from feeds.web.app import create_app
from service import Place
from workbench import NOON, Workbench, a_publication

EACH = FeedDefinition(name="category/{category}", for_each="category")
TAGS = FeedDefinition(name="tag/{tag}", for_each="tag")
AT = "https://feeds.example.com/feeds/category"


# The expression

SLUGS = st.sampled_from(["tv", "tv-sport", "world", "für-alle", "日本"])
GROUPS = st.lists(st.lists(SLUGS, min_size=1, max_size=3), max_size=3)


@pytest.mark.parametrize(
    ("expression", "canonical"),
    [
        ("tv+world", "tv+world"),
        ("World+TV", "tv+world"),
        ("tv,world", "tv,world"),
        ("world,tv,tv", "tv,world"),
        ("-sport+tv", "tv+-sport"),
        ("tv,world+-sport", "tv,world+-sport"),
        ("tv+tv,world", "tv"),
        ("tv+tv", "tv"),
        ("-b+-a", "-a+-b"),
        ("tv-sport", "tv-sport"),
        ("tv+-tv-sport", "tv+-tv-sport"),
    ],
)
def test_every_spelling_has_one_canonical_form(expression: str, canonical: str) -> None:
    found = read(expression)

    assert found
    assert found.expression == canonical


@pytest.mark.parametrize(
    "expression",
    ["", "+", "tv+", "+tv", "tv,", ",tv", "-", "tv+-", "tv++world", "tv+-tv", "a,b+-a+-b", "a+b+c+d+e+f", "a," * 600],
)
def test_what_is_no_expression_or_matches_nothing_is_not_read(expression: str) -> None:
    assert read(expression) is None


@given(GROUPS, st.lists(SLUGS, max_size=3), st.randoms(), st.sampled_from([str, str.upper]))
def test_order_repetition_and_case_do_not_count(
    groups: list[list[str]], without: list[str], random: Random, spell: Callable[[str], str]
) -> None:
    parts = [",".join(group) for group in groups] + [f"-{slug}" for slug in without]
    shuffled = [",".join(random.sample(part.split(","), len(part.split(",")))) for part in parts]
    random.shuffle(shuffled)
    other = "+".join([*shuffled, *shuffled[:1]])

    found = read("+".join(parts))

    assert read(spell(other)) == found
    if found:
        assert read(found.expression) == found


@given(GROUPS, st.lists(SLUGS, max_size=3), st.lists(SLUGS, unique=True, max_size=4))
def test_an_expression_selects_what_it_says(groups: list[list[str]], without: list[str], of_post: list[str]) -> None:
    found = read("+".join([*(",".join(group) for group in groups), *(f"-{slug}" for slug in without)]))
    post = a_post(categories=tuple(replace(a_term(slug), slug=slug) for slug in of_post))
    if found is None:
        return

    feed = combined_feed(EACH, a_site(), found, {slug: slug for slug in found.terms})

    expected = all(set(group) & set(of_post) for group in groups) and not set(without) & set(of_post)
    assert matches(feed.selection, post) is expected


@pytest.mark.parametrize(
    ("expression", "title"),
    [
        ("tv+world", "The Example: TV and World"),
        ("tv,world", "The Example: TV or World"),
        ("tv,world+-sport", "The Example: TV or World, not Sport"),
        ("film+tv,world+-sport+-war", "The Example: Film and (TV or World), not Sport or War"),
        ("-sport", "The Example: not Sport"),
    ],
)
def test_the_title_says_it_in_words(expression: str, title: str) -> None:
    labels = {"tv": "TV", "world": "World", "sport": "Sport", "war": "War", "film": "Film"}
    combination = read(expression)
    assert combination

    assert combined_feed(EACH, a_site(), combination, labels).title == title


def test_the_conditions_of_the_definition_hold_for_its_combinations_too() -> None:
    definition = replace(EACH, selection=Selection(featured=True, categories=("tv", "world")), title="{category}!")
    combination = Combination(groups=(("tv",), ("world",)), without=())

    feed = combined_feed(definition, a_site(), combination, {"tv": "TV", "world": "World"})

    both = (a_term("TV"), a_term("World"))
    assert feed.title == "TV and World!"
    assert matches(feed.selection, a_post(categories=both, featured=True))
    assert not matches(feed.selection, a_post(categories=both))


@pytest.mark.parametrize(
    ("pattern", "name", "expression"),
    [
        ("tag/{tag}", "tag/a+b", "a+b"),
        ("x-{tag}/new", "x-a+b/new", "a+b"),
        ("tag/{tag}", "tag/a/b", None),
        ("tag/{tag}", "other/a+b", None),
        ("{tag}/{tag}", "a/a", None),
        ("a{tag}a", "a", None),
    ],
)
def test_the_expression_stands_where_the_placeholder_does(pattern: str, name: str, expression: str | None) -> None:
    assert expression_in(name, FeedDefinition(name=pattern, for_each="tag")) == expression


@pytest.mark.parametrize("path", ["/feeds/a+b.rss", "/feeds/c/a,b.atom", "/feeds/c/-a.json", "/feeds/c/TV.rss"])
def test_only_what_has_a_sign_of_a_combination_is_looked_at_more_closely(path: str) -> None:
    assert may_combine(path)
    assert not any(map(may_combine, ["/feeds/tv-sport.rss", "/feeds/none.rss", f"{path}.xml", f"/x{path}", "/"]))


# On demand


@dataclass
class Demands:
    """A workbench whose readers may ask for combinations."""

    bench: Workbench
    most: int = 500
    now: datetime = NOON
    ticks: float = 0.0
    patience: float = 5.0

    def client(self) -> FlaskClient:
        """A web worker of its own."""
        serve = Serve(self.bench.shelf(), memory_bytes=1_000_000, clock=lambda: self.now, monotonic=self._tick)
        return create_app(serve, Demand(serve, self, lambda: self.now)).test_client()

    def demand(self, path: str, now: datetime) -> Redirect | None:
        publication = self.bench.publication
        publish = Publish(self.bench.database, Reading(directory=self.bench.directory(), publication=publication))
        file = self.bench.state / "combine.lock"
        return Combine(
            self.bench.database,
            publication,
            publish,
            lock=lambda: FileLock(file, timeout=self.patience),
            most=self.most,
        ).demand(path, now)

    def note_asked(self, name: str, now: datetime) -> None:
        with self.bench.database.writing() as connection:
            combinations.note_asked(connection, name, now)

    def held(self) -> list[str]:
        with self.bench.database.reading() as connection:
            return [held.expression for held in combinations.all_held(connection)]

    def _tick(self) -> float:
        self.ticks += 1
        return self.ticks


@pytest.fixture
def demands(tmp_path: Path) -> Iterator[Demands]:
    bench = Workbench(tmp_path, a_publication(definitions=(FeedDefinition(name="all"), EACH, TAGS)))
    bench.post("both", categories="[TV, World]", tags="x")
    bench.post("tv", categories="[TV, Sport]")
    bench.post("world", categories="World", tags="Für alle")
    bench.refresh()
    yield Demands(bench)
    bench.close()


def titles(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return sorted(entry.title for entry in feedparser.parse(answer.data).entries)


def test_a_combination_is_a_real_feed_in_every_format(demands: Demands) -> None:
    client = demands.client()

    for format in Format:
        answer = client.get(f"/feeds/category/tv+world.{format}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, format.media_type)
        assert answer.headers["Link"] == f'<{AT}/tv+world.{format}>; rel="self"'
        assert not problems(answer.data, format, self_url=f"{AT}/tv+world.{format}")
        etag = answer.headers["ETag"]
        again = client.get(f"/feeds/category/tv+world.{format}", headers={"If-None-Match": etag})
        assert again.status_code == 304
        assert client.head(f"/feeds/category/tv+world.{format}").headers["ETag"] == etag
    parsed = feedparser.parse(client.get("/feeds/category/tv+world.rss").data)
    assert (parsed.feed.title, [entry.title for entry in parsed.entries]) == ("The Example: TV and World", ["Both"])
    assert client.get("/feeds/category/tv+world.rss", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"]
    for page in ("/", "/feeds.opml"):
        assert b"tv+world" not in client.get(page).data


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("category/tv,world.rss", ["Both", "Tv", "World"]),
        ("category/tv+-sport.atom", ["Both"]),
        ("category/-sport.rss", ["Both", "World"]),
        ("category/sport+world.rss", []),
        ("tag/für-alle,x.atom", ["Both", "World"]),
    ],
)
def test_a_combination_shows_what_it_says(demands: Demands, path: str, expected: list[str]) -> None:
    assert titles(demands.client(), f"/feeds/{path}") == expected


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("world+TV.rss", "tv+world.rss"),
        ("tv+tv.atom", "tv.atom"),
        ("TV.json", "tv.json"),
        ("-sport+tv.rss?utm=1", "tv+-sport.rss"),
        ("world,tv+world,tv.rss", "tv,world.rss"),
    ],
)
def test_every_other_spelling_leads_to_the_canonical_one(demands: Demands, path: str, target: str) -> None:
    answer = demands.client().get(f"/feeds/category/{path}")

    assert (answer.status_code, answer.headers["Location"]) == (308, f"{AT}/{target}")
    assert demands.held() == []


@pytest.mark.parametrize(
    "path",
    ["category/tv+none.rss", "category/tv+-tv.rss", "category/tv+.rss", "featured+all.rss", "category/tv+world.xml"],
)
def test_what_has_no_feeds_of_its_own_cannot_be_combined(demands: Demands, path: str) -> None:
    assert demands.client().get(f"/feeds/{path}").status_code == 404
    assert demands.held() == []


@pytest.mark.parametrize(
    ("spelt", "target"),
    [
        ("tv%2Bworld.rss", "tv+world.rss"),
        ("tv%2bworld.rss?utm=1", "tv+world.rss"),
        ("tv%2Cworld.json", "tv,world.json"),
        ("tv+%2Dworld.atom", "tv+-world.atom"),
        ("world%2Btv.rss", "tv+world.rss"),
    ],
)
def test_an_escaped_sign_is_another_spelling_too(demands: Demands, spelt: str, target: str) -> None:
    client = demands.client()

    for method in (client.get, client.head):
        answer = method(f"/feeds/category/{spelt}")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"{AT}/{target}")
    assert client.get(f"/feeds/category/{target}").status_code == 200


def test_where_the_server_hides_how_a_path_was_spelt_the_feed_is_the_same(demands: Demands) -> None:
    canonical = demands.client().get("/feeds/category/tv+world.rss")
    hidden = {"RAW_URI": "", "REQUEST_URI": ""}

    answer = demands.client().get("/feeds/category/tv%2Bworld.rss", environ_overrides=hidden)

    assert (answer.status_code, answer.data) == (200, canonical.data)
    assert answer.headers["Link"] == f'<{AT}/tv+world.rss>; rel="self"'


def test_a_slug_that_exists_is_never_read_as_a_combination(demands: Demands) -> None:
    demands.bench.post("slug", categories="TV Sport")
    demands.bench.refresh()

    assert titles(demands.client(), "/feeds/category/tv-sport.rss") == ["Slug"]


def test_a_combination_is_kept_as_fresh_as_any_feed(demands: Demands) -> None:
    client, bench = demands.client(), demands.bench
    assert titles(client, "/feeds/category/tv+world.rss") == ["Both"]
    assert titles(client, "/feeds/category/-sport.rss") == ["Both", "World"]
    before = client.get("/feeds/category/tv+world.rss").headers["ETag"]
    assert bench.refresh(NOON + timedelta(minutes=1)).documents == 0
    assert client.get("/feeds/category/tv+world.rss").headers["ETag"] == before

    bench.post("new", categories="[TV, World]", date="2026-03-01")
    bench.post("due", categories="[TV, World]", date="2026-06-02T00:00:00Z")
    bench.refresh(NOON + timedelta(minutes=2), "new.md", "due.md")
    assert titles(client, "/feeds/category/tv+world.rss") == ["Both", "New"]
    assert titles(client, "/feeds/category/-sport.rss") == ["Both", "New", "World"]
    bench.refresh(datetime.fromisoformat("2026-06-02T00:00:00Z"))
    assert titles(client, "/feeds/category/tv+world.rss") == ["Both", "Due", "New"]

    bench.publication = replace(bench.publication, site=a_site(title="Renamed"))
    bench.refresh(NOON + timedelta(days=2))
    assert b"Renamed: TV and World" in client.get("/feeds/category/tv+world.rss").data


def test_what_changes_while_a_combination_is_first_made_is_in_it_after_the_next_refresh(demands: Demands) -> None:
    bench = demands.bench
    bench.post("new", categories="[TV, World]", date="2026-03-01")
    assert titles(demands.client(), "/feeds/category/tv+world.rss") == ["Both"]

    bench.refresh(NOON, "new.md")

    assert titles(demands.client(), "/feeds/category/tv+world.rss") == ["Both", "New"]


def test_a_first_demand_never_overwrites_what_a_refresh_made_meanwhile(demands: Demands) -> None:
    bench = demands.bench
    feed = combined_feed(
        EACH, bench.site, Combination(groups=(("tv",),), without=("sport",)), {"tv": "TV", "sport": "S"}
    )
    held = Held(name=feed.name, pattern=EACH.name, expression="tv+-sport", asked=NOON)
    with bench.database.writing() as connection:
        combinations.hold(connection, held, most=5)
    bench.post("new", categories="TV", date="2026-03-01")
    bench.refresh(NOON, "new.md")
    made = bench.artefact("/feeds/category/tv+-sport.rss")
    (bench.content / "new.md").unlink()

    Publish(bench.database, bench.reading()).publish_first(
        replace(feed, title="Of an earlier moment"), NOON + timedelta(hours=1)
    )

    assert b"New" in made.body
    assert bench.artefact("/feeds/category/tv+-sport.rss") == made


def test_combinations_are_not_counted_among_the_feeds(demands: Demands) -> None:
    before = demands.bench.refresh().feeds
    demands.client().get("/feeds/category/tv+world.rss")

    assert [demands.bench.refresh().feeds for _ in range(2)] == [before, before]


def test_only_so_many_are_held_and_those_least_recently_asked_for_go(demands: Demands) -> None:
    demands.most = 2
    client = demands.client()
    for number, expression in enumerate(["sport+tv", "sport+world", "tv+world"]):
        demands.now = NOON + timedelta(hours=2 * number)
        client.get(f"/feeds/category/{expression}.rss")
        assert client.get("/feeds/category/sport+tv.rss").status_code == 200

    assert demands.held() == ["sport+tv", "tv+world"]
    demands.bench.refresh()
    assert "/feeds/category/sport+world.rss" not in demands.bench.paths()
    assert client.get("/feeds/category/sport+world.rss").status_code == 200


def test_a_combination_that_nobody_asks_for_is_dropped_and_made_again_on_demand(demands: Demands) -> None:
    client, bench = demands.client(), demands.bench
    body = client.get("/feeds/category/tv+world.rss").data
    bench.refresh(NOON + timedelta(minutes=1))
    bench.refresh(NOON + DISUSED - timedelta(seconds=1))
    assert demands.held() == ["tv+world"]
    bench.refresh(NOON + DISUSED)
    assert demands.held() == []
    assert not any("+" in path for path in bench.paths())

    demands.now = NOON + DISUSED
    assert client.get("/feeds/category/tv+world.rss").data == body


def test_a_combination_goes_with_the_feeds_of_its_terms(demands: Demands) -> None:
    client, bench = demands.client(), demands.bench
    client.get("/feeds/category/tv+world.rss")
    bench.refresh()
    bench.publication = a_publication(definitions=(FeedDefinition(name="all"),))
    bench.refresh()

    assert demands.held() == []
    assert client.get("/feeds/category/tv+world.rss").status_code == 404
    assert client.get("/feeds/category/tv.rss").status_code == 410


def test_while_the_settings_of_the_feeds_are_others_a_reader_is_asked_to_come_back(demands: Demands) -> None:
    client = demands.client()
    demands.bench.publication = replace(demands.bench.publication, site=a_site(title="Not yet in force"))

    answer = client.get("/feeds/category/tv+world.rss")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert demands.held() == []


def test_while_another_one_is_made_a_reader_is_asked_to_come_back(demands: Demands) -> None:
    with FileLock(demands.bench.state / "combine.lock"):
        demands.patience = 0.05
        assert demands.client().get("/feeds/category/tv+world.rss").status_code == 503
        assert demands.client().get("/feeds/category/TV.rss").status_code == 308

    assert demands.client().get("/feeds/category/tv+world.rss").status_code == 200


def test_many_who_ask_at_once_in_several_workers_get_the_same(demands: Demands) -> None:
    clients = [demands.client() for _ in range(4)]
    paths = [f"/feeds/category/{expression}.rss" for expression in ("tv+world", "tv,world", "-sport")]

    with ThreadPoolExecutor(8) as pool:
        asked = [(client, path) for path in paths for client in clients]
        answers = list(pool.map(lambda each: (each[1], each[0].get(each[1])), asked))

    assert {answer.status_code for _, answer in answers} == {200}
    assert all(len({answer.headers["ETag"] for at, answer in answers if at == path}) == 1 for path in paths)
    assert demands.held() == ["-sport", "tv+world", "tv,world"]


def test_a_post_without_a_body_to_be_had_is_left_out(demands: Demands) -> None:
    (demands.bench.content / "both.md").write_text("---\ntitle: Both\n---\nIn the middle of an edit")

    assert set(titles(demands.client(), "/feeds/category/tv,world.rss")) <= {"Both", "Tv", "World"}


# Through the wiring


def test_a_web_worker_makes_combinations_by_the_config_as_it_stands(tmp_path: Path) -> None:
    place = Place(folder=tmp_path)
    place.post("one", "One", categories="[Sea, Rail]")
    assert place.run("refresh").returncode == 0
    client = application(tmp_path / "state", 16, 16, place.config).test_client()
    assert titles(client, "/feeds/category/rail+sea.rss") == ["One"]

    place.config.write_text(place.config.read_text().replace("[server]\n", "[server]\ncombinations = 0\n"))
    os.utime(place.config, (1, 1))
    assert client.get("/feeds/category/rail,sea.rss").status_code == 404
    assert titles(client, "/feeds/category/rail+sea.rss") == ["One"]

    place.config.write_text("not toml")
    assert client.get("/feeds/category/rail,sea.rss").status_code == 404
    assert (
        application(tmp_path / "state", 16, 16, place.config).test_client().get("/feeds/category/Sea.rss").status_code
        == 503
    )


def test_nothing_that_makes_documents_is_loaded_before_a_combination_is_asked_for(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from feeds.bootstrap.serving import application; "
        f"application(Path({str(tmp_path / 'state')!r}), 16, 16, Path('none.toml')); "
        "print([m for m in ('lxml', 'bleach', 'nh3', 'feedgen', 'markdown_it', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_the_static_files_are_the_same_whoever_asked_for_what(tmp_path: Path) -> None:
    place = Place(folder=tmp_path)
    place.post("one", "One", categories="[Sea, Rail]")
    place.run("refresh")
    application(tmp_path / "state", 16, 16, place.config).test_client().get("/feeds/category/rail+sea.rss")
    place.run("build", "--output", str(tmp_path / "public"))

    names = {file.name for file in (tmp_path / "public" / "feeds" / "category").iterdir()}
    assert names == set(chain.from_iterable((f"rail.{f}", f"sea.{f}") for f in Format))
