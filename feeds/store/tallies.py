"""How many posts there are, of each spelling of each term: kept with every change, so that none need be counted.

Who is visible depends on the clock and is not kept: the posts that are not are
few, and found by indexes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert

from feeds.model.post import Term
from feeds.store import rows
from feeds.store.among import among
from feeds.store.instants import to_seconds
from feeds.store.records import Values
from feeds.store.schema import posts, tallies, terms

#: The row that counts all posts.
_ALL = Term(kind="", slug="", label="")


def add(connection: Connection, counts: Sequence[Values]) -> None:
    """Count posts that come into the catalogue, or go: rows of the table that say how many."""
    statement = insert(tallies)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "slug", "label"], set_={"posts": tallies.c.posts + statement.excluded.posts}
    )
    rows.write_tuples(connection, statement, [row for row in counts if row[-1]])


def take(connection: Connection, paths: Iterable[str]) -> None:
    """Count no more the posts of those paths that are in the catalogue still."""
    numbers = select(posts.c.number).where(among(posts.c.path, paths))
    counts = _counted(connection, numbers)
    add(connection, [(term.kind, term.slug, term.label, -count) for term, count in counts.items()])
    if any(counts.values()):
        mine = among(tallies.c.kind, {term.kind for term in counts} - {_ALL.kind})
        connection.execute(delete(tallies).where(tallies.c.posts == 0, mine))


def visible(connection: Connection, kinds: Iterable[str], *, now: datetime) -> Iterator[tuple[Term, int]]:
    """Yield each spelling of each term that posts visible at ``now`` have, with their number, in the order of terms."""
    invisible = _counted(connection, _invisible(now))
    order = (tallies.c.kind, tallies.c.slug, tallies.c.label)
    for row in connection.execute(select(tallies).where(tallies.c.kind.in_(sorted(kinds))).order_by(*order)):
        term = Term(kind=row.kind, slug=row.slug, label=row.label)
        if row.posts > invisible.get(term, 0):
            yield term, row.posts - invisible.get(term, 0)


def total(connection: Connection) -> int:
    """Return how many posts the catalogue holds, visible or not."""
    return int(connection.execute(select(tallies.c.posts).where(tallies.c.kind == _ALL.kind)).scalar() or 0)


def total_visible(connection: Connection, *, now: datetime) -> int:
    """Return how many posts are visible at ``now``."""
    invisible = select(func.count()).select_from(_invisible(now).subquery())
    return total(connection) - int(connection.execute(invisible).scalar_one())


def visible_with(connection: Connection, kind: str, slug: str, *, now: datetime) -> int:
    """Return how many posts with a term, however it is spelt, are visible at ``now``."""
    every = select(func.sum(tallies.c.posts)).where(tallies.c.kind == kind, tallies.c.slug == slug)
    invisible = _invisible(now).subquery()
    with_it = select(func.count()).join_from(invisible, terms, terms.c.post == invisible.c.number)
    hidden = connection.execute(with_it.where(terms.c.kind == kind, terms.c.slug == slug)).scalar_one()
    return int(connection.execute(every).scalar() or 0) - int(hidden)


def _invisible(now: datetime) -> Select[tuple[int]]:
    """Say in SQL which posts are not visible: those that are hidden, those to come, those that have expired."""
    seconds = to_seconds(now)
    number = select(posts.c.number)
    # Written as the index has it, for it to be used.
    hidden = number.where(text("posts.hidden <> ''"))
    to_come = number.where(posts.c.visible_from > seconds)
    expired = number.where(posts.c.visible_until <= seconds)
    some = hidden.union(to_come, expired).subquery()
    return select(some.c.number)


def _counted(connection: Connection, numbers: Select[tuple[int]]) -> Mapping[Term, int]:
    found = numbers.cte("found")
    every = select(func.count()).select_from(found)
    counts = {_ALL: int(connection.execute(every).scalar_one())}
    columns = (terms.c.kind, terms.c.slug, terms.c.label)
    statement = select(*columns, func.count().label("posts")).join_from(found, terms, terms.c.post == found.c.number)
    for row in connection.execute(statement.group_by(*columns)):
        counts[Term(kind=row.kind, slug=row.slug, label=row.label)] = row.posts
    return counts
