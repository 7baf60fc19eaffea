"""The published feeds in the operator's order, with what the list of feeds shows of each."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from feeds.model.post import Term
from feeds.store.among import among
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.schema import published_feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredListing:
    """What the list of feeds shows of one: ``latest`` are title, URL and date of its newest entries.

    ``made_from`` digests all that its documents were made from, "" where that is not known.
    ``term`` is what a feed of a ``for_each`` is about.  What is not ``made`` has
    no documents here, for it has moved.  A ``combined`` feed is one of several
    terms, that comes and goes with those who ask for it.
    """

    name: str
    entries: int
    updated: datetime
    latest: tuple[tuple[str, str, datetime], ...]
    term: Term | None = None
    made: bool = True
    combined: bool = False
    made_from: str = ""


def all_listings(connection: Connection) -> dict[str, StoredListing]:
    """Return the listing of each published feed by its name, in the operator's order."""
    rows = connection.execute(select(published_feeds).order_by(published_feeds.c.position))
    return {row.name: _from_text(row.name, row.listing) for row in rows}


def find(connection: Connection, names: Iterable[str]) -> dict[str, StoredListing]:
    """Return the listings of those feeds that are published, by their name."""
    return {
        row.name: _from_text(row.name, row.listing)
        for row in connection.execute(select(published_feeds).where(among(published_feeds.c.name, names)))
    }


def replace_listings(connection: Connection, listings: Iterable[StoredListing]) -> None:
    """Make these the published feeds, in this order; what is there already as it should be is left alone."""
    there = {(row.name, row.position, row.listing) for row in connection.execute(select(published_feeds))}
    wanted = {(listing.name, position, _to_text(listing)) for position, listing in enumerate(listings)}
    if away := there - wanted:
        connection.execute(delete(published_feeds).where(among(published_feeds.c.name, (name for name, _, _ in away))))
    if new := wanted - there:
        rows = [{"name": name, "position": position, "listing": text} for name, position, text in sorted(new)]
        connection.execute(insert(published_feeds), rows)


def _to_text(listing: StoredListing) -> str:
    latest = [[title, url, to_seconds(published)] for title, url, published in listing.latest]
    content: dict[str, object] = {"entries": listing.entries, "updated": to_seconds(listing.updated), "latest": latest}
    if listing.combined:
        content["combined"] = True
    if not listing.made:
        content["made"] = False
    if listing.made_from:
        content["made_from"] = listing.made_from
    if listing.term:
        content["term"] = [listing.term.kind, listing.term.slug, listing.term.label]
    return json.dumps(content, ensure_ascii=False)


def _from_text(name: str, text: str) -> StoredListing:
    content = json.loads(text)
    term = content.get("term")
    kind, slug, label = term or ("", "", "")
    return StoredListing(
        name=name,
        entries=content["entries"],
        updated=from_seconds(content["updated"]),
        latest=tuple((title, url, from_seconds(seconds)) for title, url, seconds in content["latest"]),
        combined=content.get("combined", False),
        made=content.get("made", True),
        made_from=content.get("made_from", ""),
        term=Term(kind=kind, slug=slug, label=label) if term else None,
    )
