from lxml import etree

from builders import a_feed, a_site
from feeds.model.feed import Feed, Format
from feeds.syndication import opml
from golden_documents import GOLDEN, OPML_FEEDS, SITE


def outlines_of(*feeds: Feed) -> list[dict[str, str]]:
    root = etree.fromstring(opml.render(a_site(), feeds))
    return [{str(name): str(value) for name, value in outline.items()} for outline in root.findall("body/outline")]


def test_the_list_is_byte_for_byte_the_golden_one() -> None:
    assert opml.render(SITE, OPML_FEEDS) == (GOLDEN / "feeds.opml").read_bytes()


def test_a_reader_can_subscribe_to_every_feed_in_the_given_order() -> None:
    addresses = [outline["xmlUrl"] for outline in outlines_of(a_feed("b"), a_feed("category/größe"), a_feed("a"))]

    assert addresses == [
        "https://feeds.example.com/feeds/b.rss",
        "https://feeds.example.com/feeds/category/gr%C3%B6%C3%9Fe.rss",
        "https://feeds.example.com/feeds/a.rss",
    ]


def test_an_outline_says_all_that_readers_and_the_validator_want() -> None:
    assert outlines_of(a_feed(title='R&D "weekly" <b>')) == [
        {
            "type": "rss",
            "text": 'R&D "weekly" <b>',
            "title": 'R&D "weekly" <b>',
            "xmlUrl": "https://feeds.example.com/feeds/all.rss",
            "htmlUrl": "https://example.com",
        }
    ]


def test_a_feed_without_rss_is_listed_with_what_it_has() -> None:
    feeds = a_feed("a", formats=(Format.JSON, Format.ATOM)), a_feed("b", formats=(Format.JSON,))

    assert [outline["xmlUrl"][-6:] for outline in outlines_of(*feeds)] == ["a.atom", "b.json"]


def test_the_head_names_the_site_and_no_moment() -> None:
    head = etree.fromstring(opml.render(a_site(title="A & B"), [])).find("head")

    assert head is not None
    assert [(child.tag, child.text) for child in head] == [("title", "A & B")]
