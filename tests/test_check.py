import cProfile
import json
from collections.abc import Callable
from typing import Any

import pytest

from builders import a_document, a_post, a_site, a_term, an_entry, day
from feeds.model.feed import Format
from feeds.syndication import check, render
from feeds.syndication.addresses import self_url
from golden_documents import DOCUMENTS, SITE, golden

MAGAZINE = DOCUMENTS["magazine"]


def problems_of(body: bytes | str, format: Format) -> str:
    body = body.encode() if isinstance(body, str) else body
    return "\n".join(map(str, check.problems(body, format, self_url=self_url(SITE, MAGAZINE.feed, format))))


def broken(format: Format, old: str, new: str) -> str:
    """Return the golden magazine with the first ``old`` replaced."""
    body = golden("magazine", format).decode()
    assert old in body
    return body.replace(old, new, 1)


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_wrong_with_a_golden_document(name: str, format: Format) -> None:
    address = self_url(SITE, DOCUMENTS[name].feed, format)

    assert check.problems(golden(name, format), format, self_url=address) == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("</channel>", "", "not well-formed"),
        ("Greetings", "&nosuch;", "not well-formed"),
        ("<rss ", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss ", "document type declaration"),
        ('version="2.0"', 'version="0.92"', "the root is not"),
        ("<title>R&#x26;D &#x3C;weekly&#x3E;</title>", "", "the channel: there is no <title>"),
        ("<link>https://example.com</link>", "", "the channel: there is no <link>"),
        ("<description>All of R&#x26;D.</description>", "", "the channel: there is no <description>"),
        ("<link>https://example.com</link>", "<link>/home</link>", '"/home" is not an absolute URL'),
        ("<language>", "<language>en</language><language>", "more than one <language>"),
        ("<docs>", "<ttl> </ttl><docs>", "<ttl> is empty"),
        ("magazine.rss", "other.rss", "not one link rel=self"),
        (' rel="self" type="application/rss+xml"', ' rel="self" type="text/xml"', "not one link rel=self"),
        ("<docs>", '<atom:link href="https://a.example/" rel="self"/><docs>', "not one link rel=self"),
        ("Fri, 12 Jan", "Mon, 12 Jan", "not a date of RFC 822"),
        ("Fri, 12 Jan 2024 12:00:00 GMT", "2024-01-12T12:00:00Z", "not a date of RFC 822"),
        ("Tue, 09 Jan 2024", "Tue, 09 Jan 24", "entry 1: "),
        ("<url>https://example.com/icon.png</url>", "", "the channel: there is no <url>"),
        ("</url>\n      <title>R", "</url>\n      <title>S", "the image's title is not the channel's"),
        ("</channel>", "<ttl>60</ttl></channel>", "<ttl> stands behind an entry"),
        ("elephants-and-ampersands</link>", "é</link>", "is not an absolute URL"),
        ("elephants-and-ampersands</guid>", "shalom</guid>", "occurs 2 times"),
        ("tag:example.com,2024-01-01:shalom", "", "<guid> is empty"),
        ('isPermaLink="false"', 'isPermaLink="False"', 'neither "true" nor "false"'),
        (' isPermaLink="false"', "", 'needs isPermaLink="false"'),
        ("<guid", "<guid>x</guid><guid", "more than one <guid>"),
        ("<pubDate>Tue, 09 Jan 2024 12:00:00 GMT</pubDate>", "", "entry 1: there is no <pubDate>"),
        ("<category>naïve</category>", "<category/>", "<category> is empty"),
        ("big.jpg?w=9", "big picture.jpg?w=9", "is not an absolute URL"),
        ("<guid", '<enclosure url="https://example.com/a.mp3"/><guid', "no type or no length"),
        ("<description>ברכה קצרה.</description>", "", "entry 2: there is no description before content:encoded"),
        ("AT&amp;amp;T says", "AT&amp;T says", 'unescaped "&"'),
        ("says &amp;lt;b&amp;gt;", "says 3 &lt; 4", 'unescaped "<"'),
        ("says", "sa\x85ys", "U+0085"),
    ],
)
def test_what_rss_readers_stumble_over_is_found(old: str, new: str, problem: str) -> None:
    assert problem in problems_of(broken(Format.RSS, old, new), Format.RSS)


