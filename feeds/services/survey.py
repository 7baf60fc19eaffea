"""What is wrong with posts as a whole: copies, slips of the year, names that are almost one."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from feeds.model.breach import breach
from feeds.model.mention import MEANING_OF_KIND, Mention
from feeds.store import survey
from feeds.store.instants import from_seconds
from feeds.syndication.spelling import near_names

_YEAR = timedelta(days=366)
_DAY = timedelta(days=1)


def surveyed(connection: Connection, *, now: datetime) -> Iterator[Mention]:
    """Yield everything that no single post shows."""
    yield from _copies(connection)
    yield from _ahead(connection, now)
    yield from _names(connection)


def _copies(connection: Connection) -> Iterator[Mention]:
    titles = survey.of_one_title_and_day(connection)
    copies = {path for group in titles for path in group}
    for path, first in _others(titles):
        finding = breach("title-repeated", path, f"{first} has the same title and the same day.")
        yield Mention(finding=finding, meaning="title")
    for path, first in _others(survey.of_one_url(connection)):
        yield Mention(finding=breach("url-repeated", path, f"{first} has the same address."), meaning="link")
    for path, first in _others(survey.of_one_body(connection)):
        if not {path, first} <= copies:
            yield Mention(finding=breach("body-repeated", path, f"{first} has the same body."))


def _others(groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield each path but the first of its group, with that."""
    yield from ((path, first) for first, *others in groups for path in others)


def _ahead(connection: Connection, now: datetime) -> Iterator[Mention]:
    for path, seconds in survey.dated_after(connection, now + _YEAR):
        message = f"the post is dated {from_seconds(seconds):%Y-%m-%d}: more than a year ahead."
        yield Mention(finding=breach("date-far", path, message), meaning="published")
    for path in survey.updated_after(connection, now + _DAY):
        finding = breach("updated-ahead", path, "the date of its last change is in the future.")
        yield Mention(finding=finding, meaning="updated")


def _names(connection: Connection) -> Iterator[Mention]:
    uses = {use.term: use.posts for use in survey.term_uses(connection)}
    for rare, frequent in near_names({term: posts for term, posts in uses.items() if term.kind != "language"}):
        message = f'the {rare.kind} "{rare.label}" is almost "{frequent.label}" of {uses[frequent]} posts.'
        for path in survey.paths_with(connection, rare):
            yield Mention(finding=breach("name-near", path, message), meaning=MEANING_OF_KIND[rare.kind])
