"""The rules of JSON Feed 1.1."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from feeds.syndication.rules import clauses, markup

_FEED_URLS = ("home_page_url", "icon", "favicon", "next_url")
_ITEM_URLS = ("url", "external_url", "image", "banner_image")
_TEXTS = ("id", "url", "title", "content_html", "content_text", "summary", "image", "language")


def problems(body: bytes, self_url: str) -> Iterator[str]:
    """Find what is wrong with a document; raise ``ValueError`` for what is not JSON in UTF-8."""
    feed = json.loads(body.decode())
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        yield "the document is not an object with a list of items"
        return
    yield from clauses.unfit_characters(_strings(feed))
    yield from clauses.placed("the feed", _feed_problems(feed, self_url))
    items = [item for item in feed["items"] if isinstance(item, dict)]
    if len(items) < len(feed["items"]):
        yield "an item is not an object"
    yield from clauses.repeated("id", (str(item["id"]) for item in items if "id" in item))
    for number, item in enumerate(items, 1):
        yield from clauses.placed(f"entry {number}", _item_problems(item))


def _feed_problems(feed: Mapping[str, Any], self_url: str) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "the version is not that of JSON Feed 1.1"
    if feed.get("feed_url") != self_url:
        yield f"feed_url is not {self_url}"
    if feed.get("next_url") == self_url:
        yield "next_url leads to the document itself"
    yield from (f"there is no {name}" for name in ("title", "home_page_url") if name not in feed)
    yield from _empty({name: value for name, value in feed.items() if name != "items"})
    yield from clauses.bad_urls(str(feed[name]) for name in _FEED_URLS if name in feed)
    yield from _bad_authors(feed)


def _item_problems(item: Mapping[str, Any]) -> Iterator[str]:
    if "id" not in item:
        yield "there is no id"
    if "content_html" not in item and "content_text" not in item:
        yield "there is neither content_html nor content_text"
    yield from _empty(item)
    yield from (f"{name} is not a string" for name in _TEXTS if not isinstance(item.get(name, ""), str))
    yield from clauses.bad_urls(str(item[name]) for name in _ITEM_URLS if name in item)
    yield from clauses.bad_rfc3339(str(item[name]) for name in ("date_published", "date_modified") if name in item)
    yield from _bad_authors(item)
    yield from markup.problems(str(item.get("content_html", "")))


def _bad_authors(members: Mapping[str, Any]) -> Iterator[str]:
    authors = members.get("authors", [])
    for author in authors if isinstance(authors, list) else [authors]:
        if not isinstance(author, dict) or not author.get("name"):
            yield "an author has no name"
        elif "url" in author:
            yield from clauses.bad_urls([str(author["url"])])


def _empty(members: Mapping[str, Any]) -> Iterator[str]:
    for name, value in members.items():
        if not value or (isinstance(value, str) and not value.strip()):
            yield f"{name} is empty"


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
