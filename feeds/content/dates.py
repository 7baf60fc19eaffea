"""Dates as authors write them: exact formats only, never a guess.

A lenient parser takes the ``-42`` of ``2020-09-30-07-42-47`` for an offset.
So a text either has one of the shapes listed here, or it is not understood.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo


class Unreadable(StrEnum):
    """Why a text gives no date."""

    UNKNOWN = "not a date in a known form"
    IMPOSSIBLE = "no such day or time"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY_NAMES = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_DAY = rf"(?:{_DAY_NAMES}\.?,?[ ]+)?"

#: Hours from UTC of the zones that RFC 2822 names; any other name is ambiguous somewhere in the world.
_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
_ZONES |= {"pst": -8, "pdt": -7}

_ZONE = (
    r"(?:(?P<offset>(?:GMT|UTC)?[+-]\d{2}:?(?:\d{2})?(?::?\d{2})?)(?:[ ]*\(?[A-Za-z]{1,5}\)?)?"
    rf"|(?P<zone>{'|'.join(_ZONES)}))"
)
_CLOCK = r"(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2}))?(?:[.,]\d+)?(?:[ ]*(?P<p>[ap])\.?m\.?)?"
_TIME = rf"(?:(?:[ ]*,)?(?:[ ]+(?:at[ ]+)?|[ ]*T[ ]*){_CLOCK}(?:[ ]*{_ZONE})?)?"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


_KNOWN = tuple(
    _shape(pattern)
    for pattern in (
        rf"(?P<Y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_TIME}",
        r"(?P<Y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})-(?P<H>\d{2})-(?P<M>\d{2})(?:-(?P<S>\d{2}))?",
        rf"(?P<Y>\d{{4}})/(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}}){_TIME}",
        rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<Y>\d{{4}}){_TIME}",
        r"(?P<seconds>\d{10})(?:\d{3})?",
        r"(?P<Y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
        rf"(?:T(?P<H>\d{{2}})(?P<M>\d{{2}})(?P<S>\d{{2}})?(?:[.,]\d+)?{_ZONE}?)?",
        rf"{_DAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ ]+(?P<b>{_MONTH_NAMES})\.?,?[ ]+(?P<Y>\d{{4}}){_TIME}",
        rf"{_DAY}(?P<b>{_MONTH_NAMES})\.?[ ]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]+(?P<Y>\d{{4}}){_TIME}",
    )
)

#: What each directive of a configured format may match.
_DIRECTIVES = {
    "Y": r"(?P<Y>\d{4})",
    "m": r"(?P<m>\d{1,2})",
    "d": r"(?P<d>\d{1,2})",
    "e": r"[ ]?(?P<d>\d{1,2})",
    "H": r"(?P<H>\d{1,2})",
    "I": r"(?P<H>\d{1,2})",
    "M": r"(?P<M>\d{1,2})",
    "S": r"(?P<S>\d{1,2})",
    "p": r"(?P<p>[ap])\.?m\.?",
    "b": rf"(?P<b>{_MONTH_NAMES})",
    "B": rf"(?P<b>{_MONTH_NAMES})",
    "a": _DAY_NAMES,
    "A": _DAY_NAMES,
    "f": r"\d{1,9}",
    "z": _ZONE,
    "Z": _ZONE,
    "s": r"(?P<seconds>\d{1,11})",
    "F": r"(?P<Y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
    "T": r"(?P<H>\d{1,2}):(?P<M>\d{1,2}):(?P<S>\d{1,2})",
    "%": "%",
}
_DIRECTIVE = re.compile(r"%-?(.)|(\s+)|([^%\s]+)", re.DOTALL)


#: The time of day of a date that says none, unless told otherwise.
MIDNIGHT = time()


def parse_date(
    text: str, *, formats: Sequence[str], timezone: ZoneInfo, default_time: time = MIDNIGHT
) -> datetime | Unreadable:
    """Read ``text`` as a moment: aware, in UTC, with whole seconds; or say why it is none.

    ``formats`` (as of ``strftime``, month names in English) come first: what
    fits one of them is read by them alone.  Then the known forms: ISO 8601
    with or without time, zone and fraction, also with slashes; month/day/year;
    Unix seconds and milliseconds; RFC 2822; English dates;
    ``2020-09-30-07-42-47``.

    A date alone is that day at ``default_time``.  Without a zone the time is
    that of ``timezone``.  A time that a change of clocks skips is moved forward
    by the gap; of one that comes twice the first is meant.
    """
    text = " ".join(text.split())
    for shapes in (_configured(tuple(formats)), _KNOWN):
        reading = _first_fit(text, shapes, timezone, default_time)
        if reading is not Unreadable.UNKNOWN:
            return reading
    return Unreadable.UNKNOWN


def is_format(format: str) -> bool:
    """Tell whether ``format`` is one that ``parse_date`` can follow."""
    try:
        return _compiled(format).groups > 0
    except (KeyError, re.error):
        return False


def date_from_name(stem: str, *, timezone: ZoneInfo, default_time: time = MIDNIGHT) -> tuple[datetime | None, str]:
    """Cut ``2020-01-31-slug`` into its date (``default_time`` in ``timezone``, in UTC) and the slug.

    Without a possible date in front, the whole ``stem`` is the slug.
    """
    match = _DATED.fullmatch(stem)
    if match is None:
        return None, stem
    moment = _moment(match, timezone, default_time)
    return (moment, match["slug"] or "") if moment else (None, stem)


def date_from_path(path: PurePosixPath, *, timezone: ZoneInfo, default_time: time = MIDNIGHT) -> datetime | None:
    """Return the date that the file name, else one of the folders gives: ``2020/01/31/slug.md`` too."""
    for part in (path.stem, *(folder.name for folder in path.parents)):
        moment, _ = date_from_name(part, timezone=timezone, default_time=default_time)
        if moment:
            return moment
    match = _DATED_FOLDERS.search(f"/{path.parent}/")
    return _moment(match, timezone, default_time) if match else None


def dated_name(path: PurePosixPath) -> str:
    """Return the first of the file's name and its folders that begins like a date, possible or not; "" for none."""
    return next((part for part in (path.stem, *(folder.name for folder in path.parents)) if _DATED.fullmatch(part)), "")


