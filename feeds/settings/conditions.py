"""What must hold of the conditions of a feed: each can be met, and they are not nested too deeply.

Like all rules these read the file as it was written, and pass over what they
can make no sense of.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from feeds.settings.problems import KeyPath, Problem, table_name
from feeds.settings.values import timezone

_Table: TypeAlias = Mapping[str, Any]

#: The table that is meant, the key in it (none for the table itself), and the end of the sentence.
_Found: TypeAlias = Iterator[tuple[KeyPath, str, str]]

#: How deep tables of conditions may stand inside each other: ``where``, and three more.
DEEPEST = 3

_NESTS = ("all", "any", "none")
_LISTS = ("category", "tag", "author", "language", *_NESTS)


def broken_conditions(document: _Table) -> Iterator[Problem]:
    """Give each place where no post could ever meet a condition, or where tables are nested too deeply."""
    feeds = document.get("feed")
    zone = _zone(document)
    for place, feed in enumerate(feeds if isinstance(feeds, list) else []):
        if isinstance(feed, dict) and isinstance(feed.get("where"), dict):
            for path, key, message in _broken(("feed", place, "where"), feed["where"], zone, depth=0):
                place_of_it = (*path, key) if key else path
                yield Problem(path=place_of_it, message=f"{table_name(path, document)}{f'{key} {message}'.lstrip()}")


def _broken(path: KeyPath, where: _Table, zone: ZoneInfo, depth: int) -> _Found:
    for key in _LISTS:
        if where.get(key) == []:
            yield path, key, "is an empty list, in which nothing can be: fill it or take it out"
    if _never_between(where.get("after"), where.get("before"), zone):
        yield path, "before", "is not later than after, so that no post is between them: change one of the two"
    for key in _NESTS:
        for place, each in _tables(where.get(key)):
            inside = (*path, key, place)
            if depth == DEEPEST:
                yield inside, "", f"it stands more than {DEEPEST} tables deep in where: write it with fewer"
            elif not each:
                yield inside, "", "it holds no condition, and so every post meets it: give it one or take it out"
            else:
                yield from _broken(inside, each, zone, depth + 1)
    yield from _contradictions(path, where)


def _contradictions(path: KeyPath, where: _Table) -> _Found:
    """Tables below ``none`` that every post meets that meets the rest."""
    needed = [where, *(each for _, each in _tables(where.get("all")))]
    for place, refused in _tables(where.get("none")):
        if refused and any(_implies(each, refused) for each in needed):
            yield (*path, "none", place), "", "it is what the conditions beside it ask for: take one of the two out"


def _implies(one: _Table, other: _Table) -> bool:
    """Tell whether what meets ``one`` plainly meets ``other``."""
    return all(key in one and key not in _NESTS and _is_narrower(one[key], other[key]) for key in other)


def _is_narrower(one: object, other: object) -> bool:
    many = [value if isinstance(value, list) else [value] for value in (one, other)]
    return all(value in many[1] for value in many[0])


def _tables(value: object) -> list[tuple[int, dict[str, Any]]]:
    """The tables of a list and their places, or a table that stands for a list of one."""
    values = value if isinstance(value, list) else [value]
    return [(place, table) for place, table in enumerate(values) if isinstance(table, dict)]


def _never_between(after: object, before: object, zone: ZoneInfo) -> bool:
    first, last = _instant(after, zone), _instant(before, zone)
    return first is not None and last is not None and first >= last


def _instant(value: object, zone: ZoneInfo) -> datetime | None:
    if not isinstance(value, date):
        return None
    moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _zone(document: Mapping[str, Any]) -> ZoneInfo:
    site = document.get("site")
    name = site.get("timezone") if isinstance(site, dict) else None
    try:
        return ZoneInfo(timezone(name) if isinstance(name, str) else "UTC")
    except ValueError:
        return ZoneInfo("UTC")
