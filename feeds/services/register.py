"""The ledger as a document: to look at, to keep, to take to another machine."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from feeds.errors import ForeignFeedError
from feeds.services.adopt import Adoption, Outcome, Plan, refusals
from feeds.store import identities, posts
from feeds.store.database import Database
from feeds.store.identities import Identity

#: What the document says of its form.
VERSION = "feeds-ids-1"

_TEXTS = ("id", "path", "digest", "body_digest", "link", "meaning")
_FLAGS = ("gone", "authored")
_MOMENTS = ("first_seen", "published", "stated", "updated", "shown_from")


def register(database: Database) -> list[Identity]:
    """Return every id that was ever given, in the order of paths."""
    with database.reading() as connection:
        return list(identities.everyone(connection))


def to_plain(identity: Identity) -> dict[str, Any]:
    """Return an identity as plain values, instants in the form of RFC 3339."""
    plain: dict[str, Any] = {name: getattr(identity, name) for name in (*_TEXTS, *_FLAGS)}
    return plain | {name: _written(getattr(identity, name)) for name in _MOMENTS}


def document(database: Database) -> Iterator[str]:
    """Yield the lines of the ledger as JSON, one id on each."""
    yield f'{{"version": "{VERSION}", "ids": ['
    before = ""
    for identity in register(database):
        if before:
            yield f"{before},"
        before = json.dumps(to_plain(identity), ensure_ascii=False)
    if before:
        yield before
    yield "]}"


def read_document(body: bytes, place: str) -> list[Identity] | None:
    """Read such a document again, None if it is another one; raises `ForeignFeedError` for a broken one."""
    if VERSION.encode() not in body[:200]:
        return None
    try:
        return [_from_plain(plain) for plain in json.loads(body)["ids"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ForeignFeedError(place, f"its ids are not as `feeds ids export` writes them ({error})") from error


def plan_return(database: Database, kept: list[Identity]) -> Plan:
    """Plan to make the ledger again what it was when it was ``kept``.

    Files are found by their path, their bytes or their body.  The ids of those
    that are not there are remembered, for when they return.
    """
    with database.reading() as connection:
        there = [identity for identity in identities.everyone(connection) if not identity.gone]
        targets = _targets(kept, there)
        bearing = {identity.path: identity for identity in there}
        wanted = [_back(identity, targets[identity.id]) for identity in kept if identity.id in targets]
        refused = refusals(connection, wanted, bearing)
        given = {identity.id for identity in there}
        total = posts.total(connection)
    adoptions = [_adoption(entry, bearing, refused) for entry in wanted]
    departed = [_departed(identity) for identity in kept if identity.id not in targets and identity.id not in given]
    adoptions += [
        Adoption(outcome=Outcome.UNMATCHED, id=identity.id, title=identity.path, why=f"there is no {identity.path}")
        for identity in kept
        if identity.id not in targets and not identity.gone
    ]
    return Plan(
        adoptions=tuple(adoptions),
        entries=tuple(entry for entry in wanted if entry.id not in refused),
        departed=tuple(departed),
        read_again=True,
        others=total - len(wanted),
    )


def _targets(kept: list[Identity], there: list[Identity]) -> dict[str, Identity]:
    """Return, by the id that was kept, the file that is there and is to have it."""
    free = {identity.path: identity for identity in there}
    targets: dict[str, Identity] = {}
    for identity in kept:
        if not identity.gone and identity.path in free:
            targets[identity.id] = free.pop(identity.path)
    for name in ("digest", "body_digest"):
        by_value: dict[str, list[Identity]] = {}
        for identity in free.values():
            by_value.setdefault(getattr(identity, name), []).append(identity)
        for identity in kept:
            same = by_value.get(getattr(identity, name), ()) if getattr(identity, name) else ()
            if identity.id not in targets and len(same) == 1 and same[0].path in free:
                targets[identity.id] = free.pop(same[0].path)
    return targets


def _back(kept: Identity, target: Identity) -> Identity:
    return Identity(
        **{name: getattr(kept, name) for name in (*_TEXTS, *_MOMENTS) if name != "path"},
        path=target.path,
        authored=target.authored,
    )


def _departed(kept: Identity) -> Identity:
    return Identity(**{name: getattr(kept, name) for name in (*_TEXTS, *_MOMENTS, "authored")}, gone=True)


def _adoption(entry: Identity, bearing: dict[str, Identity], refused: dict[str, str]) -> Adoption:
    if entry.id in refused:
        return Adoption(outcome=Outcome.REFUSED, id=entry.id, path=entry.path, why=refused[entry.id])
    already = bearing[entry.path].id == entry.id
    return Adoption(outcome=Outcome.ALREADY if already else Outcome.ADOPTED, id=entry.id, path=entry.path)


def _from_plain(plain: dict[str, Any]) -> Identity:
    facts: dict[str, Any] = {name: str(plain.get(name, "")) for name in _TEXTS}
    facts |= {name: plain.get(name) is True for name in _FLAGS}
    facts |= {name: _read(plain.get(name)) for name in _MOMENTS}
    if not (facts["id"] and facts["first_seen"] and (facts["path"] or facts["gone"])):
        raise ValueError("an id without path or date")
    return Identity(**facts)


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.replace(tzinfo=None).isoformat()}Z"


def _read(written: str | None) -> datetime | None:
    if not written:
        return None
    moment = datetime.fromisoformat(written)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
