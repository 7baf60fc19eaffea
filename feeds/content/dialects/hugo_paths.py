"""Paths and patterns of paths as Hugo writes them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

_CLEAN = re.compile(r"[a-z0-9./_~@+-]*")
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_MARKS = frozenset("./\\_#+~-@")
_PART = re.compile(r":(\w+)(\[[^\]]*\])?")
_GO = re.compile(r"January|Jan|Monday|Mon|2006|15|01|02|03|04|05|06|002|PM|pm|_2|1|2|3|4|5", re.ASCII)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clean(path: str, *, lower: bool = True, accents: bool = True) -> str:
    """Write ``path`` as Hugo does: letters, digits and a few signs stay, white space becomes one hyphen."""
    if lower and _CLEAN.fullmatch(path):
        return path
    if not accents:
        bare = (sign for sign in unicodedata.normalize("NFD", path) if unicodedata.category(sign) != "Mn")
        path = unicodedata.normalize("NFC", "".join(bare))
    written: list[str] = []
    hyphen = False
    for position, sign in enumerate(path):
        if _may_stay(path, position, sign):
            if hyphen and sign != "-":
                written.append("-")
            hyphen = False
            written.append(sign)
        elif sign.isspace() and written and written[-1] != "-":
            hyphen = True
    # A sign at a time: in a whole word Python lowers some (İ, Σ) otherwise.
    return "".join(sign.lower()[0] for sign in written) if lower else "".join(written)


def _may_stay(path: str, position: int, sign: str) -> bool:
    if sign.isalpha() or sign.isdecimal() or sign in _MARKS:
        return True
    if sign == "%":
        return _HEX.match(path, position) is not None
    return not sign.isascii() and unicodedata.category(sign).startswith("M")


def expand(pattern: str, word: Callable[[str, str], str | None], date: datetime) -> tuple[str, tuple[str, ...]]:
    """Fill in ``pattern``; return the path and the placeholders that nothing stands for.

    ``word`` gives what stands for a name and the cut behind it (``sections``,
    ``[1:]``), None for what it does not know: then the path is "", as that of
    another page may be the same.  ``date`` is in its own zone.
    """
    missing: list[str] = []
    unknown: list[str] = []

    def filled(part: re.Match[str]) -> str:
        name, cut = part[1], part[2] or ""
        found = _date(name, date) if not cut else None
        if found is None:
            found = word(name, cut)
        if found is None:
            unknown.append(part[0])
        # Not every page is in a section, and not every section as deep as a cut.
        if found is None or not (found or name.startswith("section")):
            missing.append(part[0])
        return found or ""

    path = _PART.sub(filled, pattern.replace("\\:", "\0")).replace("\0", ":")
    return "" if unknown else path, tuple(dict.fromkeys(missing))


def _date(name: str, date: datetime) -> str | None:
    known = {
        "year": f"{date.year}",
        "month": f"{date.month:02}",
        "monthname": _MONTHS[date.month - 1],
        "day": f"{date.day:02}",
        "weekday": f"{date.isoweekday() % 7}",
        "weekdayname": _DAYS[date.weekday()],
        "yearday": f"{date.timetuple().tm_yday}",
    }
    return known.get(name) or (_layout(name, date) if _GO.fullmatch(name) else None)


def _layout(name: str, date: datetime) -> str:
    """Write ``date`` in one of the words of Go's layouts, which stand for 2 January 2006, 15:04:05."""
    month, day = _MONTHS[date.month - 1], _DAYS[date.weekday()]
    hour = date.hour % 12 or 12
    words = {
        "2006": f"{date.year:04}",
        "06": f"{date.year % 100:02}",
        "01": f"{date.month:02}",
        "1": f"{date.month}",
        "January": month,
        "Jan": month[:3],
        "Monday": day,
        "Mon": day[:3],
        "02": f"{date.day:02}",
        "2": f"{date.day}",
        "_2": f"{date.day:2}",
        "002": f"{date.timetuple().tm_yday:03}",
        "15": f"{date.hour:02}",
        "03": f"{hour:02}",
        "3": f"{hour}",
        "04": f"{date.minute:02}",
        "4": f"{date.minute}",
        "05": f"{date.second:02}",
        "5": f"{date.second}",
        "PM": "PM" if date.hour >= 12 else "AM",
        "pm": "pm" if date.hour >= 12 else "am",
    }
    return words[name]


def cut_out(parts: tuple[str, ...], cut: str) -> str:
    """Join the ``parts`` that a cut names: ``[1:]``, ``[:2]``, ``[0]``, ``[last]``; all of them without one."""
    if not cut:
        return "/".join(parts)
    start, colon, end = cut[1:-1].strip().lower().partition(":")
    if not colon:
        position = len(parts) - 1 if start == "last" else _number(start, 0)
        return parts[position] if 0 <= position < len(parts) else ""
    first = len(parts) - 1 if start == "last" else _number(start, 0)
    return "/".join(parts[first : len(parts) - 1 if end == "last" else _number(end, len(parts))])


def _number(written: str, otherwise: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else otherwise
