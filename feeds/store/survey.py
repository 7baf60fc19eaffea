"""What only shows when all posts are looked at together: found by the database, in one pass over its columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Integer, cast, delete, func, insert, select

from feeds.model.post import Term
from feeds.store.among import among
from feeds.store.instants import to_seconds
from feeds.store.schema import identities, judgements, posts, terms

_DAY = 86_400

#: No path holds one.
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermUse:
    """How many posts, hidden ones too, have a term under the name that they give it most."""

    term: Term
    posts: int


def of_one_title_and_day(connection: Connection) -> list[list[str]]:
    """Return groups of paths: posts of one title that are dated on one day (UTC)."""
    return _groups(connection, posts.c.title, cast(posts.c.published / _DAY, Integer))


def of_one_url(connection: Connection) -> list[list[str]]:
    """Return groups of paths: posts that have one address."""
    return _groups(connection, posts.c.url)


def of_one_body(connection: Connection) -> list[list[str]]:
    """Return groups of paths: files with the same body."""
    paths = func.group_concat(identities.c.path, _BETWEEN)
    statement = (
        select(paths)
        .where(identities.c.gone.is_(False), identities.c.body_digest != "")
        .group_by(identities.c.body_digest)
        .having(func.count() > 1)
    )
    return _sorted(connection.execute(statement).scalars())


def dated_after(connection: Connection, moment: datetime) -> list[tuple[str, int]]:
    """Return path and date, in seconds, of the posts that are dated after ``moment``, unless they are hidden."""
    statement = select(posts.c.path, posts.c.published).where(
        posts.c.hidden == "", posts.c.published > to_seconds(moment)
    )
    return sorted((row.path, row.published) for row in connection.execute(statement))


def updated_after(connection: Connection, moment: datetime) -> list[str]:
    """Return the paths of posts that are published by ``moment`` and say that they were changed after it."""
    seconds = to_seconds(moment)
    # The post itself is as old as its last known edition; what its author says is in the ledger.
    statement = (
        select(posts.c.path)
        .join(identities, identities.c.id == posts.c.id)
        .where(posts.c.hidden == "", posts.c.published <= seconds, identities.c.stated > seconds)
    )
    return sorted(connection.execute(statement).scalars())


def term_uses(connection: Connection) -> list[TermUse]:
    """Return every term of any post, once, in the order of kind and slug."""
    statement = (
        select(terms.c.kind, terms.c.slug, func.min(terms.c.label).label("label"), func.count().label("posts"))
        .group_by(terms.c.kind, terms.c.slug)
        .order_by(terms.c.kind, terms.c.slug)
    )
    return [
        TermUse(term=Term(kind=row.kind, slug=row.slug, label=row.label), posts=row.posts)
        for row in connection.execute(statement)
    ]


def paths_with(connection: Connection, term: Term) -> list[str]:
    """Return the paths of the posts that have a term, in order."""
    statement = (
        select(posts.c.path)
        .join(terms, terms.c.post == posts.c.number)
        .where(terms.c.kind == term.kind, terms.c.slug == term.slug)
        .order_by(posts.c.path)
    )
    return list(connection.execute(statement).scalars())


def posts_at(connection: Connection, urls: Iterable[str]) -> dict[str, str]:
    """Return the path of a post at each of those addresses that have one."""
    rows = connection.execute(select(posts.c.url, posts.c.path).where(among(posts.c.url, urls)))
    return {row.url: row.path for row in rows}


def judged_by(connection: Connection) -> str:
    """Return what everything was judged by last, "" where it was not, or not to the end."""
    return connection.execute(select(judgements.c.by)).scalar() or ""


def note_judgement(connection: Connection, by: str) -> None:
    """Remember what everything was judged by; "" to begin anew."""
    connection.execute(delete(judgements))
    connection.execute(insert(judgements), {"only": 1, "by": by})


def _groups(connection: Connection, *same: ColumnElement[object]) -> list[list[str]]:
    paths = func.group_concat(posts.c.path, _BETWEEN)
    statement = select(paths).where(posts.c.hidden == "").group_by(*same).having(func.count() > 1)
    return _sorted(connection.execute(statement).scalars())


def _sorted(concatenated: Iterable[str]) -> list[list[str]]:
    return sorted(sorted(paths.split(_BETWEEN)) for paths in concatenated)
