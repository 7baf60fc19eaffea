"""What has ended: paths of documents that are no more, and feeds that are retired."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import past_paths, retirements


def remember(connection: Connection, paths: Iterable[str]) -> None:
    """Remember that documents were at ``paths``, and are no more."""
    rows = [{"path": path} for path in sorted(set(paths))]
    if rows:
        connection.execute(insert(past_paths).on_conflict_do_nothing(), rows)


def past(connection: Connection) -> list[str]:
    """Return every path at which a document was, and was taken away, in order."""
    return list(connection.execute(select(past_paths.c.path).order_by(past_paths.c.path)).scalars())


def is_past(connection: Connection, path: str) -> bool:
    """Tell whether a document was at ``path``."""
    return connection.execute(select(past_paths.c.path).where(past_paths.c.path == path)).first() is not None


def retired_since(connection: Connection) -> dict[str, datetime]:
    """Return since when feeds are retired, by their name."""
    return {row.feed: from_seconds(row.since) for row in connection.execute(select(retirements))}


def replace_retired(connection: Connection, since: Mapping[str, datetime]) -> None:
    """Make these the retired feeds that are remembered."""
    connection.execute(delete(retirements))
    rows = [{"feed": name, "since": to_seconds(since[name])} for name in sorted(since)]
    if rows:
        connection.execute(insert(retirements), rows)
