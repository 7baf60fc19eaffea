"""When a post was published and updated, and from when until when it may be seen."""

from dataclasses import dataclass
from datetime import datetime

from feeds.content.dates import Unreadable, date_from_path, parse_date
from feeds.content.fields import find, flag, text
from feeds.content.reading import Reading

_NEVER = frozenset({"never"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The moments of a post: aware, in UTC, whole seconds; ``updated`` is never before ``published``."""

    published: datetime
    updated: datetime
    visible_from: datetime
    visible_until: datetime | None


def timing(reading: Reading, first_seen: datetime) -> Timing:
    """Read the moments of a post; ``first_seen`` is when it was published if nothing tells.

    Raises ContentError where a moment is given that could keep the post from
    readers, but cannot be read: ``date-impossible``, ``date-unknown``,
    ``expiry-unreadable``.
    """
    published = _published(reading, first_seen)
    embargo = _embargo(reading)
    return Timing(
        published=published,
        updated=_updated(reading, published),
        visible_from=max(published, embargo) if embargo else published,
        visible_until=_expiry(reading),
    )


def is_date(reading: Reading, written: str) -> bool:
    """Tell whether ``written`` is a date that can be read."""
    return isinstance(_read(reading, written), datetime)


def _published(reading: Reading, first_seen: datetime) -> datetime:
    doubts: list[tuple[str, str, Unreadable]] = []
    for key in reading.dialect.keys["published"]:
        _, value = find(reading.source.fields, (key,))
        written = text(value)
        if not written or (key == "published" and flag(written) is not None):
            continue
        moment = _read(reading, written)
        if isinstance(moment, datetime):
            _note(reading, doubts, f"{key} was used instead")
            return moment
        if key != "published":
            doubts.append((key, written, moment))
    return _published_otherwise(reading, doubts, first_seen)


def _published_otherwise(reading: Reading, doubts: list[tuple[str, str, Unreadable]], first_seen: datetime) -> datetime:
    named = date_from_path(reading.source.path, timezone=reading.timezone)
    if named:
        _note(reading, doubts, "the date in the file's name was used instead")
        return named
    if doubts:
        key, written, problem = doubts[0]
        raise reading.refuse(_code(problem), key, f'the {key} "{written}" is {problem}: the post waits.', _ADVICE)
    reading.warn("no-date", "", "the post has no date: that of its first sight was used.", "Give it a date.")
    return first_seen.replace(microsecond=0)


_ADVICE = "Write it as 2024-01-31 10:00, or configure its form."


def _note(reading: Reading, doubts: list[tuple[str, str, Unreadable]], remedy: str) -> None:
    for key, written, problem in doubts:
        reading.warn(_code(problem), key, f'the {key} "{written}" is {problem}: {remedy}.', _ADVICE)


def _code(problem: Unreadable) -> str:
    return "date-impossible" if problem is Unreadable.IMPOSSIBLE else "date-unknown"


def _embargo(reading: Reading) -> datetime | None:
    """Return the moment before which the post must not be seen, whatever its date."""
    key, value = reading.find("embargo")
    if not key:
        return None
    moment = _read(reading, text(value))
    if isinstance(moment, datetime):
        return moment
    raise reading.refuse(_code(moment), key, f'the {key} "{text(value)}" is {moment}: the post waits.', _ADVICE)


def _updated(reading: Reading, published: datetime) -> datetime:
    key, value = reading.find("updated")
    if not key:
        return published
    moment = _read(reading, text(value))
    if isinstance(moment, datetime):
        return max(moment, published)
    reading.warn("updated-unreadable", key, f'the {key} "{text(value)}" is {moment}: left out.', _ADVICE)
    return published


def _expiry(reading: Reading) -> datetime | None:
    key, value = reading.find("expires")
    written = text(value)
    if not key or written.lower() in _NEVER or (flag(written) is False and written):
        return None
    moment = _read(reading, written)
    if isinstance(moment, datetime):
        return moment
    raise reading.refuse("expiry-unreadable", key, f'the {key} "{written}" is {moment}: the post waits.', _ADVICE)


def _read(reading: Reading, written: str) -> datetime | Unreadable:
    return parse_date(written, formats=reading.date_formats, timezone=reading.timezone)
