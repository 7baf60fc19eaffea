"""The rules of JSON Feed 1.1."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from feeds.syndication.rules import clauses, markup
from feeds.syndication.rules.fault import Fault, doubtful, faulty, in_entry, placed

_VERSION = "https://jsonfeed.org/version/1.1"
_FEED = frozenset(
    (
        *(
            "version",
            "title",
            "home_page_url",
            "feed_url",
            "description",
            "user_comment",
            "next_url",
            "icon",
            "favicon",
        ),
        *("author", "authors", "language", "expired", "hubs", "items"),
    )
)
_ITEM = frozenset(
    (
        *("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image"),
        *("date_published", "date_modified", "author", "authors", "tags", "language", "attachments"),
    )
)
_FEED_URLS = ("home_page_url", "icon", "favicon", "next_url")
_ITEM_URLS = ("url", "external_url", "image", "banner_image")
_FEED_TEXTS = ("title", "description", "user_comment", "language", *_FEED_URLS)
_ITEM_TEXTS = ("id", "url", "title", "content_html", "content_text", "summary", "image", "language")
_EXTENSION = re.compile(r"_[^.]+")


def problems(body: bytes, self_url: str) -> Iterator[Fault]:
    """Find what is wrong with a document; raise ``ValueError`` for what is not JSON in UTF-8."""
    feed = json.loads(body.decode())
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        yield faulty("document-root", "the document is not an object with a list of items")
        return
    metadata = {name: value for name, value in feed.items() if name != "items"}
    closely = not clauses.is_fit_json_throughout(body)
    if closely:
        yield from placed("the feed", clauses.unfit_characters(_strings(metadata)))
    yield from placed("the feed", _feed_problems(feed, metadata, self_url))
    items = [item for item in feed["items"] if isinstance(item, dict)]
    if len(items) < len(feed["items"]):
        yield faulty("document-root", "an item is not an object")
    yield from clauses.repeated_ids("id", (str(item["id"]) for item in items if "id" in item))
    for number, item in enumerate(items, 1):
        if closely:
            yield from in_entry(number, clauses.unfit_characters(_strings(item)))
        yield from in_entry(number, _item_problems(item))


def _feed_problems(feed: Mapping[str, Any], metadata: Mapping[str, Any], self_url: str) -> Iterator[Fault]:
    if feed.get("version") != _VERSION:
        yield faulty("document-root", "the version is not that of JSON Feed 1.1")
    if feed.get("feed_url") != self_url:
        yield faulty("document-self", f"feed_url is not {self_url}")
    yield from (
        faulty("document-missing", f"there is no {name}") for name in ("title", "home_page_url") if not feed.get(name)
    )
    yield from _common_problems(metadata, _FEED, _FEED_TEXTS, _FEED_URLS)
    if "next_url" in feed and feed["next_url"] == feed.get("feed_url"):
        yield faulty("document-next", "next_url leads to the document itself")
    if not isinstance(feed.get("expired", False), bool):
        yield faulty("document-type", "expired is neither true nor false")
    for hub in _listed(feed, "hubs"):
        if not isinstance(hub, dict) or not hub.get("type"):
            yield faulty("document-attribute", "a hub has no type")
        else:
            yield from clauses.bad_urls([str(hub.get("url", ""))])


def _item_problems(item: Mapping[str, Any]) -> Iterator[Fault]:
    if not item.get("id"):
        yield faulty("document-missing", "there is no id")
    else:
        yield from clauses.bad_guids([str(item["id"])])
    if not item.get("content_html") and not item.get("content_text"):
        yield faulty("document-missing", "there is neither content_html nor content_text")
    yield from _common_problems(item, _ITEM, _ITEM_TEXTS, _ITEM_URLS)
    yield from clauses.bad_rfc3339(str(item[name]) for name in ("date_published", "date_modified") if name in item)
    if any(not isinstance(tag, str) or not tag.strip() for tag in _listed(item, "tags")):
        yield faulty("document-type", "a tag is not a text")
    for attachment in _listed(item, "attachments"):
        yield from _attachment_problems(attachment)
    yield from markup.problems(str(item.get("content_html", "")))


def _common_problems(
    members: Mapping[str, Any], known: frozenset[str], texts: tuple[str, ...], urls: tuple[str, ...]
) -> Iterator[Fault]:
    """Find what may be wrong with feeds and items alike."""
    for name, value in members.items():
        if (not value and value is not False and value != 0) or (isinstance(value, str) and not value.strip()):
            yield doubtful("document-blank", f"{name} is empty")
        if name not in known and not _EXTENSION.fullmatch(name):
            yield doubtful("document-member", f"{name} is no member of JSON Feed, and no extension")
    yield from (
        faulty("document-type", f"{name} is not a string")
        for name in texts
        if not isinstance(members.get(name, ""), str)
    )
    yield from clauses.bad_urls(str(members[name]) for name in urls if name in members)
    yield from clauses.markup_in_texts([str(members.get("title", ""))])
    yield from clauses.bad_languages(str(members[name]) for name in ("language",) if members.get(name))
    for author in _listed(members, "authors"):
        if not isinstance(author, dict) or not author.get("name"):
            yield faulty("document-missing", "an author has no name")
        else:
            yield from clauses.bad_names([str(author["name"])])
            yield from clauses.bad_urls(str(author[name]) for name in ("url", "avatar") if name in author)


def _attachment_problems(attachment: Any) -> Iterator[Fault]:
    if not isinstance(attachment, dict):
        yield faulty("document-type", "an attachment is not an object")
        return
    yield from clauses.bad_urls([str(attachment.get("url", ""))])
    yield from clauses.bad_media_types([str(attachment.get("mime_type", ""))])
    for name in ("size_in_bytes", "duration_in_seconds"):
        if not isinstance(attachment.get(name, 0), int | float):
            yield faulty("document-type", f"{name} of an attachment is not a number")


def _listed(members: Mapping[str, Any], name: str) -> list[Any]:
    """Return the list ``name``; what is none stands for a list of it, to be refused as what it is."""
    value = members.get(name) or []
    return value if isinstance(value, list) else [value]


def _strings(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)
