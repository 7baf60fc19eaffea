"""When a post was published and updated, and from when until when it may be seen."""

from dataclasses import dataclass
from datetime import datetime

from feeds.content.dates import Unreadable, date_from_path, dated_name, parse_date
from feeds.content.fields import find, flag, text
from feeds.content.reading import Reading

#: The first year of four digits: RSS readers take an earlier one for one of our century.
_FIRST_YEAR = 1000

#: Readers and validators take a date before this year for a mistake.
_FIRST_PLAUSIBLE_YEAR = 1990

_NEVER = frozenset({"never"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The moments of a post: aware, in UTC, whole seconds.

    ``updated`` is what the author says, None for nothing or what cannot be read.
    ``undated`` tells that nothing says when it was published: ``published`` is
    its first sight.
    """

    published: datetime
    undated: bool
    updated: datetime | None
    visible_from: datetime
    visible_until: datetime | None


def timing(reading: Reading, first_seen: datetime) -> Timing:
    """Read the moments of a post; ``first_seen`` is when it was published if nothing tells.

    Raises ContentError where a moment is given that could keep the post from
    readers, but cannot be read: ``date-impossible``, ``date-unknown``,
    ``expiry-unreadable``.
    """
    stated = _published(reading)
    published = stated or first_seen.replace(microsecond=0)
    if published.year < _FIRST_PLAUSIBLE_YEAR:
        message = f"the date is before {_FIRST_PLAUSIBLE_YEAR}: kept, but readers may take it for a mistake."
        reading.inform("date-old", "date", message, "See that the year is right.")
    return Timing(
        published=published,
        undated=stated is None,
        updated=_updated(reading),
        visible_from=_visible_from(reading, published, first_seen),
        visible_until=_expiry(reading),
    )


def is_date(reading: Reading, written: str) -> bool:
    """Tell whether ``written`` is a date that can be read."""
    return isinstance(_read(reading, written), datetime)


def is_dated(reading: Reading) -> bool:
    """Tell whether front matter, the file's name or its folders hold a date that can be read."""
    path, site = reading.source.path, reading.site
    written = (text(find(reading.source.fields, (key,))[1]) for key in reading.keys("published"))
    if any(is_date(reading, date) for date in written if date):
        return True
    return date_from_path(path, timezone=reading.timezone, default_time=site.default_time) is not None


def _published(reading: Reading) -> datetime | None:
    """Return the date that front matter or the path gives, None where there is none."""
    doubts: list[tuple[str, str, Unreadable]] = []
    for key in reading.keys("published"):
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
    return _published_otherwise(reading, doubts)


def _published_otherwise(reading: Reading, doubts: list[tuple[str, str, Unreadable]]) -> datetime | None:
    named = date_from_path(reading.source.path, timezone=reading.timezone, default_time=reading.site.default_time)
    if named and named.year >= _FIRST_YEAR:
        _note(reading, doubts, "the date in the file's name was used instead")
        return named
    if doubts:
        key, written, problem = doubts[0]
        raise reading.refuse(_code(problem), key, f'the {key} "{written}" is {problem}: the post waits.', _ADVICE)
    if name := dated_name(reading.source.path):
        message = f'the date of the name "{name[:80]}" is {Unreadable.IMPOSSIBLE}: the post waits.'
        raise reading.refuse("date-impossible", "", message, "Correct the name, or write a date in the post.")
    return None


_ADVICE = "Write it as 2024-01-31 10:00, or configure its form."


def _note(reading: Reading, doubts: list[tuple[str, str, Unreadable]], remedy: str) -> None:
    for key, written, problem in doubts:
        reading.warn(_code(problem), key, f'the {key} "{written}" is {problem}: {remedy}.', _ADVICE)


def _code(problem: Unreadable) -> str:
    return "date-impossible" if problem is Unreadable.IMPOSSIBLE else "date-unknown"


def _visible_from(reading: Reading, published: datetime, first_seen: datetime) -> datetime:
    """Return when the post appears: at its date, at first sight where the site shows the future; later if embargoed."""
    ahead = reading.dialect.shows_future(reading.customs)
    shown = min(published, first_seen.replace(microsecond=0)) if ahead else published
    embargo = _embargo(reading)
    return max(shown, embargo) if embargo else shown


def _embargo(reading: Reading) -> datetime | None:
    """Return the moment before which the post must not be seen, whatever its date."""
    key, value = reading.find("embargo")
    if not key:
        return None
    moment = _read(reading, text(value))
    if isinstance(moment, datetime):
        return moment
    raise reading.refuse(_code(moment), key, f'the {key} "{text(value)}" is {moment}: the post waits.', _ADVICE)


def _updated(reading: Reading) -> datetime | None:
    key, value = reading.find("updated")
    if not key:
        return None
    moment = _read(reading, text(value))
    if isinstance(moment, datetime):
        return moment
    reading.warn("updated-unreadable", key, f'the {key} "{text(value)}" is {moment}: left out.', _ADVICE)
    return None


def _expiry(reading: Reading) -> datetime | None:
    key, value = reading.find("expires")
    if not key:
        return None
    written = text(value)
    if written.lower() in _NEVER or (flag(written) is False and written):
        return None
    moment = _read(reading, written)
    if isinstance(moment, datetime):
        return moment
    raise reading.refuse("expiry-unreadable", key, f'the {key} "{written}" is {moment}: the post waits.', _ADVICE)


def _read(reading: Reading, written: str) -> datetime | Unreadable:
    moment = parse_date(
        written,
        formats=reading.date_formats,
        timezone=reading.timezone,
        default_time=reading.site.default_time,
    )
    return Unreadable.IMPOSSIBLE if isinstance(moment, datetime) and moment.year < _FIRST_YEAR else moment
