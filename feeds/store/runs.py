"""The generation that readers see, what is stale, what is degraded, and the last runs."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from feeds.model.artefact import Condition
from feeds.model.report import Report
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import conditions, generations, runs, stale_feeds

#: In place of a feed's name: every feed is stale.
EVERY_FEED = "*"

_RUNS_KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far refreshes have come.

    ``as_of`` is the instant whose visible posts the documents show;
    ``interpretation`` and ``presentation`` digest the settings that posts and
    documents were made with.
    """

    number: int
    as_of: datetime
    refreshed: datetime
    next_transition: datetime | None
    interpretation: str
    presentation: str


def standing(connection: Connection) -> Standing | None:
    """Return how far refreshes have come; None before the first."""
    row = connection.execute(select(generations)).first()
    if row is None:
        return None
    return Standing(
        number=row.number,
        as_of=from_seconds(row.as_of),
        refreshed=from_seconds(row.refreshed),
        next_transition=None if row.next_transition is None else from_seconds(row.next_transition),
        interpretation=row.interpretation,
        presentation=row.presentation,
    )


def advance(connection: Connection, to: Standing) -> None:
    """Remember how far refreshes have come."""
    row: dict[str, Any] = {
        "only": 1,
        "number": to.number,
        "as_of": to_seconds(to.as_of),
        "refreshed": to_seconds(to.refreshed),
        "next_transition": to_seconds(to.next_transition) if to.next_transition else None,
        "interpretation": to.interpretation,
        "presentation": to.presentation,
    }
    connection.execute(upsert(generations).on_conflict_do_update(index_elements=["only"], set_=row), row)


def outdate(connection: Connection) -> None:
    """Forget what posts and documents were made with: everything is read and made again."""
    connection.execute(update(generations).values(interpretation="", presentation=""))


def mark_stale(connection: Connection, names: Iterable[str], since: datetime | None = None) -> None:
    """Remember that these feeds' documents no longer show what the catalogue holds.

    No post published before ``since`` has changed; without it, any may have.
    """
    seconds = None if since is None else to_seconds(since)
    rows = [{"name": name, "since": seconds} for name in sorted(set(names))]
    if rows:
        statement = upsert(stale_feeds)
        # The least of an instant and NULL is NULL: what may be anything stays so.
        oldest = func.min(stale_feeds.c.since, statement.excluded.since)
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"since": oldest}), rows)


def stale(connection: Connection) -> dict[str, datetime | None]:
    """Return the names of stale feeds, perhaps `EVERY_FEED`, and since when posts of theirs may have changed."""
    rows = connection.execute(select(stale_feeds))
    return {row.name: None if row.since is None else from_seconds(row.since) for row in rows}


def clear_stale(connection: Connection, but: Iterable[str] = ()) -> None:
    """Remember that every feed is up to date, but for some that could not be brought there."""
    left = sorted(set(but))
    known = stale(connection)
    connection.execute(delete(stale_feeds))
    for name in left:
        mark_stale(connection, [name], known.get(name))


def standing_conditions(connection: Connection) -> tuple[Condition, ...]:
    """Return what keeps the service degraded now, in the order of the codes."""
    rows = connection.execute(select(conditions).order_by(conditions.c.code))
    return tuple(Condition(code=row.code, message=row.message, since=from_seconds(row.since)) for row in rows)


def raise_condition(connection: Connection, condition: Condition) -> None:
    """Say that something degrades the service; one that stands already keeps its ``since``."""
    row = {"code": condition.code, "message": condition.message, "since": to_seconds(condition.since)}
    statement = upsert(conditions)
    message = {"message": statement.excluded.message}
    connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=message), row)


def clear_conditions(connection: Connection, codes: Iterable[str]) -> None:
    """Say that these no longer hold."""
    connection.execute(delete(conditions).where(conditions.c.code.in_(sorted(codes))))


def record(connection: Connection, report: Report) -> None:
    """Keep the report of a refresh, and of the last hundred only."""
    text = json.dumps(asdict(report), default=str)
    row = {"started": to_seconds(report.started), "report": text}
    number = connection.execute(insert(runs).returning(runs.c.number), row).scalar_one()
    connection.execute(delete(runs).where(runs.c.number <= number - _RUNS_KEPT))
