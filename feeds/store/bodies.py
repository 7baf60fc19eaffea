"""Rendered bodies, so that the same text is never rendered and sanitized twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, select, text
from sqlalchemy.dialects.sqlite import insert

from feeds.store.among import among
from feeds.store.schema import bodies, posts


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBody:
    """Safe HTML and its beginning as plain text.

    ``key`` covers all it was made from; ``digest`` is that of the file at ``path``.
    """

    key: str
    path: str
    digest: str
    html: str
    excerpt: str


def known(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those of ``keys`` whose bodies are kept."""
    return set(connection.execute(select(bodies.c.key).where(among(bodies.c.key, keys))).scalars())


def find(connection: Connection, keys: Iterable[str]) -> dict[str, StoredBody]:
    """Return the kept bodies of ``keys``."""
    return {
        row.key: StoredBody(key=row.key, path=row.path, digest=row.digest, html=row.html, excerpt=row.excerpt)
        for row in connection.execute(select(bodies).where(among(bodies.c.key, keys)))
    }


def last_good(connection: Connection, paths: Iterable[str]) -> dict[str, StoredBody]:
    """Return the latest kept body of each of those files, whatever they held then, by path."""
    return {
        row.path: StoredBody(key=row.key, path=row.path, digest=row.digest, html=row.html, excerpt=row.excerpt)
        for row in connection.execute(select(bodies).where(among(bodies.c.path, paths)).order_by(text("rowid")))
    }


def save(connection: Connection, made: Iterable[StoredBody]) -> None:
    """Keep bodies."""
    rows = [{"key": b.key, "path": b.path, "digest": b.digest, "html": b.html, "excerpt": b.excerpt} for b in made]
    if rows:
        connection.execute(insert(bodies).on_conflict_do_nothing(), rows)


def sweep(connection: Connection) -> None:
    """Drop the bodies of posts that are gone, and those that a newer one of the same file has replaced."""
    newer = bodies.alias()
    post = exists().where(posts.c.path == bodies.c.path)
    is_current = exists().where(posts.c.path == bodies.c.path, posts.c.digest == bodies.c.digest)
    is_replaced = exists().where(
        newer.c.path == bodies.c.path, posts.c.path == newer.c.path, posts.c.digest == newer.c.digest
    )
    connection.execute(delete(bodies).where(~post | (~is_current & is_replaced)))
