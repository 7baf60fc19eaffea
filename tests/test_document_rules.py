"""Every rule of documents: a good document with one thing changed breaks just that rule, with its severity."""

import json
from typing import Any

import pytest

from builders import a_document, a_post, an_entry, day
from feeds.model.feed import Format
from feeds.model.rulebook import DOCUMENTS, RULEBOOK
from feeds.syndication import check, render
from feeds.syndication.addresses import self_url
from feeds.syndication.rules.fault import Fault
from golden_documents import DOCUMENTS as GOLDEN
from golden_documents import GOLDEN as FOLDER
from golden_documents import SITE, golden

MAGAZINE = GOLDEN["magazine"]

_HISTORY = 'xmlns:fh="http://purl.org/syndication/history/1.0"'
_BUILT = "<lastBuildDate>Fri, 12 Jan 2024 12:00:00 GMT</lastBuildDate>"
_SELF = '<atom:link href="https://feeds.example.com/feeds/magazine.rss" rel="self" type="application/rss+xml"/>'
_LINK = '<link href="https://example.com/shalom" rel="alternate" type="text/html"/>'


def rss_channel(more: str, code: str) -> tuple[str, str, str]:
    return ("<docs>", f"{more}<docs>", code)


def rss_item(more: str, code: str) -> tuple[str, str, str]:
    """Add something to the second item."""
    return (
        '<guid isPermaLink="false">tag:example.com,2024-01-01:shalom',
        f'{more}<guid isPermaLink="false">tag:example.com,2024-01-01:shalom',
        code,
    )


def atom_entry(more: str, code: str) -> tuple[str, str, str]:
    """Add something to the second entry."""
    return (_LINK, _LINK + more, code)


