"""The ledger: which post an id was given to, for ever.

An identity outlives its file, so that a post that returns, or moves, is the
same entry to every reader.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.store import rows
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import identities


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An id and the file that bears it, as that was last read; ``gone`` if the file is there no more."""

    id: str
    path: str
    digest: str
    body_digest: str
    first_seen: datetime
    gone: bool = False


def by_path(connection: Connection, paths: Iterable[str]) -> dict[str, Identity]:
    """Return the identities that files at those paths bear."""
    return {found.path: found for found in _matching(connection, identities.c.path, paths)}


def by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Identity]:
    """Return the identities of those ids."""
    return {found.id: found for found in _matching(connection, identities.c.id, ids)}


def orphans(connection: Connection, digests: Iterable[str], body_digests: Iterable[str]) -> list[Identity]:
    """Return the identities whose file is gone and had one of these digests or bodies, ordered by id."""
    if not connection.execute(select(identities.c.id).where(identities.c.gone.is_(True)).limit(1)).first():
        return []
    found = {identity.id: identity for identity in _gone(connection, identities.c.digest, digests)}
    bodies = (digest for digest in body_digests if digest)
    found |= {identity.id: identity for identity in _gone(connection, identities.c.body_digest, bodies)}
    return [found[id] for id in sorted(found)]


def let_go(connection: Connection, paths: Iterable[str]) -> None:
    """Remember that the files at ``paths`` are gone."""
    connection.execute(update(identities).where(among(identities.c.path, paths)).values(gone=True))


def save(connection: Connection, changed: Sequence[Identity]) -> None:
    """Write identities into the ledger, in place of what their ids said before."""
    entries = [
        {
            "id": identity.id,
            "path": identity.path,
            "digest": identity.digest,
            "body_digest": identity.body_digest,
            "first_seen": to_seconds(identity.first_seen),
            "gone": identity.gone,
        }
        for identity in changed
    ]
    statement = insert(identities)
    changes = {name: statement.excluded[name] for name in ("path", "digest", "body_digest", "first_seen", "gone")}
    rows.write(connection, statement.on_conflict_do_update(index_elements=["id"], set_=changes), entries)


def _gone(connection: Connection, column: ColumnElement[str], values: Iterable[str]) -> Iterator[Identity]:
    return _matching(connection, column, values, identities.c.gone.is_(True))


def _matching(
    connection: Connection, column: ColumnElement[str], values: Iterable[str], *conditions: ColumnElement[bool]
) -> Iterator[Identity]:
    statement = select(identities).where(among(column, values), *conditions).order_by(identities.c.id)
    return map(_to_identity, connection.execute(statement))


def _to_identity(row: Row[Any]) -> Identity:
    return Identity(
        id=row.id,
        path=row.path,
        digest=row.digest,
        body_digest=row.body_digest,
        first_seen=from_seconds(row.first_seen),
        gone=row.gone,
    )
