"""Nouns for tests: complete, valid and dull, except where a test says otherwise."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from feeds.errors import StoreError
from feeds.model.alias import alias_key
from feeds.model.artefact import Artefact, Condition, Gone, Redirect
from feeds.model.feed import Entry, Feed, FeedDocument, Selection
from feeds.model.generation import Generation
from feeds.model.post import Post, Term
from feeds.model.site import Site


def day(number: int) -> datetime:
    """Return noon of the given day of January 2024 (day 32 is 1 February)."""
    return datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=number - 1)


def a_term(label: str, kind: str = "category") -> Term:
    return Term(kind=kind, slug=label.lower().replace(" ", "-"), label=label)


def a_post(name: str = "a-post", **changes: Any) -> Post:
    """Build a post whose path, id and URL follow from ``name`` and whose dates follow from ``published``."""
    published = changes.get("published", day(1))
    facts: dict[str, Any] = {
        "path": PurePosixPath(f"{name}.md"),
        "digest": sha256(name.encode()).hexdigest(),
        "id": f"tag:example.com,2024-01-01:{name}",
        "url": f"https://example.com/{name}",
        "title": "A post",
        "summary": "What the post is about.",
        "published": published,
        "updated": published,
        "visible_from": published,
    }
    return Post(**(facts | changes))


def an_entry(post: Post | None = None, **changes: Any) -> Entry:
    """Build the entry of ``post``: its summary and date, and a short body."""
    post = post or a_post()
    facts: dict[str, Any] = {
        "post": post,
        "html": "<p>Hello, reader.</p>",
        "summary": post.summary,
        "updated": post.updated,
    }
    return Entry(**(facts | changes))


def a_feed(name: str = "all", **changes: Any) -> Feed:
    facts: dict[str, Any] = {
        "name": name,
        "title": "The Example",
        "description": "Everything from The Example.",
        "selection": Selection(),
    }
    return Feed(**(facts | changes))


def a_document(*entries: Entry, **changes: Any) -> FeedDocument:
    """Build a document of ``entries``, in that order, as new as the newest of them."""
    facts: dict[str, Any] = {
        "feed": a_feed(),
        "entries": entries,
        "updated": max((entry.updated for entry in entries), default=day(1)),
    }
    return FeedDocument(**(facts | changes))


def a_site(**changes: Any) -> Site:
    facts: dict[str, Any] = {
        "title": "The Example",
        "url": "https://example.com",
        "public_url": "https://feeds.example.com",
        "description": "Notes from a small place.",
    }
    return Site(**(facts | changes))


def an_artefact(path: str = "/feeds/all.rss", body: bytes = b"<rss/>" * 100, **changes: Any) -> Artefact:
    """Build the artefact whose ETag follows from ``body`` and whose own URL follows from ``path``."""
    facts: dict[str, Any] = {
        "path": path,
        "media_type": "application/rss+xml; charset=utf-8",
        "body": body,
        "etag": sha256(body).hexdigest()[:20],
        "last_modified": day(1),
        "self_url": f"https://feeds.example.com{quote(path)}",
    }
    return Artefact(**(facts | changes))


class ShelfInMemory:
    """A shelf without a database: what is published is what `publish` was given last.

    ``asked`` lists the paths that were looked up; while ``broken``, every
    method raises StoreError.
    """

    def __init__(self, *published: Artefact | Redirect | Gone) -> None:
        self.asked: list[str] = []
        self.looks = 0
        self.broken = False
        self.standing: tuple[Condition, ...] = ()
        self._published: dict[str, Artefact | Redirect | Gone] = {}
        self._generation: Generation | None = None
        if published:
            self.publish(*published)

    def publish(self, *published: Artefact | Redirect | Gone, next_transition: datetime | None = None) -> None:
        number = self._generation.number + 1 if self._generation else 1
        self._published = {item.path: item for item in published}
        self._generation = Generation(number=number, next_transition=next_transition, refreshed=day(number))

    def generation(self) -> Generation | None:
        self.looks += 1
        self._check()
        return self._generation

    def find(self, path: str) -> Artefact | Redirect | Gone | None:
        self.asked.append(path)
        self._check()
        return self._published.get(path)

    def redirects_with_query(self) -> dict[str, Redirect]:
        self._check()
        redirects = [item for item in self._published.values() if isinstance(item, Redirect) and "?" in item.path]
        return {alias_key(redirect.path): redirect for redirect in redirects}

    def conditions(self) -> tuple[Condition, ...]:
        self._check()
        return self.standing

    def last_report(self) -> datetime | None:
        self._check()
        return self._generation.refreshed if self._generation else None

    def _check(self) -> None:
        if self.broken:
            raise StoreError("database is locked")
