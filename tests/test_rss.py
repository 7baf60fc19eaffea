from html import unescape

import feedparser
import pytest
from lxml import etree

from builders import a_document, a_post, a_site, a_term, an_entry, day
from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.post import Author, Picture
from feeds.syndication import rss
from feeds.syndication.labels import category_labels
from golden_documents import DOCUMENTS, SITE, golden

MAGAZINE = DOCUMENTS["magazine"]


def item_of(entry: Entry) -> etree._Element:
    root = etree.fromstring(rss.render(a_document(entry), a_site()))
    return root.findall("channel/item")[0]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_byte_for_byte_the_golden_one(name: str) -> None:
    assert rss.render(DOCUMENTS[name], SITE) == golden(name, Format.RSS)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_reader_gets_every_entry_as_it_was_written(document: FeedDocument) -> None:
    parsed = feedparser.parse(rss.render(document, SITE))

    assert not parsed.bozo
    assert parsed.version == "rss20"
    assert [item.id for item in parsed.entries] == [entry.post.id for entry in document.entries]
    assert [item.link for item in parsed.entries] == [entry.post.url for entry in document.entries]
    assert [item.title for item in parsed.entries] == [entry.post.title for entry in document.entries]
    for item, entry in zip(parsed.entries, document.entries, strict=True):
        assert item.published_parsed[:6] == entry.post.published.timetuple()[:6]
        assert [tag.term for tag in item.get("tags", [])] == list(category_labels(entry.post))


def test_a_reader_gets_the_feed_as_it_was_configured() -> None:
    feed = feedparser.parse(rss.render(MAGAZINE, SITE)).feed

    assert (feed.title, unescape(feed.subtitle), feed.rights) == ("R&D <weekly>", "All of R&D.", "© 2024 Ada & Co")
    assert (feed.link, feed.language, feed.generator) == ("https://example.com", "en-GB", "feeds")
    assert feed.updated == "Fri, 12 Jan 2024 12:00:00 GMT"
    assert feed.docs == "https://www.rssboard.org/rss-specification"
    assert (feed.image.href, feed.image.title, feed.image.link) == (SITE.icon, feed.title, feed.link)


def test_the_channel_link_is_the_site_and_the_self_link_the_document() -> None:
    links = feedparser.parse(rss.render(DOCUMENTS["unicode"], SITE)).feed.links

    assert [(link.rel, link.href) for link in links] == [
        ("alternate", "https://example.com"),
        ("self", "https://feeds.example.com/feeds/category/f%C3%BCr%20alle.rss"),
    ]


def test_a_reader_that_takes_the_description_for_html_sees_the_plain_summary() -> None:
    item = item_of(an_entry(summary="AT&T <b>"))

    assert item.findtext("description") == "AT&amp;T &lt;b&gt;"


def test_the_summary_comes_before_the_content() -> None:
    item = item_of(an_entry(html="<p>All of it.</p>"))

    tags = [child.tag for child in item]
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    assert tags.index("description") < tags.index(content)
    assert item.findtext(content) == "<p>All of it.</p>"


def test_an_entry_without_a_body_has_its_summary_alone() -> None:
    item = item_of(an_entry(html="", summary="No more than this."))

    assert item.findtext("description") == "No more than this."
    assert item.find("{*}encoded") is None


def test_names_of_authors_are_creators_since_author_is_for_addresses() -> None:
    item = item_of(an_entry(a_post(authors=(Author(name="Ada"), Author(name="Grace & Co")))))

    assert [creator.text for creator in item.findall("{*}creator")] == ["Ada", "Grace & Co"]
    assert item.find("author") is None


def test_markup_in_plain_texts_is_spelt_as_most_readers_understand_it() -> None:
    body = rss.render(a_document(an_entry(a_post(title="R&D <video>"))), a_site())

    assert b"<title>R&#x26;D &#x3C;video&#x3E;</title>" in body


def test_a_category_written_in_two_ways_is_named_once() -> None:
    post = a_post(categories=(a_term("TV"),), tags=(a_term("tv", "tag"), a_term("News", "tag")))

    assert [category.text for category in item_of(an_entry(post)).findall("category")] == ["TV", "News"]


def test_the_id_is_no_permalink() -> None:
    guid = item_of(an_entry(a_post("a-post"))).find("guid")

    assert guid is not None
    assert guid.text == "tag:example.com,2024-01-01:a-post"
    assert guid.get("isPermaLink") == "false"


def test_the_picture_is_media_of_the_entry_and_in_no_group() -> None:
    picture = Picture(url="https://example.com/a.webp", media_type="image/webp")
    entry = feedparser.parse(rss.render(a_document(an_entry(a_post(picture=picture))), a_site())).entries[0]

    assert entry.media_content == [{"url": picture.url, "type": "image/webp", "medium": "image"}]
    assert entry.media_thumbnail == [{"url": picture.url}]


def test_an_icon_is_the_image_of_the_channel() -> None:
    assert b"<url>https://example.com/i.PNG?v=2</url>" in rss.render(
        a_document(), a_site(icon="https://example.com/i.PNG?v=2")
    )


@pytest.mark.parametrize("icon", ["https://example.com/i.svg", ""])
def test_an_icon_that_rss_cannot_show_is_left_out(icon: str) -> None:
    assert b"<image>" not in rss.render(a_document(), a_site(icon=icon))


def test_the_entries_keep_their_order() -> None:
    entries = [an_entry(a_post(f"post-{number}", published=day(number))) for number in (3, 1, 2)]
    parsed = feedparser.parse(rss.render(a_document(*entries), a_site()))

    assert [entry.link[-1] for entry in parsed.entries] == ["3", "1", "2"]


def test_what_the_site_does_not_say_is_left_out() -> None:
    body = rss.render(a_document(), a_site(copyright=""))

    assert b"<copyright" not in body
