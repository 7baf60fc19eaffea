"""Entering many files that nothing in the state knows, as in a first build.

One reason: the process that writes is one, and what it does for each file holds
up all that read.  What takes judgement, such as an id that another post has, the
bytes of another file, or an older post under a new name, is not judged here:
such a portion is left to the ledger, which gives all others what they get here.
"""

from collections.abc import Sequence
from operator import itemgetter

from sqlalchemy import Connection

from feeds.services.newcomers import Newcomers
from feeds.services.seconds import Seconds
from feeds.store import findings, identities, posts, sources, tallies
from feeds.store.records import IDENTITY, POST, Values

_ids, _paths, _digests, _bodies, _moments = (
    itemgetter(IDENTITY[name]) for name in ("id", "path", "digest", "body_digest", "updated")
)


def found(connection: Connection, some: Newcomers) -> bool:
    """Put ``some`` files into the state, if there is nothing to judge of them; tell whether there was not."""
    if some.odd or _is_known(connection, some):
        return False
    entries, rows = _with_seconds(connection, some)
    identities.insert_rows(connection, entries)
    posts.insert_rows(connection, rows, some.terms)
    tallies.add(connection, some.tallies)
    sources.insert_rows(connection, some.sources)
    findings.replace_rows(connection, findings.READING, (row[0] for row in some.sources), some.findings)
    return True


def _is_known(connection: Connection, some: Newcomers) -> bool:
    """Tell whether the state remembers any of these: their paths, their ids, their bytes, or a gone one's body."""
    return posts.knows(connection, (row[0] for row in some.sources)) or identities.knows(
        connection,
        ids=map(_ids, some.identities),
        paths=map(_paths, some.identities),
        digests=map(_digests, some.identities),
        bodies=map(_bodies, some.identities),
    )


def _with_seconds(connection: Connection, some: Newcomers) -> tuple[Sequence[Values], Sequence[Values]]:
    """Return the rows of identities and posts, each with a second of its own."""
    wanted = [moment for moment in map(_moments, some.identities) if moment is not None]
    seconds = Seconds(connection, wanted)
    if seconds.are_free(wanted):
        return some.identities, some.posts
    entries, rows = list(some.identities), list(some.posts)
    for place in sorted(range(len(entries)), key=some.late.__contains__):
        moment = _moments(entries[place])
        if moment is not None and (second := seconds.free(moment)) != moment:
            entries[place] = _with(entries[place], IDENTITY["updated"], second)
            published = rows[place][POST["published"]]
            rows[place] = _with(rows[place], POST["updated"], max(second, published))
    return entries, rows


def _with(row: Values, place: int, value: int) -> Values:
    return (*row[:place], value, *row[place + 1 :])
