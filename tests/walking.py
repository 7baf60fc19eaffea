"""Walking a feed from its subscription document to its first post, as a reader with an archive does."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote, urlsplit

import feedparser
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feeds.model.feed import Format
from feeds.services.archive_shelf import ArchiveShelf
from feeds.services.archives import MadeOnDemand
from feeds.services.serve import Serve
from feeds.web.app import create_app
from workbench import NOON, Workbench


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a reader finds in one document: addresses, and the ids of the entries."""

    url: str
    ids: tuple[str, ...]
    own: str
    older: str
    newer: str = ""
    current: str = ""
    is_archive: bool = False
    is_complete: bool = False


def page(url: str, body: bytes, format: Format) -> Page:
    if format is Format.JSON:
        feed = json.loads(body)
        ids = tuple(item["id"] for item in feed["items"])
        return Page(url=url, ids=ids, own=feed["feed_url"], older=feed.get("next_url", ""))
    parsed = feedparser.parse(body)
    assert not parsed.bozo, parsed.get("bozo_exception")
    links = {link["rel"]: link["href"] for link in parsed.feed.links}
    return Page(
        url=url,
        ids=tuple(entry.id for entry in parsed.entries),
        own=links["self"],
        older=links.get("prev-archive", ""),
        newer=links.get("next-archive", ""),
        current=links.get("current", ""),
        is_archive="fh_archive" in parsed.feed,
        is_complete="fh_complete" in parsed.feed,
    )


def walk(get: Callable[[str], bytes], start: str, format: Format) -> list[Page]:
    """Follow the links to older documents from the path ``start``; ``get`` answers a path with a body."""
    pages: list[Page] = []
    url = start
    while url:
        assert len(pages) < 2_000, "the walk does not end"
        pages.append(page(url, get(unquote(urlsplit(url).path)), format))
        url = pages[-1].older
    return pages


class Reader:
    """A reader of what a workbench published, over a web worker of its own, with a clock that tests set."""

    def __init__(self, bench: Workbench, now: datetime = NOON, *, room: int = 1 << 24) -> None:
        self.now = now
        shelf = ArchiveShelf(bench.shelf(), lambda: MadeOnDemand(bench.database, room=room, clock=lambda: self.now))
        serve = Serve(shelf, memory_bytes=0, clock=lambda: self.now, monotonic=time.monotonic)
        self.client: FlaskClient = create_app(serve).test_client()

    def get(self, path: str) -> bytes:
        """Return the body at a path, wherever it is now."""
        body: bytes = self.answer(path).data
        return body

    def answer(self, path: str) -> TestResponse:
        """Return the answer at a path, following redirects as readers do."""
        answer = self.client.get(quote(path))
        if answer.status_code == 302:
            answer = self.client.get(urlsplit(answer.headers["Location"]).path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return answer

    def walk(self, name: str = "all", format: Format = Format.ATOM) -> list[Page]:
        return walk(self.get, f"/feeds/{name}.{format}", format)

    def ids(self, name: str = "all", format: Format = Format.ATOM) -> list[str]:
        return [id for page in self.walk(name, format) for id in page.ids]

    def closed(self, name: str = "all", format: Format = Format.ATOM) -> dict[str, bytes]:
        """Return the paths and bytes of the closed archive documents, the oldest last."""
        owns = [unquote(urlsplit(page.own).path) for page in self.walk(name, format)]
        return {path: self.get(path) for path in owns if "-" in path.rpartition("/")[2]}