_DATED = _shape(r"(?P<Y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[-_ ]+(?P<slug>.*))?")
_DATED_FOLDERS = _shape(r"/(?P<Y>\d{4})/(?P<m>\d{2})/(?P<d>\d{2})/")


def _first_fit(
    text: str, shapes: Iterable[re.Pattern[str]], timezone: ZoneInfo, default_time: time
) -> datetime | Unreadable:
    reading = Unreadable.UNKNOWN
    for shape in shapes:
        match = shape.fullmatch(text)
        if match:
            moment = _moment(match, timezone, default_time)
            if moment:
                return moment
            reading = Unreadable.IMPOSSIBLE
    return reading


def _moment(match: re.Match[str], timezone: ZoneInfo, default_time: time) -> datetime | None:
    """Return the moment that the named groups of ``match`` stand for, None where there is no such one."""
    part = match.groupdict()
    try:
        if part.get("seconds"):
            return datetime.fromtimestamp(int(part["seconds"]), UTC)
        month = _MONTHS.index(part["b"][:3].lower()) + 1 if part.get("b") else int(part["m"])
        zone = _zone(part.get("offset"), part.get("zone")) or timezone
        day = date(int(part["Y"]), month, int(part["d"]))
        return datetime.combine(day, _time(part) or default_time, zone).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _time(part: Mapping[str, str | None]) -> time | None:
    hour = part.get("H")
    if not hour:
        return None
    return time(_hour(hour, part.get("p")), int(part.get("M") or 0), int(part.get("S") or 0))


def _hour(hour: str, half: str | None) -> int:
    if not half:
        return int(hour)
    if not 1 <= int(hour) <= 12:
        raise ValueError(hour)
    return int(hour) % 12 + (12 if half in "pP" else 0)


def _zone(offset: str | None, name: str | None) -> timezone | None:
    if name:
        return timezone(timedelta(hours=_ZONES[name.lower()]))
    if not offset:
        return None
    sign = -1 if "-" in offset else 1
    digits = re.sub(r"\D", "", offset).ljust(6, "0")
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    return timezone(sign * timedelta(hours=hours, minutes=minutes, seconds=seconds))


@lru_cache(maxsize=64)
def _configured(formats: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(format) for format in formats)


def _compiled(format: str) -> re.Pattern[str]:
    """Return the shape of ``format``; raises KeyError or re.error for a format that cannot be followed."""
    parts = [
        _DIRECTIVES[match[1]] if match[1] else r"[ ]" if match[2] else re.escape(match[3])
        for match in _DIRECTIVE.finditer(format.strip())
    ]
    shape = _shape("".join(parts))
    if not ({"Y", "d"} <= shape.groupindex.keys() or "seconds" in shape.groupindex):
        raise KeyError(format)
    return shape
