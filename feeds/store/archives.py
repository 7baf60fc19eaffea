"""The archives of feeds: which posts are in which archive document, and what the documents are made by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from feeds.model.archive import Position, Window
from feeds.model.feed import Feed
from feeds.model.site import Site
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import archive_documents, archived_feeds, archives, premises


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFeed:
    """A feed as it was when its windows were laid out; ``presentation`` digests how documents show them."""

    feed: Feed
    presentation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """What documents are made by wherever that is: the site, the root of its content, its conventions, as JSON."""

    site: Site
    content: str
    generator: str
    customs: str = ""


#: A window is as it was if those above it, whose posts it might have taken, begin with posts that are as they were.
_BEYOND = 2

_FEED = TypeAdapter(Feed)
_PREMISES = TypeAdapter(Premises)


def windows(connection: Connection, feed: str) -> list[Window]:
    """Return the windows of a feed, the oldest first."""
    rows = connection.execute(select(archives).where(archives.c.feed == feed).order_by(archives.c.number))
    return [_to_window(row) for row in rows]


def newest(connection: Connection, feed: str, *, since: datetime, top: Position) -> list[Window]:
    """Return the newest windows of a feed, the oldest of them first; the documents of the others stay as they are.

    They are those that posts of ``since`` or later, or a subscription document
    that ends with the post at ``top``, can have to do with, and two beyond.
    """
    rows = connection.execute(
        select(archives)
        .where(archives.c.feed == feed)
        .order_by(archives.c.number.desc())
        .execution_options(yield_per=50)
    )
    found: list[Window] = []
    beyond = 0
    for window in map(_to_window, rows):
        found.append(window)
        beyond += window.closed and window.last < top and window.last.published < since
        if beyond == _BEYOND:
            break
    rows.close()
    return found[::-1]


def around(connection: Connection, feed: str, number: int) -> dict[int, Window]:
    """Return the window of that number and its neighbours, as far as they exist, by their numbers."""
    near = archives.c.number.between(number - 1, number + 1)
    rows = connection.execute(select(archives).where(archives.c.feed == feed, near))
    return {row.number: _to_window(row) for row in rows}


def replace(connection: Connection, archived: ArchivedFeed, kept: int, laid: Sequence[Window]) -> None:
    """Make ``laid`` the windows of a feed above number ``kept``, and drop the documents made of those that differ."""
    name = archived.feed.name
    connection.execute(delete(archives).where(archives.c.feed == name, archives.c.number > kept))
    if laid:
        connection.execute(insert(archives), [_to_row(name, window) for window in laid])
    connection.execute(
        delete(archive_documents).where(archive_documents.c.feed == name, archive_documents.c.number > kept)
    )
    row = {"name": name, "feed": _FEED.dump_json(archived.feed).decode(), "presentation": archived.presentation}
    connection.execute(upsert(archived_feeds).on_conflict_do_update(index_elements=["name"], set_=row), row)


def forget(connection: Connection, feeds: Iterable[str]) -> None:
    """Let feeds have no archives any more."""
    for name in feeds:
        connection.execute(delete(archives).where(archives.c.feed == name))
        connection.execute(delete(archive_documents).where(archive_documents.c.feed == name))
        connection.execute(delete(archived_feeds).where(archived_feeds.c.name == name))


def archived(connection: Connection, feed: str) -> ArchivedFeed | None:
    """Return a feed as it was when its windows were laid out; None if it has no archives."""
    row = connection.execute(select(archived_feeds).where(archived_feeds.c.name == feed)).first()
    return _to_archived(row) if row else None


def all_archived(connection: Connection) -> Iterator[ArchivedFeed]:
    """Yield every feed that has archives, in the order of the names."""
    yield from map(_to_archived, connection.execute(select(archived_feeds).order_by(archived_feeds.c.name)))


def archived_names(connection: Connection) -> set[str]:
    """Return the names of the feeds that have archives."""
    return set(connection.execute(select(archived_feeds.c.name)).scalars())


def set_premises(connection: Connection, wanted: Premises, composing: str) -> None:
    """Remember what documents are made by, and what stands for how their entries are written."""
    row: dict[str, Any] = {"only": 1, "premises": _PREMISES.dump_json(wanted).decode(), "composing": composing}
    connection.execute(upsert(premises).on_conflict_do_update(index_elements=["only"], set_=row), row)


def get_premises(connection: Connection) -> tuple[Premises, str] | None:
    """Return what `set_premises` was given last."""
    row = connection.execute(select(premises)).first()
    return (_PREMISES.validate_json(row.premises), row.composing) if row else None


def _to_archived(row: Row[Any]) -> ArchivedFeed:
    return ArchivedFeed(feed=_FEED.validate_json(row.feed), presentation=row.presentation)


def _to_row(feed: str, window: Window) -> dict[str, Any]:
    return {
        "feed": feed,
        "number": window.number,
        "first_published": to_seconds(window.first.published),
        "first_id": window.first.id,
        "last_published": to_seconds(window.last.published),
        "last_id": window.last.id,
        "posts": window.posts,
        "revision": window.revision,
        "expires": None if window.expires is None else to_seconds(window.expires),
        "modified": to_seconds(window.modified),
        "closed": window.closed,
    }


def _to_window(row: Row[Any]) -> Window:
    return Window(
        number=row.number,
        first=Position(from_seconds(row.first_published), row.first_id),
        last=Position(from_seconds(row.last_published), row.last_id),
        posts=row.posts,
        revision=row.revision,
        expires=None if row.expires is None else from_seconds(row.expires),
        modified=from_seconds(row.modified),
        closed=row.closed,
    )
