"""The ledger: which post an id was given to, for ever.

An identity outlives its file, so that a post that returns, or moves, is the
same entry to every reader.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.store import rows
from feeds.store.among import among
from feeds.store.instants import from_seconds
from feeds.store.records import Identity as Identity
from feeds.store.records import Values, identity_row
from feeds.store.schema import identities

_COLUMNS = tuple(column.name for column in identities.c)


def by_path(connection: Connection, paths: Iterable[str]) -> dict[str, Identity]:
    """Return the identities of the files at those paths: that of a file that is there, else of one that was."""
    found = sorted(_matching(connection, identities.c.path, paths), key=lambda it: (it.gone, not it.link, it.id))
    return {identity.path: identity for identity in reversed(found)}


def first_seen(connection: Connection, paths: Iterable[str]) -> dict[str, int]:
    """Return the seconds at which the posts of `by_path` were first seen."""
    columns = (identities.c.path, identities.c.first_seen)
    statement = select(*columns).where(among(identities.c.path, paths))
    # The same order, and the first is the last to be put.
    order = (identities.c.gone.desc(), identities.c.link != "", identities.c.id.desc())
    return dict(connection.execute(statement.order_by(*order)).all())


def by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Identity]:
    """Return the identities of those ids."""
    return {found.id: found for found in _matching(connection, identities.c.id, ids)}


def by_digest(connection: Connection, digests: Iterable[str]) -> list[Identity]:
    """Return the identities whose file, there or gone, has one of these digests, ordered by path and id."""
    found = _matching(connection, identities.c.digest, digests)
    return sorted(found, key=lambda identity: (identity.path, identity.id))


def gone_by_body(connection: Connection, body_digests: Iterable[str]) -> list[Identity]:
    """Return the identities whose file is gone and had one of these bodies, ordered by path and id."""
    if not connection.execute(select(identities.c.id).where(identities.c.gone.is_(True)).limit(1)).first():
        return []
    found = _matching(connection, identities.c.body_digest, body_digests, identities.c.gone.is_(True))
    return sorted(found, key=lambda identity: (identity.path, identity.id))


def knows(
    connection: Connection, *, ids: Iterable[str], paths: Iterable[str], digests: Iterable[str], bodies: Iterable[str]
) -> bool:
    """Tell whether the ledger has any of these, the ``bodies`` only of files that are gone."""
    if not connection.execute(select(identities.c.id).limit(1)).first():
        return False
    asked = (
        among(identities.c.id, ids),
        among(identities.c.path, paths),
        among(identities.c.digest, digests),
        and_(among(identities.c.body_digest, bodies), identities.c.gone.is_(True)),
    )
    return any(connection.execute(select(identities.c.id).where(each).limit(1)).first() for each in asked)


def everyone(connection: Connection) -> Iterator[Identity]:
    """Yield all identities, in the order of path and id."""
    return map(_to_identity, connection.execute(select(identities).order_by(identities.c.path, identities.c.id)))


def total(connection: Connection) -> int:
    """Return how many ids were ever given."""
    return int(connection.execute(select(func.count()).select_from(identities)).scalar_one())


def taken_among(connection: Connection, seconds: Iterable[int]) -> set[int]:
    """Return which of ``seconds``, counted since 1970, are when an entry was updated."""
    return _updates(connection, among(identities.c.updated, seconds))


def taken_between(connection: Connection, first: int, last: int) -> set[int]:
    """Return the seconds from ``first`` to ``last`` at which an entry was updated."""
    return _updates(connection, identities.c.updated.between(first, last))


def _updates(connection: Connection, condition: ColumnElement[bool]) -> set[int]:
    return set(connection.execute(select(identities.c.updated).where(condition)).scalars())


def let_go(connection: Connection, paths: Iterable[str]) -> None:
    """Remember that the files at ``paths`` are gone."""
    connection.execute(update(identities).where(among(identities.c.path, paths)).values(gone=True))


def displace(connection: Connection, ids: Iterable[str]) -> None:
    """Remember that the files that bore ``ids`` are gone, and that others have taken their place."""
    connection.execute(update(identities).where(among(identities.c.id, ids)).values(gone=True, link=""))


def retire(connection: Connection, ids: Iterable[str]) -> None:
    """Remember that the posts that bore ``ids`` bear others now: no file is known by these again."""
    nothing = {"gone": True, "path": "", "link": "", "digest": "", "body_digest": ""}
    connection.execute(update(identities).where(among(identities.c.id, ids)).values(nothing))


def save(connection: Connection, changed: Sequence[Identity]) -> None:
    """Write identities into the ledger, in place of what their ids said before."""
    insert_rows(connection, [identity_row(identity) for identity in changed])


def insert_rows(connection: Connection, entries: Sequence[Values]) -> None:
    """Write rows of the table into it, in place of what their ids said before."""
    statement = insert(identities)
    changes = {name: statement.excluded[name] for name in _COLUMNS if name != "id"}
    rows.write_tuples(connection, statement.on_conflict_do_update(index_elements=["id"], set_=changes), entries)


def _matching(
    connection: Connection, column: ColumnElement[str], values: Iterable[str], *conditions: ColumnElement[bool]
) -> Iterator[Identity]:
    return map(_to_identity, connection.execute(select(identities).where(among(column, values), *conditions)))


def _to_identity(row: Row[Any]) -> Identity:
    return Identity(
        id=row.id,
        path=row.path,
        digest=row.digest,
        body_digest=row.body_digest,
        first_seen=from_seconds(row.first_seen),
        gone=row.gone,
        link=row.link,
        authored=row.authored,
        published=_instant(row.published),
        meaning=row.meaning,
        stated=_instant(row.stated),
        updated=_instant(row.updated),
        shown_from=_instant(row.shown_from),
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