RSS = [
    ("</channel>", "", "document-malformed"),
    ("<?xml", " <?xml", "document-malformed"),
    ("<rss ", "<!DOCTYPE rss><rss ", "document-doctype"),
    ("<?xml version='1.0' encoding='UTF-8'?>\n", "", "document-declaration"),
    ('version="2.0"', 'version="2.1"', "document-root"),
    ('xmlns:dc="', 'xmlns:x="https://tea.test/" xmlns:dc="', "document-namespace"),
    ('xmlns:media="http://search.yahoo.com/mrss/"', 'xmlns:media="http://search.yahoo.com/mrss"', "document-namespace"),
    (_SELF, "", "document-self"),
    ("feeds/magazine.rss", "feeds/other.rss", "document-self"),
    ("<link>https://example.com</link>", "", "document-missing"),
    ("<description>All of R&#x26;D.</description>", "<description> </description>", "document-missing"),
    ("</channel>", "<ttl>60</ttl></channel>", "document-order"),
    rss_channel("<managingEditor>Ada</managingEditor>", "document-contact"),
    rss_channel("<webMaster>ada@example.com</webMaster>", "document-contact-spelling"),
    rss_channel("<webMaster>Ada &#x3C;ada@example.com&#x3E;</webMaster>", "document-contact-spelling"),
    rss_item("<author>Ada</author>", "document-contact"),
    ("<dc:creator>Zoë Müller", "<dc:creator>zoe@example.com", "document-contact-spelling"),
    rss_item("<author>ada@example.com (Ada)</author>", "document-said-twice"),
    rss_item("<dc:date>2024-01-08</dc:date>", "document-said-twice"),
    rss_item("<atom:id>tag:x,2024:y</atom:id>", "document-said-twice"),
    rss_item("<atom:content>x</atom:content>", "document-said-twice"),
    rss_channel("<dc:language>en</dc:language>", "document-said-twice"),
    ("<description>ברכה קצרה.</description>", "", "document-description"),
    ("שלום &amp;amp; ברכה", '&lt;a href="/x"&gt;x&lt;/a&gt;', "document-relative"),
    ("<title>שלום, עולם", "<title>&#x3C;b&#x3E;שלום&#x3C;/b&#x3E;", "document-markup"),
    ("<title>שלום, עולם", "<title>a&#x26;nbsp;b", "document-markup"),
    ("<category>Greetings", "<category>a&#x26;nbsp;b", "document-markup"),
    ("© 2024 Ada &#x26; Co", "&#x26;copy; Ada", "document-markup"),
    ("<title>AT&#x26;T", "<title>AT&amp;T", "document-spelling"),
    ("<category>Greetings</category>", "<category/>", "document-blank"),
    ('<guid isPermaLink="false">tag:example.com,2024-01-01:bare</guid>', "", "document-missing"),
    rss_item('<enclosure url="https://example.com/a.mp3" type="audio/mpeg" length="1"/>' * 2, "document-enclosures"),
    rss_item('<enclosure url="https://example.com/a.mp3" type="audio/mpeg"/>', "document-attribute"),
    rss_item('<enclosure url="https://example.com/a.mp3" length="1"/>', "document-attribute"),
    rss_item('<enclosure url="https://example.com/a.mp3" type="audio/mpeg" length="x"/>', "document-attribute"),
    rss_item('<enclosure url="https://example.com/a.mp3" type="audio/mpeg" length="-1"/>', "document-enclosure-length"),
    rss_item('<enclosure url="https://example.com/a.mp3" type="mp3" length="1"/>', "document-media-type"),
    rss_item('<enclosure url="a.mp3" type="audio/mpeg" length="1"/>', "document-url"),
    rss_item("<source>Another</source>", "document-attribute"),
    ("2024-01-01:bare</guid>", "2024-01-01:shalom</guid>", "document-id-repeated"),
    ("tag:example.com,2024-01-01:shalom</guid>", "17</guid>", "document-id-weak"),
    ("tag:example.com,2024-01-01:shalom</guid>", " </guid>", "document-id"),
    ('isPermaLink="false">tag:example.com,2024-01-01:shalom', 'isPermaLink="False">tag:x', "document-guid"),
    ('isPermaLink="false">tag:example.com,2024-01-01:shalom', ">tag:x", "document-guid"),
    ("Fri, 12 Jan 2024 12:00:00 GMT", "2024-01-12T12:00:00Z", "document-date"),
    ("Fri, 12 Jan 2024 12:00:00 GMT", "Mon, 12 Jan 2024 12:00:00 GMT", "document-date"),
    ("Fri, 12 Jan 2024 12:00:00 GMT", "Fri, 12 Jan 24 12:00:00 GMT", "document-date-spelling"),
    ("Fri, 12 Jan 2024 12:00:00 GMT", "Fri, 12 Jan 2024 12:00:00 +0545", "document-date-spelling"),
    ("<link>https://example.com/shalom", "<link>https://example.com/שלום", "document-url"),
    ("<link>https://example.com/shalom", "<link>https://example.com/a b", "document-url"),
    ("<link>https://example.com/shalom", "<link>/shalom", "document-url"),
    ("<title>שלום", "<title>\x85", "document-rubbish"),
    ("<title>שלום", "<title>\ufffd", "document-rubbish"),
    rss_channel("<pubdate>x</pubdate>", "document-element"),
    rss_item("<contents>x</contents>", "document-element"),
    rss_channel("<textInput><title>x</title></textInput>", "document-element"),
    (_BUILT, _BUILT * 2, "document-doubled"),
    rss_channel(f"<!--{' ' * 5_000_000}-->", "document-size"),
    rss_channel("<ttl>60m</ttl>", "document-ttl"),
    rss_channel("<ttl>0</ttl>", "document-ttl"),
    ("</url>\n      <title>R", "</url>\n      <title>S", "document-image"),
    ("icon.png", "icon.svg", "document-image"),
    ("</url>\n", "</url><width>145</width>\n", "document-image-size"),
    ("</url>\n", "</url><height>401</height>\n", "document-image-size"),
    ("<language>en-GB", "<language>en_GB", "document-language"),
    rss_item('<media:group><media:content url="https://example.com/x.png"/></media:group>', "document-media-group"),
    ('type="image/jpeg"', 'type="jpeg"', "document-media-type"),
    rss_channel('<atom:link rel="icon" href="https://example.com/"/>', "document-link-relation"),
    rss_channel(f"<fh:archive {_HISTORY}/>", "document-archive"),
    rss_channel(
        f'<atom:link rel="next-archive" href="https://example.com/"/><fh:complete {_HISTORY}/>', "document-complete"
    ),
]

