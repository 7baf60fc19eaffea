"""The list of feeds, as people, browsers and assistive technology read it."""

import re
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_feed, a_site, day
from feeds.model.feed import Format
from feeds.syndication.page import Listing, render_index

GOLDEN = Path(__file__).parent / "golden" / "index.html"
HOSTILE = """</style><script>alert(1)</script>'"><img src=x onerror=alert(1)>{{ 7 * 7 }}&amp;"""


def a_listing(
    name: str = "all", *, title: str = "Everything", description: str = "All posts.", **changes: Any
) -> Listing:
    """Build the listing of a feed with three entries in every format."""
    feed = a_feed(name, title=title, description=description)
    facts: dict[str, Any] = {
        "feed": feed,
        "entries": 3,
        "updated": day(3),
        "latest": tuple((f"Post {n}", f"https://example.com/post-{n}", day(n)) for n in (3, 2, 1)),
        "urls": {format: f"https://feeds.example.com{quote(feed.path(format))}" for format in Format},
    }
    return Listing(**(facts | changes))


def read(page: bytes) -> Element:
    """Parse as browsers do, but fail at the first thing they would have to repair."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(page.decode())
    return document


def text_of(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def test_the_page_is_as_it_was() -> None:
    listings = [
        a_listing(title="The Example", description="Everything from The Example."),
        a_listing(
            "category/gärten",
            title="Gärten & Höfe",
            entries=1,
            latest=(("Ein <Garten>", "https://example.com/g", day(2)),),
        ),
        a_listing("category/empty", title="Empty", description="", entries=0, latest=(), updated=day(1)),
    ]
    page = render_index(a_site(icon="https://example.com/icon.png", copyright="© The Example"), listings)

    assert page.decode() == GOLDEN.read_text(encoding="utf-8")


def test_every_document_is_named_for_autodiscovery_in_the_head() -> None:
    listings = [a_listing(), a_listing("category/tv", title="TV & radio")]
    links = read(render_index(a_site(), listings)).findall("head/link")

    assert [(link.get("rel"), link.get("type"), link.get("title"), link.get("href")) for link in links] == [
        ("alternate", "application/rss+xml", "Everything (RSS)", "https://feeds.example.com/feeds/all.rss"),
        ("alternate", "application/atom+xml", "Everything (Atom)", "https://feeds.example.com/feeds/all.atom"),
        ("alternate", "application/feed+json", "Everything (JSON)", "https://feeds.example.com/feeds/all.json"),
        ("alternate", "application/rss+xml", "TV & radio (RSS)", "https://feeds.example.com/feeds/category/tv.rss"),
        ("alternate", "application/atom+xml", "TV & radio (Atom)", "https://feeds.example.com/feeds/category/tv.atom"),
        ("alternate", "application/feed+json", "TV & radio (JSON)", "https://feeds.example.com/feeds/category/tv.json"),
    ]


def test_a_feed_shows_what_it_is_about_what_is_new_and_where_it_is() -> None:
    article = read(render_index(a_site(), [a_listing()])).find(".//article")
    assert article is not None

    assert text_of(article.find("h3")) == "Everything"
    assert text_of(article.find("p")) == "All posts."
    assert text_of(article.find("p[@class='state']")) == "3 entries, updated 3 Jan 2024"
    assert [
        (text_of(item), link.get("href"))
        for item in article.iterfind("ul[@class='latest']/li")
        for link in item.iter("a")
    ] == [
        ("Post 3 3 Jan 2024", "https://example.com/post-3"),
        ("Post 2 2 Jan 2024", "https://example.com/post-2"),
        ("Post 1 1 Jan 2024", "https://example.com/post-1"),
    ]
    assert [text_of(item) for item in article.iterfind("ul[@class='addresses']/li")] == [
        "RSS https://feeds.example.com/feeds/all.rss",
        "Atom https://feeds.example.com/feeds/all.atom",
        "JSON https://feeds.example.com/feeds/all.json",
    ]


def test_only_formats_that_are_published_are_shown() -> None:
    page = render_index(a_site(), [a_listing(urls={Format.ATOM: "https://feeds.example.com/feeds/all.atom"})])

    assert b"all.atom" in page
    assert b"all.rss" not in page


def test_dates_are_those_of_the_site() -> None:
    late = datetime.fromisoformat("2024-01-01T23:30:00+00:00")
    page = read(render_index(a_site(timezone="Asia/Tokyo"), [a_listing(updated=late)]))

    time = page.find(".//p[@class='state']/time")
    assert text_of(time) == "2 Jan 2024"
    assert time is not None
    assert time.get("datetime") == "2024-01-01T23:30:00+00:00"


@pytest.mark.parametrize("count", [0, 1, 2, 12, 13, 500])
def test_any_number_of_feeds_makes_a_page_without_faults(count: int) -> None:
    listings = [a_listing(f"category/thema {n} ä", title=f"Thema {n}") for n in range(count)]
    page = read(render_index(a_site(), listings))

    assert len(page.findall(".//article")) == count
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in page.iterfind(".//nav//a"):
        assert unquote(link.get("href", "")).removeprefix("#") in ids
    assert len(page.findall(".//nav//a")) == (count if count > 12 else 0)


def test_all_feeds_can_be_taken_at_once_where_there_are_several() -> None:
    one, two = (read(render_index(a_site(), [a_listing(str(n)) for n in range(count)])) for count in (1, 2))

    assert one.find(".//a[@href='https://feeds.example.com/feeds.opml']") is None
    assert text_of(two.find(".//a[@href='https://feeds.example.com/feeds.opml']")) == "all 2 feeds at once"


def test_the_page_can_be_found_ones_way_in() -> None:
    page = read(render_index(a_site(language="de"), [a_listing(str(n)) for n in range(20)]))

    assert page.get("lang") == "de"
    assert [len(page.findall(f".//{landmark}")) for landmark in ("header", "main", "nav", "h1")] == [1, 1, 1, 1]
    headings = [element.tag for element in page.iter() if re.fullmatch(r"h\d", str(element.tag))]
    assert headings == ["h1", "h2", *["h3"] * 20]
    assert text_of(page.find("head/title")) == "The Example – Feeds"
    names = [link.get("aria-label") or text_of(link) for link in page.iterfind(".//article//ul[@class='addresses']//a")]
    assert len(names) == 60
    assert all(names)


def test_every_text_decides_its_own_direction() -> None:
    page = read(render_index(a_site(), [a_listing(title="סירות")]))

    for place in (".//h1", ".//header//p", ".//h3", ".//article/p", ".//ul[@class='latest']//a"):
        element = page.find(place)
        assert element is not None
        assert element.get("dir") == "auto"


def test_the_page_needs_nothing_from_elsewhere_but_the_icon() -> None:
    page = read(render_index(a_site(icon="https://example.com/icon.png"), [a_listing()]))

    loaded = [element.get("src") for element in page.iter() if element.get("src")]
    loaded += [link.get("href") for link in page.iter("link") if link.get("rel") != "alternate"]
    assert loaded == ["https://example.com/icon.png"] * 2
    assert len(page.findall(".//style")) == 1
    assert not [element for element in page.iter() if element.tag in {"script", "iframe", "object", "form"}]
    assert not [element for element in page.iter() if element.get("style")]
    style = text_of(page.find(".//style"))
    assert not re.search(r"url\(|@import|@font-face", style)


def test_no_text_can_become_markup() -> None:
    site = a_site(title=HOSTILE, description=HOSTILE, copyright=HOSTILE)
    listing = a_listing(title=HOSTILE, description=HOSTILE, latest=((HOSTILE, "https://example.com/x", day(1)),))
    page = read(render_index(site, [listing]))

    assert not [element for element in page.iter() if element.tag in {"script", "img"}]
    assert text_of(page.find(".//h1")) == text_of(page.find(".//h3")) == HOSTILE
    assert text_of(page.find(".//ul[@class='latest']//a")) == HOSTILE


@given(text=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1).filter(str.strip))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    page = read(render_index(a_site(), [a_listing(title=text)]))

    assert text_of(page.find(".//h3")) == " ".join(text.split())


def test_the_same_feeds_make_the_same_page() -> None:
    listings = [a_listing(str(n), updated=day(1) + timedelta(hours=n)) for n in range(5)]

    assert render_index(a_site(), listings) == render_index(a_site(), listings)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_text_can_be_read_in_light_and_in_dark() -> None:
    style = render_index(a_site(), []).decode()
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in re.findall(r":root \{(.*?)\}", style, re.S)
    )

    for colours in (light, dark):
        pairs = [*product(("text", "quiet", "accent"), ("page", "card")), ("accent", "chip")]
        for text, ground in pairs:
            bright, dim = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, (text, ground)
