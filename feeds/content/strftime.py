"""Dates written in the letters of C's ``strftime``, in English wherever that runs."""

import re
from datetime import datetime

_LETTER = re.compile(r"%([-#]?)(.)", re.DOTALL)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def written(moment: datetime, format: str) -> str:
    """Write ``moment``, in its own zone; ``%-d`` has no zeros before it, and an unknown letter stays."""
    letters = _letters(moment)

    def letter(match: re.Match[str]) -> str:
        found = letters.get(match[2], match[0])
        return found.lstrip("0") or "0" if match[1] and found.isdigit() else found

    return _LETTER.sub(letter, format)


def _letters(moment: datetime) -> dict[str, str]:
    month, day = _MONTHS[moment.month - 1], _DAYS[moment.weekday()]
    return {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "B": month,
        "b": month[:3],
        "h": month[:3],
        "d": f"{moment.day:02}",
        "e": f"{moment.day:2}",
        "j": f"{moment.timetuple().tm_yday:03}",
        "A": day,
        "a": day[:3],
        "u": str(moment.isoweekday()),
        "w": str(moment.isoweekday() % 7),
        "V": f"{moment.isocalendar().week:02}",
        "G": f"{moment.isocalendar().year:04}",
        "H": f"{moment.hour:02}",
        "I": f"{(moment.hour - 1) % 12 + 1:02}",
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "p": "AM" if moment.hour < 12 else "PM",
        "F": f"{moment.year:04}-{moment.month:02}-{moment.day:02}",
        "T": f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}",
        "s": str(int(moment.timestamp())),
        "%": "%",
    }