PODCAST = [
    ('<itunes:image href="https://example.com/show.jpeg?v=2"/>', "", "document-podcast"),
    ("<itunes:explicit>no</itunes:explicit>\n    <itunes:owner>", "<itunes:owner>", "document-podcast"),
    (
        '<enclosure url="https://example.com/6.5.m4a" length="0" type="audio/x-m4a"/>',
        "",
        "document-podcast",
    ),
    ("6.5.m4a", "6.5.ogg", "document-podcast-format"),
    ("6.5.m4a", "6.5", "document-podcast-format"),
    ("<itunes:type>serial", "<itunes:type>Serial", "document-podcast-value"),
    ("<itunes:explicit>yes", "<itunes:explicit>true", "document-podcast-value"),
    ('<itunes:category text="Science">', '<itunes:category text="Sciences">', "document-podcast-value"),
    ('<itunes:category text="Natural Sciences"/>', '<itunes:category text="Books"/>', "document-podcast-value"),
    ("<itunes:episodeType>full", "<itunes:episodeType>half", "document-podcast-value"),
    ("<itunes:duration>3590", "<itunes:duration>an hour", "document-podcast-value"),
    ("<itunes:episode>7", "<itunes:episode>7.5", "document-podcast-value"),
    ("<itunes:season>2", "<itunes:season>0", "document-podcast-value"),
    (">2</podcast:season>", ">II</podcast:season>", "document-podcast-value"),
    (">6.5</podcast:episode>", ">6b</podcast:episode>", "document-podcast-value"),
    ("<podcast:guid>44ad", "<podcast:guid>44AD", "document-podcast-value"),
    ("<podcast:medium>podcast", "<podcast:medium>radio", "document-podcast-value"),
    (">yes</podcast:locked>", ">true</podcast:locked>", "document-podcast-value"),
    ('owner="ada@example.com"', 'owner="Ada"', "document-contact"),
    ("<itunes:email>ada@example.com", "<itunes:email>Ada", "document-contact"),
    ('href="https://example.com/show.jpeg?v=2"', 'href="show.jpeg"', "document-url"),
    ('url="https://example.com/7.vtt"', 'url="7.vtt"', "document-url"),
    ('href="https://example.com/zoe"', 'href="zoe"', "document-url"),
    ('type="text/vtt"', 'type="vtt"', "document-media-type"),
    ("<itunes:type>serial</itunes:type>", "<itunes:type>serial</itunes:type>" * 2, "document-doubled"),
    ("<itunes:season>2</itunes:season>", "<itunes:season>2</itunes:season>" * 2, "document-doubled"),
    ("<podcast:medium>podcast</podcast:medium>", "<podcast:medium>podcast</podcast:medium>" * 2, "document-doubled"),
]

ATOM = [
    ("</feed>", "", "document-malformed"),
    ('xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://purl.org/atom/ns#"', "document-root"),
    ('xmlns:media="', 'xmlns:a="http://www.w3.org/2005/Atom" xmlns:media="', "document-namespace"),
    ('rel="self"', 'rel="via"', "document-self"),
    (
        'magazine.atom" rel="self" type="application/atom+xml"',
        'magazine.atom" rel="self" type="text/xml"',
        "document-self",
    ),
    ("<icon>", '<link href="https://a.test/" type="text/html"/><icon>', "document-link-repeated"),
    atom_entry('<link rel="stylesheet" href="https://a.test/"/>', "document-link-relation"),
    atom_entry('<link rel="prev-archive" href="https://a.test/"/>', "document-link-relation"),
    atom_entry('<link rel="related" href="https://a.test/" hreflang="en_GB"/>', "document-language"),
    atom_entry('<link rel="related" href="https://a.test/" type="html"/>', "document-media-type"),
    ("<name>Ada &amp; Co</name>", "<name>ada@example.com</name>", "document-contact-spelling"),
    ("<name>Ada &amp; Co</name>", "<name>Ada</name><email>Ada</email>", "document-contact"),
    ("<name>Ada &amp; Co</name>", "<name>A</name><name>B</name>", "document-doubled"),
    ("<name>Ada &amp; Co</name>", "<name> </name>", "document-missing"),
    ('<title type="text">שלום', "<title>a&amp;nbsp;b", "document-markup"),
    ('<title type="text">שלום', '<title type="text/html">שלום', "document-content-type"),
    ('type="html"', 'type="text/html"', "document-content-type"),
    ('<summary type="text">A title and a picture</summary>', "", "document-missing"),
    ("<id>tag:example.com,2024-01-01:shalom</id>", "", "document-missing"),
    ("<id>tag:example.com,2024-01-01:shalom", "<id>https://Example.com/x", "document-id-spelling"),
    ("<id>tag:example.com,2024-01-01:shalom", "<id>https://example.com", "document-id-spelling"),
    ("<id>tag:example.com,2024-01-01:shalom", "<id>https://example.com:443/x", "document-id-spelling"),
    ("<id>tag:example.com,2024-01-01:shalom", "<id>https://example.com/%c3%a9", "document-id-spelling"),
    ("<id>tag:example.com,2024-01-01:shalom", "<id>tag:example.com,2024-13-01:x", "document-id"),
    ("<id>tag:example.com,2024-01-01:shalom", "<id>a slug", "document-id"),
    ("<id>tag:example.com,2024-01-01:shalom", "<id>https://example.com/שלום", "document-id"),
    ("2024-01-01:shalom", "2024-01-01:bare", "document-id-repeated"),
    ("<updated>2024-01-08T12:00:00Z", "<updated>2024-01-07T12:00:00Z", "document-updated-repeated"),
    ("<updated>2024-01-08T12:00:00Z", "<updated>2024-01-08t12:00:00z", "document-date"),
    ("</feed>", "<rights>©</rights></feed>", "document-order"),
    ("<icon>", f"<fh:archive {_HISTORY}/><icon>", "document-archive"),
    atom_entry("<pubDate>x</pubDate>", "document-element"),
    atom_entry("<category/>", "document-attribute"),
    atom_entry("<source><id>tag:x,2024:y</id></source>", "document-missing"),
    ('xml:lang="en-GB"', 'xml:lang="en_GB"', "document-language"),
    ("https://example.com/zo%C3%AB", "zoe.html", "document-url"),
]

