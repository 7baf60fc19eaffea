import json
from typing import Any

import jsonschema
import pytest

from builders import a_document, a_feed, a_post, a_site, a_term, an_entry
from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.post import Author, Picture
from feeds.syndication import jsonfeed
from golden_documents import DOCUMENTS, SITE, golden

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https?://[!-~]+$"}
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": TEXT, "url": URL},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
ATTACHMENTS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {
            "url": URL,
            "mime_type": TEXT,
            "title": TEXT,
            "size_in_bytes": {"type": "integer", "minimum": 1},
            "duration_in_seconds": {"type": "integer", "minimum": 1},
        },
        "required": ["url", "mime_type"],
        "additionalProperties": False,
    },
}
ITEM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "url": URL,
        "title": TEXT,
        "content_html": TEXT,
        "content_text": TEXT,
        "summary": TEXT,
        "image": URL,
        "date_published": DATE,
        "date_modified": DATE,
        "authors": AUTHORS,
        "tags": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
        "language": TEXT,
        "external_url": URL,
        "attachments": ATTACHMENTS,
        "_image": {"type": "object", "properties": {"alt": TEXT}, "required": ["alt"], "additionalProperties": False},
    },
    "required": ["id", "url", "title", "summary", "date_published", "date_modified"],
    "oneOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "additionalProperties": False,
}
FEED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": URL,
        "feed_url": URL,
        "description": TEXT,
        "icon": URL,
        "authors": AUTHORS,
        "language": TEXT,
        "items": {"type": "array", "items": ITEM},
    },
    "required": ["version", "title", "home_page_url", "feed_url", "items"],
    "additionalProperties": False,
}


def item_of(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = json.loads(jsonfeed.render(a_document(entry), a_site(language="en")))["items"][0]
    return item


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_byte_for_byte_the_golden_one(name: str) -> None:
    assert jsonfeed.render(DOCUMENTS[name], SITE) == golden(name, Format.JSON)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_the_document_is_what_json_feed_says_it_must_be(document: FeedDocument) -> None:
    jsonschema.validate(json.loads(jsonfeed.render(document, SITE)), FEED)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_reader_gets_every_entry_as_it_was_written(document: FeedDocument) -> None:
    items = json.loads(jsonfeed.render(document, SITE))["items"]

    assert [(item["id"], item["url"], item["title"], item["summary"]) for item in items] == [
        (entry.post.id, entry.post.url, entry.post.title, entry.summary) for entry in document.entries
    ]
    assert [item.get("content_html", "") for item in items] == [entry.html for entry in document.entries]


def test_members_stand_in_the_order_of_the_specification() -> None:
    assert list(json.loads(golden("magazine", Format.JSON))) == list(FEED["properties"])
    item = item_of(DOCUMENTS["magazine"].entries[0])
    assert [name for name in ITEM["properties"] if name in item] == list(item)


def test_text_is_written_as_itself_and_ends_with_a_newline() -> None:
    body = jsonfeed.render(a_document(feed=a_feed(title="Grün 🐘")), a_site())

    assert "Grün 🐘".encode() in body
    assert body.endswith(b"}\n")


def test_an_entry_without_a_body_has_its_summary_for_a_text() -> None:
    item = item_of(an_entry(html="", summary="AT&T <b>"))

    assert (item["content_text"], item["summary"]) == ("AT&T <b>", "AT&T <b>")
    assert "content_html" not in item


def test_what_nobody_said_is_not_there() -> None:
    assert list(item_of(an_entry())) == [
        "id", "url", "title", "content_html", "summary", "date_published", "date_modified"
    ]  # fmt: skip
    assert "authors" not in json.loads(jsonfeed.render(a_document(), a_site(author="")))


def test_what_an_author_said_is_there() -> None:
    item = item_of(
        an_entry(
            a_post(
                authors=(Author(name="Ada", url="https://example.com/ada"), Author(name="Grace")),
                categories=(a_term("TV"),),
                tags=(a_term("tv", "tag"), a_term("News", "tag")),
                picture=Picture(url="https://example.com/a.webp", media_type="image/webp"),
                language="fr",
            )
        )
    )

    assert item["authors"] == [{"name": "Ada", "url": "https://example.com/ada"}, {"name": "Grace"}]
    assert (item["tags"], item["image"], item["language"]) == (["TV", "News"], "https://example.com/a.webp", "fr")
