"""The catalogue of posts, and the newest of any selection."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from feeds.model.archive import Position
from feeds.model.feed import Selection
from feeds.model.post import Post, Term
from feeds.store import rows, tallies
from feeds.store.among import among
from feeds.store.details import read_details
from feeds.store.instants import from_seconds, to_seconds
from feeds.store.records import PLAYED, POST, Values, post_row, tally_rows, term_rows
from feeds.store.schema import posts, terms

_EVERYTHING = Selection()

#: Written out, so that the index of such posts is used.
_ENCLOSES = posts.c.enclosed != literal_column("''")


def save(connection: Connection, changed: Sequence[Post]) -> None:
    """Put posts into the catalogue, in place of what their paths held before."""
    remove(connection, (str(post.path) for post in changed))
    groups = [term_rows(post) for post in changed]
    insert_rows(connection, [post_row(post) for post in changed], groups)
    tallies.add(connection, tally_rows(groups))


def insert_rows(connection: Connection, some: Sequence[Values], groups: Sequence[Sequence[Values]]) -> None:
    """Put posts that are not there into the catalogue: rows of them without numbers, and the rows of terms of each."""
    first = (connection.execute(select(func.max(posts.c.number))).scalar() or 0) + 1
    numbered = enumerate(zip(some, groups, strict=True), start=first)
    ordered = [(number, row, its) for number, (row, its) in numbered]
    rows.write_tuples(connection, insert(posts), [(number, *row) for number, row, _ in ordered])
    grouped = [
        (kind, slug, row[POST["published"]], number, label) for number, row, its in ordered for kind, slug, label in its
    ]
    rows.write_tuples(connection, insert(terms), grouped)


def remove(connection: Connection, paths: Iterable[str]) -> None:
    """Take posts out of the catalogue."""
    paths = tuple(paths)
    tallies.take(connection, paths)
    connection.execute(delete(posts).where(among(posts.c.path, paths)))


def find(connection: Connection, paths: Iterable[str]) -> list[Post]:
    """Return the posts of those paths that are in the catalogue, in no particular order."""
    return [_to_post(row) for row in connection.execute(select(posts).where(among(posts.c.path, paths)))]


def knows(connection: Connection, paths: Iterable[str]) -> bool:
    """Tell whether any of those paths has a post in the catalogue."""
    return connection.execute(select(posts.c.number).where(among(posts.c.path, paths)).limit(1)).first() is not None


def addresses(connection: Connection) -> Iterator[tuple[str, str, str, datetime]]:
    """Yield path, link, title and date of every post, in the order of paths."""
    statement = select(posts.c.path, posts.c.url, posts.c.title, posts.c.published).order_by(posts.c.path)
    for row in connection.execute(statement):
        yield row.path, row.url, row.title, from_seconds(row.published)


def enclosing(connection: Connection) -> Iterator[Post]:
    """Yield the posts that files come with, in the order of paths."""
    yield from map(_to_post, connection.execute(select(posts).where(_ENCLOSES).order_by(posts.c.path)))


def newest(connection: Connection, selection: Selection, *, now: datetime, limit: int) -> list[Post]:
    """Return the ``limit`` newest posts of ``selection`` that are visible at ``now``.

    Newest first, ties by id: the order of every document.
    """
    statement, published = selected(select(posts), selection, now=now)
    statement = statement.order_by(published.desc(), posts.c.id.desc()).limit(limit)
    return [_to_post(row) for row in connection.execute(statement)]


def between(
    connection: Connection, selection: Selection, *, now: datetime, first: Position, last: Position
) -> list[Post]:
    """Return the posts of ``selection`` from ``first`` to ``last`` that are visible at ``now``, newest first."""
    statement, published = selected(select(posts), selection, now=now)
    statement = statement.where(not_below(first, published), not_above(last, published))
    statement = statement.order_by(published.desc(), posts.c.id.desc())
    return [_to_post(row) for row in connection.execute(statement)]


def selected(statement: Select[Any], selection: Selection, *, now: datetime) -> tuple[Select[Any], ColumnElement[int]]:
    """Narrow a statement over posts to those of ``selection`` visible at ``now``; return the column to order it by too.

    Where one category, tag or author is selected, the index on terms is in
    that order already: only the posts that are read are touched.
    """
    statement = statement.where(visible(now), *_conditions(selection))
    driving = _driving_term(selection)
    if not driving:
        return statement, posts.c.published
    kind, slug = driving
    statement = statement.join(terms, terms.c.post == posts.c.number)
    return statement.where(terms.c.kind == kind, terms.c.slug == slug), terms.c.published


def not_below(position: Position, published: ColumnElement[int]) -> ColumnElement[bool]:
    """Say in SQL that a post is at ``position`` or above it, so that the index on ``published`` is used."""
    seconds = to_seconds(position.published)
    return and_(published >= seconds, or_(published > seconds, posts.c.id >= position.id))


def not_above(position: Position, published: ColumnElement[int]) -> ColumnElement[bool]:
    """Say in SQL that a post is at ``position`` or below it."""
    seconds = to_seconds(position.published)
    return and_(published <= seconds, or_(published < seconds, posts.c.id <= position.id))


def count(connection: Connection, selection: Selection, *, now: datetime) -> int:
    """Return how many posts of ``selection`` are visible at ``now``."""
    if selection == _EVERYTHING:
        return tallies.total_visible(connection, now=now)
    if term := _only_term(selection):
        return tallies.visible_with(connection, *term, now=now)
    statement = select(func.count()).select_from(posts).where(visible(now), *_conditions(selection))
    return int(connection.execute(statement).scalar_one())


def visible_ids(connection: Connection, ids: Iterable[str], *, now: datetime) -> set[str]:
    """Return those of ``ids`` whose posts are visible at ``now``."""
    return set(connection.execute(select(posts.c.id).where(among(posts.c.id, ids), visible(now))).scalars())


def total(connection: Connection) -> int:
    """Return how many posts the catalogue holds, visible or not."""
    return tallies.total(connection)


def term_counts(
    connection: Connection, kinds: Iterable[str], *, now: datetime, selection: Selection = _EVERYTHING
) -> list[tuple[Term, int]]:
    """Return each spelling of each term that posts of ``selection`` visible at ``now`` have, with their number.

    They are in the order of kind, slug and label.  Only where a selection
    narrows them, posts have to be looked at.
    """
    if selection == _EVERYTHING:
        return list(tallies.visible(connection, kinds, now=now))
    spelling = (terms.c.kind, terms.c.slug, terms.c.label)
    statement = (
        select(*spelling, func.count().label("posts"))
        .join(posts, posts.c.number == terms.c.post)
        .where(terms.c.kind.in_(sorted(kinds)), visible(now), *_conditions(selection))
        .group_by(*spelling)
        .order_by(*spelling)
    )
    found = connection.execute(statement)
    return [(Term(kind=row.kind, slug=row.slug, label=row.label), row.posts) for row in found]


def with_term(connection: Connection, term: Term, *, now: datetime) -> str:
    """Return the path of the newest post visible at ``now`` that spells a term so; "" where there is none."""
    statement = (
        select(posts.c.path)
        .join(terms, terms.c.post == posts.c.number)
        .where(terms.c.kind == term.kind, terms.c.slug == term.slug, terms.c.label == term.label, visible(now))
        .order_by(terms.c.published.desc(), posts.c.id.desc())
        .limit(1)
    )
    return str(connection.execute(statement).scalar() or "")


def in_transition(connection: Connection, *, since: datetime, until: datetime) -> list[Post]:
    """Return the posts that appeared or expired between two instants, whichever came first."""
    low, high = sorted((to_seconds(since), to_seconds(until)))
    statement = select(posts).where(
        posts.c.hidden == "",
        or_(
            and_(posts.c.visible_from > low, posts.c.visible_from <= high),
            and_(posts.c.visible_until > low, posts.c.visible_until <= high),
        ),
    )
    return [_to_post(row) for row in connection.execute(statement)]


def next_transition(connection: Connection, *, now: datetime) -> datetime | None:
    """Return the first instant after ``now`` at which a post appears or expires; not of one that never is to appear."""
    seconds = to_seconds(now)
    ever = or_(posts.c.visible_until.is_(None), posts.c.visible_until > posts.c.visible_from)
    found = [
        connection.execute(select(func.min(column)).where(column > seconds, posts.c.hidden == "", ever)).scalar()
        for column in (posts.c.visible_from, posts.c.visible_until)
    ]
    instants = [instant for instant in found if instant is not None]
    return from_seconds(min(instants)) if instants else None


def visible(now: datetime) -> ColumnElement[bool]:
    """Say in SQL what `Post.is_visible` says."""
    seconds = to_seconds(now)
    return and_(
        posts.c.hidden == "",
        posts.c.visible_from <= seconds,
        or_(posts.c.visible_until.is_(None), posts.c.visible_until > seconds),
    )


def _conditions(selection: Selection) -> list[ColumnElement[bool]]:
    """Say in SQL what `feeds.syndication.select.matches` says."""
    conditions = [*_own_conditions(selection)]
    conditions.extend(_whole(each) for each in selection.all_of)
    if selection.any_of:
        conditions.append(or_(*map(_whole, selection.any_of)))
    conditions.extend(not_(_whole(each)) for each in selection.none_of)
    return conditions


def _whole(selection: Selection) -> ColumnElement[bool]:
    return and_(true(), *_conditions(selection))


def _own_conditions(selection: Selection) -> Iterator[ColumnElement[bool]]:
    for kind in ("category", "tag", "author"):
        slugs = selection.terms(kind)
        if slugs:
            its = terms.alias()
            has = exists().where(its.c.post == posts.c.number, its.c.kind == kind, its.c.slug.in_(slugs))
            yield has.correlate(posts)
    if selection.languages:
        yield func.lower(posts.c.language).in_(selection.languages)
    if selection.featured is not None:
        yield posts.c.featured.is_(selection.featured)
    if selection.is_pattern:
        # "[" is no sign of a pattern here: in brackets it stands for itself.
        yield posts.c.path.op("GLOB", is_comparison=True)(selection.path.replace("[", "[[]"))
    elif selection.path:
        yield func.substr(posts.c.path, 1, len(selection.path)) == selection.path
    if selection.played:
        yield and_(posts.c.enclosed == PLAYED, _ENCLOSES)
    if selection.after:
        yield posts.c.published >= to_seconds(selection.after)
    if selection.before:
        yield posts.c.published < to_seconds(selection.before)


def _driving_term(selection: Selection) -> tuple[str, str] | None:
    """Return the kind and slug of a term that every post of the selection has, if it names one."""
    for each in (selection, *selection.all_of):
        for kind in ("category", "tag", "author"):
            if len(each.terms(kind)) == 1:
                return kind, each.terms(kind)[0]
    return None


def _only_term(selection: Selection) -> tuple[str, str] | None:
    """Return the kind and slug of the term that is all that the selection asks for, if it is."""
    named = [(kind, slug) for kind in ("category", "tag", "author") for slug in selection.terms(kind)]
    is_all = replace(selection, categories=(), tags=(), authors=()) == _EVERYTHING
    return named[0] if is_all and len(named) == 1 else None


def _to_post(row: Row[Any]) -> Post:
    return Post(
        path=PurePosixPath(row.path),
        digest=row.digest,
        id=row.id,
        url=row.url,
        title=row.title,
        published=from_seconds(row.published),
        updated=from_seconds(row.updated),
        visible_from=from_seconds(row.visible_from),
        visible_until=None if row.visible_until is None else from_seconds(row.visible_until),
        hidden=row.hidden,
        featured=row.featured,
        language=row.language,
        **read_details(row.details),
    )
