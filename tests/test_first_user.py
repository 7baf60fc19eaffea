"""The first user's site: a Jigsaw site of scraped news, as such posts really look."""

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from feeds.bootstrap.working import Workshop, workshop
from feeds.model.artefact import Artefact
from feeds.model.feed import Format
from feeds.model.finding import Severity
from feeds.settings import load
from feeds.store import artefacts, findings, posts
from workbench import NOON

CONFIG = Path(__file__).parents[1] / "config" / "examples" / "finescoop.toml"
SHARED = Path(__file__).parents[2] / "shared" / "data" / "content" / "jigsaw-finescoop" / "source"

POST = """---\r
extends: _layouts.post\r
section: content\r
image: https://images.example.org/1s/2020/{name}.jpg \r
title: {title} \r
description: {description}\u00a0 \r
date: {date} \r
categories: [{categories}] \r
featured: true \r
--- \r
{body}\r
"""


def write(folder: Path, name: str, **facts: str) -> None:
    usual = {
        "title": name.replace("_", " ").capitalize(),
        "description": "A short account of it.",
        "date": "2020-09-30-07-42-47",
        "categories": "latest, latest",
        "body": "A first paragraph.\u00a0 \r\n\r\n    An indented line of prose, no code.\r\n\r\n#harvest, they said.",
    }
    file = folder / "_posts" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(POST.format(name=name, **(usual | facts)).encode())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    folder = tmp_path_factory.mktemp("site")
    write(folder, "harbour_reopens_after_storm", categories="latest, tv")
    write(folder, "harbour_reopens_after_storm_2", title="Harbour reopens after storm", body="Another body.")
    write(folder, "twin_one", body="One and the same.")
    write(folder, "twin_two", body="One and the same.")
    write(folder, "only_a_picture", body="")
    write(folder, "winter_time", date="2020-12-01-07-00-00")
    (folder / "_categories").mkdir()
    (folder / "_categories" / "tv.md").write_text("---\ntitle: TV & Showbiz\ndescription: Who was on.\n---\nText.")
    yield from _workshop(folder, tmp_path_factory)


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    if not SHARED.is_dir():
        pytest.skip("the first user's posts are not here: they are kept beside the project, in shared/")
    yield from _workshop(SHARED, tmp_path_factory)


def _workshop(content: Path, factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    environment = {
        "FEEDS_CONTENT__DIRECTORY": str(content),
        "FEEDS_STATE__DIRECTORY": str(factory.mktemp("state")),
    }
    shop = workshop(load(CONFIG, environment))
    shop.refresh.run(NOON)
    yield shop
    shop.database.close()


def body(shop: Workshop, path: str) -> bytes:
    with shop.database.reading() as connection:
        found = artefacts.find(connection, path)
    assert isinstance(found, Artefact)
    return found.body


def items(shop: Workshop, name: str = "all") -> dict[str, dict[str, object]]:
    return {item["title"]: item for item in json.loads(body(shop, f"/feeds/{name}.json"))["items"]}


def test_times_are_those_of_london_summer_and_winter(site: Workshop) -> None:
    assert items(site)["Harbour reopens after storm"]["date_published"] == "2020-09-30T06:42:47Z"
    assert items(site)["Winter time"]["date_published"] == "2020-12-01T07:00:00Z"


def test_links_are_slugs_of_titles_and_may_be_shared_but_ids_are_not(site: Workshop) -> None:
    entries = feedparser.parse(body(site, "/feeds/all.atom")).entries
    storms = [entry for entry in entries if entry.title == "Harbour reopens after storm"]

    assert {entry.link for entry in storms} == {"https://finescoop.com/articles/harbour-reopens-after-storm"}
    assert len({entry.id for entry in storms}) == 2
    assert "tag:finescoop.com,2020-09-30:articles/harbour-reopens-after-storm" in {entry.id for entry in storms}


def test_posts_with_one_body_are_both_published_and_so_is_one_with_none(site: Workshop) -> None:
    assert {"Twin one", "Twin two", "Only a picture"} <= items(site).keys()


def test_the_same_category_twice_is_one(site: Workshop) -> None:
    assert items(site)["Twin one"]["tags"] == ["latest"]


def test_indented_prose_is_no_code_and_a_hash_no_heading(site: Workshop) -> None:
    html = str(items(site)["Harbour reopens after storm"]["content_html"])

    assert "<code>" not in html
    assert "<h1>" not in html
    assert "An indented line of prose" in html


def test_the_picture_is_in_every_format(site: Workshop) -> None:
    picture = "https://images.example.org/1s/2020/twin_one.jpg"

    assert items(site)["Twin one"]["image"] == picture
    for format in ("rss", "atom"):
        entries = feedparser.parse(body(site, f"/feeds/all.{format}")).entries
        assert picture in [entry.media_content[0]["url"] for entry in entries if entry.title == "Twin one"]


def test_a_category_is_titled_and_described_by_the_sites_own_page(site: Workshop) -> None:
    feed = feedparser.parse(body(site, "/feeds/category/tv.rss")).feed

    assert (feed.title, feed.subtitle) == ("TV & Showbiz", "Who was on.")


def test_every_real_post_is_published_without_a_doubt(real_site: Workshop) -> None:
    with real_site.database.reading() as connection:
        assert posts.total(connection) == len(list(SHARED.glob("_posts/*.md"))) == 400
        assert [each for each in findings.all_findings(connection) if each.severity is not Severity.INFO] == []
    assert len(json.loads(body(real_site, "/feeds/all.json"))["items"]) == 400


def test_the_real_post_on_armenia_is_where_and_when_it_should_be(real_site: Workshop) -> None:
    slug = "rob-kardashian-educates-his-followers-on-ongoing-military-conflict-between-armenia-and-azerbaijan"
    link = f"https://finescoop.com/articles/{slug}"

    for name in ("category/latest", "category/tv", "featured"):
        for format in (Format.RSS, Format.ATOM):
            entries = feedparser.parse(body(real_site, f"/feeds/{name}.{format}")).entries
            (entry,) = [entry for entry in entries if entry.link == link]
            assert entry.id == f"tag:finescoop.com,2020-09-30:articles/{slug}"
            assert entry.published_parsed[:6] == (2020, 9, 30, 6, 42, 47)
            assert entry.media_content[0]["url"].endswith("1601443340488.jpg")
        (item,) = [item for item in items(real_site, name).values() if item["url"] == link]
        assert item["date_published"] == "2020-09-30T06:42:47Z"
        assert str(item["image"]).endswith("1601443340488.jpg")


def test_real_categories_are_titled_by_the_sites_own_pages(real_site: Workshop) -> None:
    assert feedparser.parse(body(real_site, "/feeds/category/tv.rss")).feed.title == "TV & Showbiz"
    assert feedparser.parse(body(real_site, "/feeds/category/usa.rss")).feed.title == "USA"