def test_an_item_that_says_nothing_is_found() -> None:
    body = '<rss version="2.0"><channel><item><link>https://example.com/</link></item></channel></rss>'

    assert "entry 1: there is neither title nor description" in problems_of(body, Format.RSS)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("</feed>", "", "not well-formed"),
        ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "the root is not"),
        ("<id>https://feeds.example.com/feeds/magazine.atom</id>", "", "the feed: there is no <id>"),
        ("<updated>2024-01-12T12:00:00Z</updated>", "", "the feed: there is no <updated>"),
        ('<title type="text">R', "<title>A</title><title>R", "more than one <title>"),
        ("<name>Ada &amp; Co</name>", "<uri>https://example.com/</uri>", "there is no <name>"),
        ("<author>\n    <name>Ada &amp; Co</name>\n  </author>", "", "neither the feed nor each of its entries"),
        ("magazine.atom</id>\n", "magazine.atom</id><icon>/favicon.ico</icon>\n", "is not an absolute URL"),
        ('href="https://feeds.example.com/feeds/magazine.atom" rel="self"', 'href="/a" rel="self"', "link rel=self"),
        ('type="application/atom+xml"', 'type="text/xml"', "link rel=self"),
        ("<icon>", '<link href="https://a.example/" type="text/html"/><icon>', "two alternate links"),
        ("</feed>", "<rights>©</rights></feed>", "<rights> stands behind an entry"),
        ("2024-01-12T12:00:00Z", "2024-01-12 12:00:00Z", "not a date of RFC 3339"),
        ("2024-01-12T12:00:00Z", "2024-02-31T12:00:00Z", "not a date of RFC 3339"),
        ("<published>2024-01-09T12:00:00Z", "<published>2024-01-09T12:00:00", "not a date of RFC 3339"),
        ("<updated>2024-01-08T12:00:00Z", "<updated>2024-01-07T12:00:00Z", 'updated "2024-01-07T12:00:00Z" occurs 2'),
        ("2024-01-01:shalom", "2024-01-01:bare", "occurs 2 times"),
        ("tag:example.com,2024-01-01:shalom", "a slug", "not an absolute IRI"),
        ("tag:example.com,2024-01-01:shalom", "", "<id> is empty"),
        ('<link href="https://example.com/shalom" rel="alternate" type="text/html"/>', "", "no alternate link"),
        ("https://example.com/shalom", "/shalom", "is not an absolute URL"),
        ("https://example.com/shalom", "https://example.com/שלום", "is not an absolute URL"),
        ("https://example.com/zo%C3%AB", "zoe.html", "is not an absolute URL"),
        ('<summary type="text">A title and a picture</summary>', "", "neither content nor summary"),
        ('type="html"', 'type="CDATA"', "the type of the content is not html"),
        ('url="https://example.com/big.jpg', 'url="big.jpg', "is not an absolute URL"),
    ],
)
def test_what_atom_readers_stumble_over_is_found(old: str, new: str, problem: str) -> None:
    assert problem in problems_of(broken(Format.ATOM, old, new), Format.ATOM)


def json_with(**members: Any) -> str:
    return json.dumps(json.loads(golden("magazine", Format.JSON)) | members)


def json_item_with(**members: Any) -> str:
    feed = json.loads(golden("magazine", Format.JSON))
    feed["items"][0] |= members
    return json.dumps(feed)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"{", "not well-formed"),
        (b'{"title": "\xff"}', "not well-formed"),
        ("[]", "not an object with a list of items"),
        (json_with(items=None), "not an object with a list of items"),
        (json_with(items=[1]), "an item is not an object"),
        (json_with(version="1"), "the version is not"),
        (json_with(feed_url="https://example.com/"), "feed_url is not"),
        (json_with(title=""), "the feed: title is empty"),
        (json_with(home_page_url="home"), "is not an absolute URL"),
        (json_with(description=None), "description is empty"),
        (json_with(authors=[{"url": "https://example.com/"}]), "an author has no name"),
        (json_with(authors="Ada"), "an author has no name"),
        (json_with(authors=[{"name": "Ada", "url": "ada"}]), "is not an absolute URL"),
        (json_with(items=[{}]), "entry 1: there is no id"),
        (json_with(items=[{"id": "a"}]), "entry 1: there is neither content_html nor content_text"),
        (json_with(items=[{"id": "a"}, {"id": "a"}]), 'id "a" occurs 2 times'),
        (json_item_with(id=1), "id is not a string"),
        (json_item_with(url="/a"), "is not an absolute URL"),
        (json_item_with(image="a b.jpg"), "is not an absolute URL"),
        (json_item_with(tags=[]), "entry 1: tags is empty"),
        (json_item_with(date_published="yesterday"), "not a date of RFC 3339"),
        (json_item_with(summary="a\x07b"), "U+0007"),
        (json_item_with(content_html="<script>"), "<script> in HTML"),
    ],
)
def test_what_readers_of_json_feed_stumble_over_is_found(body: bytes | str, problem: str) -> None:
    assert problem in problems_of(body, Format.JSON)