HTML = [
    ("<script>x</script>", "document-html-element"),
    ("<iframe src='https://a.test/'></iframe>", "document-html-element"),
    ("<form><input></form>", "document-html-element"),
    ("<svg></svg>", "document-html-element"),
    ("<meta><p>x</p>", "document-html-element"),
    ('<p onclick="x()">x</p>', "document-html-attribute"),
    ('<p style="position:fixed">x</p>', "document-html-attribute"),
    ('<a href="javascript:x()">x</a>', "document-html-attribute"),
    ('<img src="data:image/png;base64,AA" alt="">', "document-html-attribute"),
    ('<a href="/x">x</a>', "document-relative"),
    ('<a title="x" href="#x">x</a>', "document-relative"),
    ('<img src="//a.test/x.png" alt="">', "document-relative"),
    ('<img srcset="x.png 2x" alt="">', "document-relative"),
    ("<p>AT&T</p>", "document-html"),
    ("<p>a < b</p>", "document-html"),
    ("<p><em>x</p>", "document-html"),
    ("<p>x</p></div>", "document-html"),
    ("<p>x</p><div>", "document-html"),
    ("<my-element>x</my-element>", "document-html"),
    ("<search>x</search>", "document-html"),
]


def feed_with(**members: Any) -> dict[str, Any]:
    feed: dict[str, Any] = json.loads(golden("magazine", Format.JSON))
    return {name: value for name, value in (feed | members).items() if value != "gone"}


def item_with(**members: Any) -> dict[str, Any]:
    feed = feed_with()
    item = feed["items"][0] | members
    return feed | {"items": [{name: value for name, value in item.items() if value != "gone"}, *feed["items"][1:]]}


JSON_FEED = [
    ([], "document-root"),
    (feed_with(version="https://jsonfeed.org/version/1"), "document-root"),
    (feed_with(title="gone"), "document-missing"),
    (feed_with(home_page_url="gone"), "document-missing"),
    (feed_with(feed_url="https://example.com/"), "document-self"),
    (feed_with(next_url=feed_with()["feed_url"]), "document-next"),
    (feed_with(expired="no"), "document-type"),
    (feed_with(hubs=[{"url": "https://a.test/"}]), "document-attribute"),
    (feed_with(hubs=[{"type": "WebSub", "url": "hub"}]), "document-url"),
    (feed_with(language="en_GB"), "document-language"),
    (feed_with(title="a&nbsp;b"), "document-markup"),
    (feed_with(subtitle="x"), "document-member"),
    (feed_with(**{"_a.b": {}}), "document-member"),
    (feed_with(description=" "), "document-blank"),
    (feed_with(authors=[{"name": "ada@example.com"}]), "document-contact-spelling"),
    (feed_with(user_comment="x" * 5_000_001), "document-size"),
    (item_with(id="gone"), "document-missing"),
    (item_with(id=""), "document-missing"),
    (item_with(id="17"), "document-id-weak"),
    (item_with(id=17), "document-type"),
    (item_with(content_html="gone"), "document-missing"),
    (item_with(tags=[1]), "document-type"),
    (item_with(attachments=[{"url": "https://a.test/x"}]), "document-media-type"),
    (item_with(attachments=[{"url": "x", "mime_type": "audio/mpeg"}]), "document-url"),
    (item_with(attachments=[{"url": "https://a.test/", "mime_type": "a/b", "size_in_bytes": "1"}]), "document-type"),
    (item_with(attachments=["x"]), "document-type"),
    (item_with(date_published="today"), "document-date"),
    (item_with(summary="a\x07b"), "document-characters"),
    (item_with(url="/x"), "document-url"),
]

