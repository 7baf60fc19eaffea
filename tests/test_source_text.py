"""Posts in other directions, pages elsewhere, and posts as they were written."""

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from builders import a_document, a_feed, a_post, a_site, an_entry, day
from feeds.content.markup import is_markdown
from feeds.model.feed import ContentMode, FeedDefinition, Format
from feeds.syndication import atom, jsonfeed, rss
from feeds.syndication.direction import directed, is_right_to_left
from feeds.syndication.entries import entry
from feeds.syndication.fit import fit
from feeds.syndication.squeeze import squeeze
from test_enclosures import post
from walking import Reader
from workbench import USUAL, Workbench, a_publication

MARKDOWN = "{http://source.scripting.com/}markdown"

TEXT = """# Tea & time

* one <b>
* two {{ three }}"""


def markdown(body: bytes) -> list[str | None]:
    return [element.text for element in etree.fromstring(body).iter(MARKDOWN)]


WITH_SOURCE = FeedDefinition(name="all", source_markdown=True)


def bench_of(folder: Path, *definitions: FeedDefinition) -> Workbench:
    return Workbench(folder, a_publication(definitions=definitions))


# As they were written


def test_a_feed_shows_posts_as_they_were_written_where_it_is_asked_to(tmp_path: Path) -> None:
    bench = bench_of(tmp_path, WITH_SOURCE, FeedDefinition(name="other"))
    bench.post("a-post", TEXT + "\x07")
    bench.refresh()

    assert markdown(bench.body()) == [TEXT]
    assert b"source" not in bench.body("/feeds/other.rss")
    assert b"one &lt;b" not in bench.body("/feeds/all.json")
    assert "document-namespace" not in bench.codes()
    bench.close()


