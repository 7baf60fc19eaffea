"""The ledger: which post an id was given to, for ever.

An identity outlives its file, so that a post that returns, or moves, is the
same entry to every reader.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.store import rows
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import identities

_COLUMNS = tuple(column.name for column in identities.c)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An id and the file that bears it, as that was last read; ``gone`` if the file is there no more.

    ``link`` is the path and query of the post's page, "" once another file has
    taken the place of this one; ``path`` is "" once the post has another id.
    ``authored`` ids stand in the file itself.  ``meaning``, ``stated`` and
    ``updated`` are those of the edition that readers know
    (`feeds.content.edition`); they can know it from ``shown_from`` on, None for
    a post that was always hidden.
    """

    id: str
    path: str
    digest: str
    body_digest: str
    first_seen: datetime
    gone: bool = False
    link: str = ""
    authored: bool = False
    published: datetime | None = None
    meaning: str = ""
    stated: datetime | None = None
    updated: datetime | None = None
    shown_from: datetime | None = None


def by_path(connection: Connection, paths: Iterable[str]) -> dict[str, Identity]:
    """Return the identities of the files at those paths: that of a file that is there, else of one that was."""
    found = sorted(_matching(connection, identities.c.path, paths), key=lambda it: (it.gone, not it.link, it.id))
    return {identity.path: identity for identity in reversed(found)}


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


def everyone(connection: Connection) -> Iterator[Identity]:
    """Yield all identities, in the order of path and id."""
    return map(_to_identity, connection.execute(select(identities).order_by(identities.c.path, identities.c.id)))


def total(connection: Connection) -> int:
    """Return how many ids were ever given."""
    return int(connection.execute(select(func.count()).select_from(identities)).scalar_one())


def taken_among(connection: Connection, moments: Iterable[datetime]) -> set[datetime]:
    """Return which of ``moments`` are when an entry was updated."""
    return _updates(connection, among(identities.c.updated, map(to_seconds, moments)))


def taken_between(connection: Connection, first: datetime, last: datetime) -> set[datetime]:
    """Return the seconds from ``first`` to ``last`` at which an entry was updated."""
    return _updates(connection, identities.c.updated.between(to_seconds(first), to_seconds(last)))


def _updates(connection: Connection, condition: ColumnElement[bool]) -> set[datetime]:
    seconds = connection.execute(select(identities.c.updated).where(condition)).scalars()
    return {from_seconds(second) for second in seconds}


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
    statement = insert(identities)
    changes = {name: statement.excluded[name] for name in _COLUMNS if name != "id"}
    entries = [_to_row(identity) for identity in changed]
    rows.write(connection, statement.on_conflict_do_update(index_elements=["id"], set_=changes), entries)


def _matching(
    connection: Connection, column: ColumnElement[str], values: Iterable[str], *conditions: ColumnElement[bool]
) -> Iterator[Identity]:
    return map(_to_identity, connection.execute(select(identities).where(among(column, values), *conditions)))


def _to_row(identity: Identity) -> dict[str, Any]:
    return {
        "id": identity.id,
        "path": identity.path,
        "digest": identity.digest,
        "body_digest": identity.body_digest,
        "first_seen": to_seconds(identity.first_seen),
        "gone": identity.gone,
        "link": identity.link,
        "authored": identity.authored,
        "published": _seconds(identity.published),
        "meaning": identity.meaning,
        "stated": _seconds(identity.stated),
        "updated": _seconds(identity.updated),
        "shown_from": _seconds(identity.shown_from),
    }


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


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else to_seconds(instant)


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
