"""Feeds of several terms that someone asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import artefacts, combinations


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A combination by the name of its feed: the name of its definition, its expression, when it was last asked for."""

    name: str
    pattern: str
    expression: str
    asked: datetime


def all_held(connection: Connection) -> list[Held]:
    """Return every combination that is held, in the order of their names."""
    rows = connection.execute(select(combinations).order_by(combinations.c.name))
    return [
        Held(name=row.name, pattern=row.pattern, expression=row.expression, asked=from_seconds(row.asked))
        for row in rows
    ]


def hold(connection: Connection, held: Held, *, most: int) -> None:
    """Hold a combination; the documents of those asked for least recently go, so that there are at most ``most``."""
    row = {
        "name": held.name,
        "pattern": held.pattern,
        "expression": held.expression,
        "asked": to_seconds(held.asked),
    }
    statement = insert(combinations)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=row), row)
    by_use = select(combinations.c.name).order_by(combinations.c.asked.desc(), combinations.c.name)
    others = [name for name in connection.execute(by_use).scalars() if name != held.name]
    drop(connection, others[most - 1 :])


def drop(connection: Connection, names: Iterable[str]) -> None:
    """Hold these no more, and take their documents away."""
    connection.execute(delete(artefacts).where(among(artefacts.c.feed, names)))
    connection.execute(delete(combinations).where(among(combinations.c.name, names)))


def note_asked(connection: Connection, name: str, now: datetime) -> None:
    """Remember that a combination was asked for."""
    connection.execute(update(combinations).where(combinations.c.name == name).values(asked=to_seconds(now)))
