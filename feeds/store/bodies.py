"""Rendered bodies, so that the same text is never rendered and sanitized twice."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, select, text
from sqlalchemy.dialects.sqlite import insert

from feeds.store.among import among
from feeds.store.schema import bodies, posts


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBody:
    """Safe HTML and its beginning as plain text.

    ``key`` covers all it was made from; ``digest`` is that of the file at ``path``.
    ``markdown`` is the body as it was written, None where nobody asked for it.
    """

    key: str
    path: str
    digest: str
    html: str
    excerpt: str
    markdown: str | None = None


def known(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those of ``keys`` whose bodies are kept."""
    return set(connection.execute(select(bodies.c.key).where(among(bodies.c.key, keys))).scalars())


def with_markdown(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those of ``keys`` whose bodies are kept as they were written, too."""
    statement = select(bodies.c.key).where(among(bodies.c.key, keys), bodies.c.markdown.is_not(None))
    return set(connection.execute(statement).scalars())


def find(connection: Connection, keys: Iterable[str]) -> dict[str, StoredBody]:
    """Return the kept bodies of ``keys``."""
    return {row.key: _to_body(row) for row in connection.execute(select(bodies).where(among(bodies.c.key, keys)))}


def last_good(connection: Connection, paths: Iterable[str]) -> dict[str, StoredBody]:
    """Return the latest kept body of each of those files, whatever they held then, by path."""
    return {
        row.path: _to_body(row)
        for row in connection.execute(select(bodies).where(among(bodies.c.path, paths)).order_by(text("rowid")))
    }


def save(connection: Connection, made: Iterable[StoredBody]) -> None:
    """Keep bodies; of one that is kept already, what it has no Markdown of gets it."""
    rows = [asdict(body) for body in made]
    if rows:
        statement = insert(bodies)
        kept = {"markdown": func.coalesce(statement.excluded.markdown, bodies.c.markdown)}
        connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=kept), rows)


def sweep(connection: Connection, paths: Iterable[str] | None = None) -> None:
    """Drop the bodies of posts that are gone, and those that a newer one of the same file has replaced.

    Only those of the files at ``paths`` are looked at, if they are given.
    """
    newer = bodies.alias()
    post = exists().where(posts.c.path == bodies.c.path)
    is_current = exists().where(posts.c.path == bodies.c.path, posts.c.digest == bodies.c.digest)
    is_replaced = exists().where(
        newer.c.path == bodies.c.path, posts.c.path == newer.c.path, posts.c.digest == newer.c.digest
    )
    statement = delete(bodies).where(~post | (~is_current & is_replaced))
    connection.execute(statement if paths is None else statement.where(among(bodies.c.path, paths)))


def _to_body(row: Row[Any]) -> StoredBody:
    return StoredBody(
        key=row.key, path=row.path, digest=row.digest, html=row.html, excerpt=row.excerpt, markdown=row.markdown
    )