def test_a_json_feed_without_a_title_is_found() -> None:
    feed = json.loads(golden("magazine", Format.JSON))
    del feed["title"]

    assert "the feed: there is no title" in problems_of(json.dumps(feed), Format.JSON)


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p>Hello<script>alert(1)</script></p>", "<script> in HTML"),
        ("<P><IFRAME SRC='https://example.com/'></IFRAME></P>", "<iframe> in HTML"),
        ("<style>p {}</style>", "<style> in HTML"),
        ("<form></form>", "<form> in HTML"),
        ("<object></object>", "<object> in HTML"),
        ("<embed>", "<embed> in HTML"),
        ("<svg/onload=alert(1)>", "<svg> in HTML"),
        ('<p onclick="go()">x</p>', "the attribute onclick"),
        ('<p style="color: red">x</p>', "the attribute style"),
        ('<a href="/x">x</a>', 'href="/x" in HTML is not an absolute URL'),
        ('<a title="x" href="#top">x</a>', 'href="#top" in HTML'),
        ('<a href="//example.com/x">x</a>', "is not an absolute URL"),
        ('<a href="javascript:alert(1)">x</a>', "is not an absolute URL"),
        ('<img alt="" src="i.png">', 'src="i.png" in HTML'),
        ('<img srcset="https://example.com/i.png 1x, j.png 2x">', 'srcset="j.png" in HTML'),
        ('<blockquote cite="x.html">x</blockquote>', 'cite="x.html" in HTML'),
        ('<video poster="x.png"></video>', 'poster="x.png" in HTML'),
        ("<p>AT&T</p>", 'unescaped "&"'),
        ("<p>3 < 4</p>", 'unescaped "<"'),
        ('<p>cut off in <a href="https://exam', 'unescaped "<"'),
    ],
)
def test_html_that_must_not_be_embedded_is_found(html: str, problem: str) -> None:
    body = render.render(a_document(an_entry(html=html), feed=MAGAZINE.feed), SITE, Format.RSS)

    assert problem in problems_of(body, Format.RSS)


@pytest.mark.parametrize(
    "html",
    [
        '<p title="<script> &amp; <a href=/x>">quoted</p>',
        '<a href="mailto:ada@example.com">write</a>',
        '<a href="https://example.com/?a=1&amp;b=2" rel="nofollow">x</a>',
        "<!-- a < remark --><p>x</p>",
        '<img src="https://example.com/i.png" alt="3 < 4 > 2">',
        '<img srcset="https://example.com/i.png 1x" alt="3 < 4 > 2">',
        "<a href='tel:+123'>call</a>",
        '<img src="https://example.com/i.png" srcset="https://example.com/a,b.png 1x,https://example.com/c.png 2x">',
    ],
)
def test_html_that_may_be_embedded_is_let_through(html: str) -> None:
    body = render.render(a_document(an_entry(html=html), feed=MAGAZINE.feed), SITE, Format.JSON)

    assert problems_of(body, Format.JSON) == ""


def calls(work: Callable[[], object]) -> int:
    """How many calls, of Python's and of C's, `work` makes: the same on any machine."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def test_the_check_of_a_document_costs_in_proportion_to_its_length() -> None:
    paragraph = '<p>Some <em>words</em> and <a href="https://example.com/?a=1&amp;b=2">a link</a>, and then more.</p>\n'

    def document(count: int) -> bytes:
        entries = [
            an_entry(a_post(f"post-{number}", published=day(number), categories=(a_term("TV"),)), html=paragraph * 50)
            for number in range(count, 0, -1)
        ]
        return render.render(a_document(*entries, feed=MAGAZINE.feed), a_site(), Format.RSS)

    short, long = document(25), document(50)

    assert problems_of(long, Format.RSS) == ""
    assert len(long) > 300_000
    assert calls(lambda: problems_of(long, Format.RSS)) < 2.1 * calls(lambda: problems_of(short, Format.RSS))