OPML = [
    ("</opml>", "", "document-malformed"),
    ('version="2.0"', 'version="1.0"', "document-root"),
    ("<title>The Example</title>", "", "document-missing"),
    ("</title>", "</title><docs>https://a.test/</docs>", "document-element"),
    ("</title>", "</title><dateCreated>2024-01-01</dateCreated>", "document-date"),
    ('text="Only JSON" ', "", "document-attribute"),
    ('xmlUrl="https://feeds.example.com/feeds/json-only.json" ', "", "document-attribute"),
    ('title="Only JSON" ', "", "document-outline"),
    ('<outline type="rss"', '<outline version="ATOM" type="rss"', "document-outline"),
    ('<outline type="rss"', '<outline type="atom"', "document-outline"),
    ('htmlUrl="https://example.com"', 'htmlUrl="/"', "document-url"),
]


def faults_of(body: bytes, format: Format) -> tuple[Fault, ...]:
    return check.problems(body, format, self_url=self_url(SITE, MAGAZINE.feed, format))


def assert_found(faults: tuple[Fault, ...], code: str) -> None:
    severities = {fault.severity for fault in faults if fault.code == code}

    assert severities, f"{code} is not among {[*map(str, faults)]}"
    assert severities <= {*RULEBOOK[code].severities}


@pytest.mark.parametrize(("old", "new", "code"), RSS, ids=[case[-1] for case in RSS])
def test_what_breaks_a_rule_of_rss_is_found(old: str, new: str, code: str) -> None:
    body = golden("magazine", Format.RSS).decode()
    assert old in body

    assert_found(faults_of(body.replace(old, new, 1).encode(), Format.RSS), code)


@pytest.mark.parametrize(("old", "new", "code"), PODCAST)
def test_what_breaks_a_rule_of_podcasts_is_found(old: str, new: str, code: str) -> None:
    body = golden("podcast", Format.RSS).decode()
    assert old in body

    faults = check.problems(
        body.replace(old, new, 1).encode(), Format.RSS, self_url=self_url(SITE, GOLDEN["podcast"].feed, Format.RSS)
    )
    assert_found(faults, code)


@pytest.mark.parametrize(("old", "new", "code"), ATOM)
def test_what_breaks_a_rule_of_atom_is_found(old: str, new: str, code: str) -> None:
    body = golden("magazine", Format.ATOM).decode()
    assert old in body

    assert_found(faults_of(body.replace(old, new, 1).encode(), Format.ATOM), code)


@pytest.mark.parametrize(("feed", "code"), JSON_FEED, ids=[code for _, code in JSON_FEED])
def test_what_breaks_a_rule_of_json_feed_is_found(feed: Any, code: str) -> None:
    assert_found(faults_of(json.dumps(feed).encode(), Format.JSON), code)


@pytest.mark.parametrize(("old", "new", "code"), OPML)
def test_what_breaks_a_rule_of_opml_is_found(old: str, new: str, code: str) -> None:
    body = (FOLDER / "feeds.opml").read_text()
    assert old in body

    assert_found(check.opml_problems(body.replace(old, new, 1).encode()), code)


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize(("html", "code"), HTML)
def test_html_that_breaks_a_rule_is_found_in_its_entry(html: str, code: str, format: Format) -> None:
    entries = (an_entry(a_post("good", published=day(2))), an_entry(html=html))
    body = render.render(a_document(*entries, feed=MAGAZINE.feed), SITE, format)

    faults = faults_of(body, format)

    assert_found(faults, code)
    assert {fault.entry for fault in faults} == {2}


def test_nothing_is_wrong_with_the_golden_list_of_feeds() -> None:
    assert check.opml_problems((FOLDER / "feeds.opml").read_bytes()) == ()


def test_every_rule_of_documents_is_broken_by_a_test() -> None:
    broken = {case[-1] for cases in (RSS, PODCAST, ATOM, JSON_FEED, OPML, HTML) for case in cases}

    assert broken == {rule.code for rule in DOCUMENTS}