def test_a_feed_that_begins_to_show_them_does_so_at_once_and_one_that_ends_stops(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.post("a-post", TEXT)
    bench.refresh()
    assert markdown(bench.body()) == []

    bench.publication = a_publication(definitions=(WITH_SOURCE,))
    bench.refresh()
    assert markdown(bench.body()) == [TEXT]

    bench.publication = a_publication(definitions=USUAL)
    bench.refresh()
    assert markdown(bench.body()) == []
    bench.close()


def test_a_broken_post_is_shown_as_it_was_written_last(tmp_path: Path) -> None:
    bench = bench_of(tmp_path, WITH_SOURCE)
    bench.post("a-post", TEXT)
    bench.refresh()
    before = bench.body()

    bench.write("a-post.md", "---\ntitle: x\n")
    bench.refresh()
    assert bench.body() == before
    bench.close()


def test_a_feed_of_summaries_gives_no_text_away() -> None:
    feed = a_feed(content=ContentMode.SUMMARY, source_markdown=True)

    assert entry(feed, a_site(), a_post(), html="<p>x</p>", excerpt="x", markdown="x").markdown == ""


def test_archives_show_what_the_feed_shows(tmp_path: Path) -> None:
    bench = bench_of(tmp_path, replace(WITH_SOURCE, entries=2), FeedDefinition(name="other", entries=2))
    for number in range(1, 8):
        bench.post(f"post-{number}", f"*{number}*", date=f"2026-01-0{number}")
    bench.refresh()
    reader = Reader(bench)

    # That of the other feed comes first, so that its bodies are at hand without their text.
    assert all(b"source" not in reader.get(page.own.partition(".com")[2]) for page in reader.walk("other", Format.RSS))
    pages = [reader.get(page.own.partition(".com")[2]) for page in reader.walk("all", Format.RSS)]
    assert [text for page in pages for text in markdown(page)] == [f"*{number}*" for number in range(7, 0, -1)]
    bench.close()


def test_what_is_not_markdown_is_not_shown_as_such() -> None:
    assert is_markdown(".MD")
    assert not is_markdown(".html")
    assert not is_markdown(".rst")


def test_source_text_counts_for_the_size_of_a_document() -> None:
    long = an_entry(a_post("long", published=day(2)), markdown="x" * 30_000)
    feed = a_feed(max_bytes=40_000, source_markdown=True)
    document = a_document(long, *(an_entry(a_post(f"p{n}"), markdown="y" * 5_000) for n in range(5)), feed=feed)

    shown, bodies = fit(document, a_site())
    assert max(map(len, bodies.values())) <= 40_000
    assert shown.entries[0].markdown == shown.entries[0].html == ""
    body = squeeze(document, a_site(), Format.RSS)
    assert len(body) <= 40_000
    assert len(feedparser.parse(body).entries) == 6


# From right to left


@pytest.mark.parametrize("language", ["fa", "ar-EG", "he", "ur", "ckb", "az-Arab"])
def test_some_languages_are_written_from_right_to_left(language: str) -> None:
    assert is_right_to_left(a_post(language=language), a_site())


@pytest.mark.parametrize("language", ["ur-Latn", "en", "", "az"])
def test_others_are_not_or_not_in_that_script(language: str) -> None:
    assert not is_right_to_left(a_post(language=language), a_site())


def test_the_sites_language_stands_in_and_the_author_knows_best() -> None:
    site = a_site(language="fa")

    assert directed("<p>x</p>", a_post(), site) == '<div dir="rtl"><p>x</p></div>'
    assert directed("<p>x</p>", a_post(language="en"), site) == "<p>x</p>"
    assert directed("<p>x</p>", a_post(direction="ltr"), site) == "<p>x</p>"
    assert directed('<div dir="rtl">x</div>', a_post(), site) == '<div dir="rtl">x</div>'
    assert directed("", a_post(), site) == ""


def test_a_post_from_right_to_left_is_so_in_every_format(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.post("persian", "سلام", lang="fa", title='"سلام \u202bدنیا"')
    bench.post("english", "Hello", dir="rtl")
    bench.refresh()

    for format in Format:
        body = bench.body(f"/feeds/all.{format}")
        assert body.count(b'dir=\\"rtl\\"' if format is Format.JSON else b'dir="rtl"') == 2
    assert b"<dc:language>fa</dc:language>" in bench.body()
    assert b'xml:lang="fa"' in bench.body("/feeds/all.atom")
    assert "سلام \u202bدنیا\u202c" in {entry.title for entry in feedparser.parse(bench.body()).entries}
    bench.close()


@pytest.mark.parametrize(
    ("header", "direction"),
    [("dir: RTL", "rtl"), ("rtl: true", "rtl"), ("rtl: false", ""), ("direction: ltr", "ltr"), ("dir: up", "")],
)
def test_the_author_may_say_the_direction(header: str, direction: str) -> None:
    assert post(header).direction == direction


# Pages elsewhere


@pytest.mark.parametrize(
    ("header", "original", "subject"),
    [
        ("canonical_url: https://first.example/a", "https://first.example/a", ""),
        ("canonical: https://www.example.com/a", "", ""),
        ("external_url: https://elsewhere.example/ä", "", "https://elsewhere.example/%C3%A4"),
        ("link: https://elsewhere.example/", "", "https://elsewhere.example/"),
        ("link: /here", "", ""),
        ("external_url: 'javascript:x'", "", ""),
        ("canonical: '{{ page.url }}'", "", ""),
    ],
)
def test_pages_elsewhere_are_those_on_other_hosts(header: str, original: str, subject: str) -> None:
    found = post(header)

    assert (found.original, found.subject) == (original, subject)
    assert found.url == "https://example.com/a-post"


def test_an_entry_leads_to_its_own_page_and_says_what_it_is_about() -> None:
    document = a_document(an_entry(a_post(subject="https://a.example/", original="https://b.example/")))

    in_rss = feedparser.parse(rss.render(document, a_site())).entries[0]
    in_atom = feedparser.parse(atom.render(document, a_site())).entries[0]
    for parsed in (in_rss, in_atom):
        assert parsed.link == "https://example.com/a-post"
        links = {link.rel: link.href for link in parsed.links}
        assert (links["related"], links["via"]) == ("https://a.example/", "https://b.example/")
    assert b'"external_url":"https://a.example/"' in jsonfeed.render(document, a_site())


# What is no post


def test_sitemaps_and_feeds_are_no_posts(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.post("a-post")
    bench.post("sitemap")
    bench.post("feed")
    bench.post("index-of-all", permalink="/search.json")
    bench.post("also-a-post", permalink="/what-is-a-feed.xml/")
    bench.write("feed.xml", "<rss/>")
    bench.refresh()

    assert {entry.title for entry in feedparser.parse(bench.body()).entries} == {"A Post", "Also A Post"}
    bench.close()
