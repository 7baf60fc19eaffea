import feedparser
import pytest
from lxml import etree

from builders import a_document, a_feed, a_post, a_site, a_term, an_entry, day
from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.post import Author, Picture
from feeds.syndication import atom
from feeds.syndication.labels import category_labels
from golden_documents import DOCUMENTS, SITE, golden

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entry_of(entry: Entry) -> etree._Element:
    root = etree.fromstring(atom.render(a_document(entry), a_site(language="en")))
    return root.findall("{*}entry")[0]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_byte_for_byte_the_golden_one(name: str) -> None:
    assert atom.render(DOCUMENTS[name], SITE) == golden(name, Format.ATOM)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_reader_gets_every_entry_as_it_was_written(document: FeedDocument) -> None:
    parsed = feedparser.parse(atom.render(document, SITE))

    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [item.id for item in parsed.entries] == [entry.post.id for entry in document.entries]
    assert [item.link for item in parsed.entries] == [entry.post.url for entry in document.entries]
    assert [item.title for item in parsed.entries] == [entry.post.title for entry in document.entries]
    assert [item.summary for item in parsed.entries] == [entry.summary for entry in document.entries]
    for item, entry in zip(parsed.entries, document.entries, strict=True):
        assert item.published_parsed[:6] == entry.post.published.timetuple()[:6]
        assert item.updated_parsed[:6] == entry.updated.timetuple()[:6]
        assert [(tag.term, tag.label) for tag in item.get("tags", [])] == [
            (label, label) for label in category_labels(entry.post)
        ]


def test_a_reader_gets_the_feed_as_it_was_configured() -> None:
    feed = feedparser.parse(atom.render(DOCUMENTS["magazine"], SITE)).feed

    assert (feed.title, feed.subtitle, feed.rights) == ("R&D <weekly>", "All of R&D.", "© 2024 Ada & Co")
    assert (feed.author, feed.icon, feed.generator) == ("Ada & Co", SITE.icon, "feeds")
    assert feed.updated == "2024-01-12T12:00:00Z"
    assert [(link.rel, link.type, link.href) for link in feed.links] == [
        ("self", "application/atom+xml", "https://feeds.example.com/feeds/magazine.atom"),
        ("alternate", "text/html", "https://example.com"),
    ]


def test_the_permanent_id_of_a_feed_survives_a_new_title_and_other_formats() -> None:
    before = feedparser.parse(atom.render(a_document(), a_site())).feed.id
    renamed = a_feed(title="Another title", formats=(Format.ATOM,))
    after = feedparser.parse(atom.render(a_document(feed=renamed), a_site())).feed.id

    assert before == after == "https://feeds.example.com/feeds/all.atom"


def test_a_feed_always_has_an_author() -> None:
    feed = feedparser.parse(atom.render(a_document(), a_site(author="", title="The Example"))).feed

    assert feed.author == "The Example"


def test_an_entry_has_one_alternate_link_that_says_what_it_is() -> None:
    entry = entry_of(an_entry(a_post("a-post")))

    assert [dict(link.attrib) for link in entry.findall("{*}link")] == [
        {"href": "https://example.com/a-post", "rel": "alternate", "type": "text/html"}
    ]


def test_plain_texts_are_declared_plain_and_the_content_html() -> None:
    entry = entry_of(an_entry(html="<p>Hello & so on.</p>".replace("&", "&amp;")))

    types = {name: [element.get("type") for element in entry.findall(f"{{*}}{name}")] for name in ("title", "summary")}
    content = entry.find("{*}content")
    assert types == {"title": ["text"], "summary": ["text"]}
    assert content is not None
    assert (content.get("type"), content.text) == ("html", "<p>Hello &amp; so on.</p>")


def test_an_entry_without_a_body_has_its_summary_alone() -> None:
    entry = entry_of(an_entry(html="", summary="No more than this."))

    assert entry.findtext("{*}summary") == "No more than this."
    assert entry.find("{*}content") is None


def test_every_author_is_a_person_with_a_page_where_there_is_one() -> None:
    post = a_post(authors=(Author(name="Ada", url="https://example.com/ada"), Author(name="Grace")))
    parsed = feedparser.parse(atom.render(a_document(an_entry(post)), a_site()))

    assert parsed.entries[0].authors == [{"name": "Ada", "href": "https://example.com/ada"}, {"name": "Grace"}]


def test_only_a_post_in_another_language_says_its_language() -> None:
    assert entry_of(an_entry(a_post(language="fr"))).get(LANG) == "fr"
    assert entry_of(an_entry(a_post(language="EN"))).get(LANG) is None
    assert entry_of(an_entry(a_post(language=""))).get(LANG) is None


def test_the_language_of_the_site_is_that_of_the_document() -> None:
    assert etree.fromstring(atom.render(a_document(), a_site(language="de-AT"))).get(LANG) == "de-AT"


def test_a_category_written_in_two_ways_is_named_once() -> None:
    post = a_post(categories=(a_term("TV"),), tags=(a_term("tv", "tag"), a_term("News", "tag")))

    terms = [category.get("term") for category in entry_of(an_entry(post)).findall("{*}category")]
    assert terms == ["TV", "News"]


def test_the_picture_is_media_of_the_entry_and_in_no_group() -> None:
    picture = Picture(url="https://example.com/a.webp", media_type="image/webp")
    entry = feedparser.parse(atom.render(a_document(an_entry(a_post(picture=picture))), a_site())).entries[0]

    assert entry.media_content == [{"url": picture.url, "type": "image/webp", "medium": "image"}]
    assert entry.media_thumbnail == [{"url": picture.url}]


def test_an_entry_is_as_new_as_the_document_says_and_not_as_its_post() -> None:
    entry = entry_of(an_entry(a_post(updated=day(2)), updated=day(5)))

    assert entry.findtext("{*}updated") == "2024-01-05T12:00:00Z"
