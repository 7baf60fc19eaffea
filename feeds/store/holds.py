"""The feeds that are kept at their last good version until somebody releases them."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.model.announcement import Hold
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import holds


def all_holds(connection: Connection) -> dict[str, Hold]:
    """Return every hold by the name of its feed, in the order of the names."""
    return {
        row.feed: Hold(feed=row.feed, since=from_seconds(row.since), entries=row.entries, released=row.released)
        for row in connection.execute(select(holds).order_by(holds.c.feed))
    }


def standing(connection: Connection, feed: str) -> Hold | None:
    """Return the hold of a feed that nobody has released."""
    found = all_holds(connection).get(feed)
    return found if found and not found.released else None


def put(connection: Connection, held: Iterable[Hold]) -> None:
    """Hold feeds; one that is held already keeps its ``since``."""
    statement = insert(holds)
    changes = {"entries": statement.excluded.entries}
    for hold in held:
        row = {"feed": hold.feed, "since": to_seconds(hold.since), "entries": hold.entries, "released": False}
        connection.execute(statement.on_conflict_do_update(index_elements=["feed"], set_=changes), row)


def lift(connection: Connection, feeds: Iterable[str]) -> None:
    """End the holds of feeds that are up to date again, or gone."""
    connection.execute(delete(holds).where(among(holds.c.feed, feeds)))


def release(connection: Connection, feeds: Iterable[str]) -> None:
    """Let the next refresh publish held feeds whatever they announce."""
    connection.execute(update(holds).where(among(holds.c.feed, feeds)).values(released=True))
