"""What is published: documents by their digest, artefacts by their path."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, exists, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from feeds.model.alias import alias_key
from feeds.model.artefact import Artefact, Gone, Redirect
from feeds.store import endings
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import artefacts, combinations, documents, redirects

#: Takes away the bytes that no artefact names.
_DROP_UNNAMED = delete(documents).where(~exists().where(artefacts.c.digest == documents.c.digest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One document on its way to readers: where, what, and the digest of its bytes, which are kept already.

    ``feed`` is the name of the feed it belongs to, empty for the pages of the whole service.
    """

    path: str
    feed: str
    digest: str
    media_type: str
    self_url: str


def keep(connection: Connection, body: bytes) -> str:
    """Keep the bytes of a document, unseen by readers; return their digest (SHA-256, hex)."""
    digest = sha256(body).hexdigest()
    connection.execute(upsert(documents).on_conflict_do_nothing(), {"digest": digest, "body": body})
    return digest


def swap(connection: Connection, changed: Iterable[Placement], gone: Iterable[str], *, now: datetime) -> int:
    """Publish documents and withdraw the paths ``gone``; return how many readers will see differ.

    What has the same bytes as before keeps its Last-Modified.  The bytes that
    no artefact names any more are dropped.
    """
    changed, gone = tuple(changed), tuple(gone)
    touched = among(artefacts.c.path, (*(item.path for item in changed), *gone))
    before = connection.execute(select(artefacts.c.digest).where(touched)).scalars().all()
    rows = [
        {
            "path": item.path,
            "feed": item.feed,
            "digest": item.digest,
            "media_type": item.media_type,
            "last_modified": to_seconds(now),
            "self_url": item.self_url,
        }
        for item in changed
    ]
    different = 0
    statement = upsert(artefacts)
    changes = {name: statement.excluded[name] for name in ("feed", "digest", "media_type", "last_modified", "self_url")}
    differs = (artefacts.c.digest != statement.excluded.digest) | (artefacts.c.self_url != statement.excluded.self_url)
    for row in rows:
        result = connection.execute(
            statement.on_conflict_do_update(index_elements=["path"], set_=changes, where=differs), row
        )
        different += result.rowcount
    for path in gone:
        different += connection.execute(delete(artefacts).where(artefacts.c.path == path)).rowcount
    connection.execute(_DROP_UNNAMED.where(among(documents.c.digest, before)))
    return different


def sweep(connection: Connection) -> None:
    """Drop the bytes that no artefact names, also those that were kept by a pass that did not come to its end."""
    connection.execute(_DROP_UNNAMED)


def find(connection: Connection, path: str) -> Artefact | Redirect | Gone | None:
    """Return what is published at ``path``, or that something was.

    A document comes before a redirect; old paths are found in any spelling.
    """
    statement = select(artefacts, documents.c.body).join(documents).where(artefacts.c.path == path)
    row = connection.execute(statement).first()
    if row:
        return Artefact(
            path=row.path,
            media_type=row.media_type,
            body=row.body,
            etag=row.digest[:20],
            last_modified=from_seconds(row.last_modified),
            self_url=row.self_url,
        )
    key = alias_key(path.replace("?", "%3F"))
    target = connection.execute(select(redirects.c.target).where(redirects.c.path == key)).scalar()
    if target:
        return Redirect(path=path, target=target)
    return Gone(path=path) if endings.is_past(connection, path) else None


def redirects_with_query(connection: Connection) -> dict[str, Redirect]:
    """Return the redirects of old addresses to which a query belongs, by their `alias_key`."""
    rows = connection.execute(select(redirects).where(redirects.c.path.contains("?", autoescape=True)))
    return {row.path: Redirect(path=row.path, target=row.target) for row in rows}


def published_paths(connection: Connection, feeds: Sequence[str] | None = None) -> list[str]:
    """Return the paths of all artefacts, or of those of some feeds, in order."""
    statement = select(artefacts.c.path).order_by(artefacts.c.path)
    if feeds is not None:
        statement = statement.where(among(artefacts.c.feed, feeds))
    return list(connection.execute(statement).scalars())


def sizes(connection: Connection) -> dict[str, dict[str, int]]:
    """Return the length in bytes of every document, by the name of its feed and its path."""
    statement = (
        select(artefacts.c.feed, artefacts.c.path, func.length(documents.c.body).label("bytes"))
        .join(documents)
        .order_by(artefacts.c.path)
    )
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.feed, {})[row.path] = row.bytes
    return found


def lasting_paths(connection: Connection) -> list[str]:
    """Return the paths of all artefacts, in order, but for those that are there because somebody asked for them."""
    passing = select(combinations.c.name)
    statement = select(artefacts.c.path).where(artefacts.c.feed.not_in(passing)).order_by(artefacts.c.path)
    return list(connection.execute(statement).scalars())


def all_artefacts(connection: Connection, paths: Iterable[str] | None = None) -> Iterator[Artefact]:
    """Yield the artefacts at ``paths``, or every one in the order of its path, one in memory at a time."""
    for path in published_paths(connection) if paths is None else paths:
        found = find(connection, path)
        if isinstance(found, Artefact):
            yield found


def replace_redirects(connection: Connection, wanted: Iterable[Redirect]) -> None:
    """Make these the old addresses that are known; of two spellings of one, the first leads on."""
    connection.execute(delete(redirects))
    rows = [{"path": alias_key(redirect.path), "target": redirect.target} for redirect in wanted]
    if rows:
        connection.execute(upsert(redirects).on_conflict_do_nothing(), rows)
