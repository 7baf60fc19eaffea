"""Which post an entry of another feed stands for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feeds.content.adoption import Known, Match, match, place
from feeds.content.foreign import ForeignEntry, read_feed
from feeds.errors import ForeignFeedError

HOMES = {"example.com", "old.example.net"}
ZONE = ZoneInfo("America/New_York")
WHEN = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a-b",
        "HTTPS://Example.COM/a-b/",
        "https://www.example.com:443/a%2Db/index.html",
        "https://old.example.net/a-b?utm_source=rss&utm_medium=feed#top",
    ],
)
def test_one_page_is_one_place_however_it_is_written(url: str) -> None:
    assert place(url, HOMES) == place("https://example.com/a-b", HOMES)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/A-b",
        "https://example.com/a-b?p=1",
        "https://example.com:8080/a-b",
        "https://else.example/a-b",
        "https://example.com/a/b",
        "https://[",
    ],
)
def test_another_page_is_another_place(url: str) -> None:
    assert place(url, HOMES) != place("https://example.com/a-b", HOMES)


def known(name: str, title: str = "", published: datetime = WHEN) -> Known:
    return Known(path=f"{name}.md", url=f"https://example.com/{name}", title=title or name, published=published)


def an_entry(link: str = "", title: str = "", published: datetime | None = WHEN) -> ForeignEntry:
    return ForeignEntry(id="urn:x:1", links=(link,) if link else (), title=title, published=published)


def matched(entry: ForeignEntry, *posts: Known) -> Match:
    (found,) = match([entry], posts, homes=HOMES, zone=ZONE)
    return found


def test_the_link_tells() -> None:
    found = matched(an_entry("http://old.example.net/two/", "One"), known("one", "One"), known("two"))

    assert [post.path for post in found.posts] == ["two.md"]


def test_without_a_link_title_and_day_tell() -> None:
    found = matched(an_entry("https://old.example.net/?p=7", "  the ONE "), known("one", "The one"), known("two"))

    assert [post.path for post in found.posts] == ["one.md"]


@pytest.mark.parametrize(("hour", "count"), [(3, 1), (4, 1), (23, 1)])
def test_a_day_is_that_of_the_site_or_of_the_world(hour: int, count: int) -> None:
    post = known("one", "One", datetime(2026, 1, 5, 23, tzinfo=UTC))

    assert len(matched(an_entry(title="One", published=datetime(2026, 1, 5, hour, tzinfo=UTC)), post).posts) == count


def test_a_title_on_another_day_tells_nothing() -> None:
    assert matched(an_entry(title="One", published=datetime(2026, 1, 9, tzinfo=UTC)), known("x", "One")).posts == ()
    assert matched(an_entry(title="One", published=None), known("x", "One")).posts == ()


def test_two_posts_at_one_link_are_told_apart_by_their_titles_or_not_at_all() -> None:
    one = Known(path="a.md", url="https://example.com/x", title="One", published=WHEN)
    two = Known(path="b.md", url="https://example.com/x", title="Two", published=WHEN)

    assert [post.path for post in matched(an_entry("https://example.com/x", "Two"), one, two).posts] == ["b.md"]
    assert len(matched(an_entry("https://example.com/x", "Three"), one, two).posts) == 2


def test_what_a_link_leads_to_is_not_found_by_a_title_too() -> None:
    linked, titled = an_entry("https://example.com/one", "One"), an_entry("https://example.com/gone", "One")

    first, second = match([linked, titled], [known("one", "One")], homes=HOMES, zone=ZONE)

    assert (len(first.posts), len(second.posts)) == (1, 0)


RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>T</title><link>https://old.example.net/</link>
<atom:link rel="self" href="https://old.example.net/feed"/><atom:link rel="next" href="feed?paged=2"/>
<item><title>A &amp;amp; B &lt;i&gt;c&lt;/i&gt;</title><link>http://fb.example/~r/1</link>
<fb:origLink>https://old.example.net/a</fb:origLink><guid isPermaLink="false"> https://old.example.net/?p=1 </guid>
<pubDate>Mon, 05 Jan 2026 12:00:00 +0000</pubDate></item>
<item><title>No guid</title><link>/b</link></item></channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:x</id>
<link href="https://old.example.net/"/><link rel="prev-archive" href="/archive/1"/>
<entry><id>tag:old.example.net,2026:1</id><title type="html">A &amp;lt; B</title>
<link rel="enclosure" href="https://old.example.net/a.mp3"/><link href="https://old.example.net/a"/>
<updated>2026-01-05T12:00:00Z</updated></entry><entry><title>Without anything</title></entry></feed>"""

JSON = b"""\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://old.example.net",
"next_url": "https://old.example.net/2.json", "items": [7, {"id": 12, "url": "https://old.example.net/a", "title": "A",
"date_published": "2026-01-05T07:00:00-05:00"}, {"id": "urn:x:2", "date_published": "soon"}]}"""


def test_rss_is_read() -> None:
    feed = read_feed(RSS, "https://old.example.net/feed")

    assert (feed.home, feed.older) == ("https://old.example.net/", "https://old.example.net/feed?paged=2")
    first, second = feed.entries
    assert first.id == "https://old.example.net/?p=1"
    assert first.links[0] == "https://old.example.net/a"
    assert (first.title, first.published) == ("A & B c", WHEN)
    assert (second.id, second.links, second.published) == ("/b", ("https://old.example.net/b",), None)


def test_atom_is_read() -> None:
    feed = read_feed(ATOM, "https://old.example.net/feed")

    assert feed.older == "https://old.example.net/archive/1"
    (entry,) = feed.entries
    assert (entry.id, entry.links) == ("tag:old.example.net,2026:1", ("https://old.example.net/a",))
    assert (entry.title, entry.published) == ("A < B", WHEN)


def test_json_feed_is_read() -> None:
    feed = read_feed(JSON, "https://old.example.net/feed.json")

    assert (feed.home, feed.older) == ("https://old.example.net", "https://old.example.net/2.json")
    first, second = feed.entries
    assert (first.id, first.title, first.published) == ("12", "A", WHEN)
    assert (second.id, second.published) == ("urn:x:2", None)


@pytest.mark.parametrize("body", [b"", b"<html><body>Hello</body></html>", b"{", b'{"items": 1}', b"{}", b"[" * 9000])
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(ForeignFeedError):
        read_feed(body, "https://old.example.net/")
