"""The posts of a feed as archives need to know them, from the oldest up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from feeds.model.archive import Brief, Position
from feeds.model.feed import Selection
from feeds.store.instants import from_seconds
from feeds.store.posts import not_above, not_below, selected
from feeds.store.schema import posts, sources
from feeds.store.sources import Role

#: How many rows are in memory at a time.
_AT_ONCE = 1000

_COLUMNS = (
    posts.c.id,
    posts.c.digest,
    posts.c.url,
    posts.c.title,
    posts.c.published,
    posts.c.updated,
    posts.c.visible_until,
    posts.c.language,
    posts.c.details,
    sources.c.size,
    sources.c.role,
)


def briefs(
    connection: Connection,
    selection: Selection,
    *,
    now: datetime,
    first: Position | None = None,
    last: Position | None = None,
) -> Iterator[Brief]:
    """Yield the posts of ``selection`` visible at ``now``, oldest first; from ``first``, to ``last``, if given."""
    with_size = select(*_COLUMNS).select_from(posts.outerjoin(sources, sources.c.path == posts.c.path))
    statement, published = selected(with_size, selection, now=now)
    if first:
        statement = statement.where(not_below(first, published))
    if last:
        statement = statement.where(not_above(last, published))
    statement = statement.order_by(published, posts.c.id).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(statement):
        yield _to_brief(row)


def _to_brief(row: Row[Any]) -> Brief:
    # A file that cannot be read any more may show less of its post than before.
    waiting = "waiting" if row.role == Role.WAITING.value else ""
    facts = (row.id, row.digest, row.url, row.title, row.published, row.updated, row.language, row.details, waiting)
    return Brief(
        position=Position(from_seconds(row.published), row.id),
        facts="\n".join(map(str, facts)).encode(),
        size=row.size or 0,
        expires=None if row.visible_until is None else from_seconds(row.visible_until),
    )
