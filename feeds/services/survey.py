"""What is wrong with posts as a whole: copies, slips of the year, names that are almost one."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy import Connection

from feeds.model.finding import Finding, Severity
from feeds.store import survey
from feeds.store.instants import from_seconds
from feeds.syndication.spelling import near_names

_YEAR = timedelta(days=366)
_DAY = timedelta(days=1)


def surveyed(connection: Connection, *, now: datetime) -> Iterator[Finding]:
    """Yield everything that no single post shows."""
    yield from _copies(connection)
    yield from _ahead(connection, now)
    yield from _names(connection)


def _copies(connection: Connection) -> Iterator[Finding]:
    titles = survey.of_one_title_and_day(connection)
    copies = {path for group in titles for path in group}
    for path, first in _others(titles):
        yield Finding(
            path=PurePosixPath(path),
            line=0,
            code="title-repeated",
            severity=Severity.WARNING,
            message=f"{first} has the same title and the same day.",
            advice="Delete the copy, or give it a title of its own.",
        )
    for path, first in _others(survey.of_one_url(connection)):
        yield Finding(
            path=PurePosixPath(path),
            line=0,
            code="url-repeated",
            severity=Severity.WARNING,
            message=f"{first} has the same address.",
            advice="Rename one of the two, or name files in the permalink: {filename}.",
        )
    for path, first in _others(survey.of_one_body(connection)):
        if not {path, first} <= copies:
            yield Finding(
                path=PurePosixPath(path),
                line=0,
                code="body-repeated",
                severity=Severity.INFO,
                message=f"{first} has the same body.",
                advice="Delete one of the two, unless both are meant.",
            )


def _others(groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield each path but the first of its group, with that."""
    yield from ((path, first) for first, *others in groups for path in others)


def _ahead(connection: Connection, now: datetime) -> Iterator[Finding]:
    for path, seconds in survey.dated_after(connection, now + _YEAR):
        yield Finding(
            path=PurePosixPath(path),
            line=0,
            code="date-far",
            severity=Severity.WARNING,
            message=f"the post is dated {from_seconds(seconds):%Y-%m-%d}: more than a year ahead.",
            advice="Correct the year, if it is a slip.",
        )
    for path in survey.updated_after(connection, now + _DAY):
        yield Finding(
            path=PurePosixPath(path),
            line=0,
            code="updated-ahead",
            severity=Severity.WARNING,
            message="the date of its last change is in the future.",
            advice="Correct it.",
        )


def _names(connection: Connection) -> Iterator[Finding]:
    uses = {use.term: use.posts for use in survey.term_uses(connection)}
    for rare, frequent in near_names({term: posts for term, posts in uses.items() if term.kind != "language"}):
        for path in survey.paths_with(connection, rare):
            yield Finding(
                path=PurePosixPath(path),
                line=0,
                code="name-near",
                severity=Severity.WARNING,
                message=f'the {rare.kind} "{rare.label}" is almost "{frequent.label}" of {uses[frequent]} posts.',
                advice="Use one spelling, if one is meant.",
            )
