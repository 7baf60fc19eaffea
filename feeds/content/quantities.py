"""How long a recording plays and how many bytes a file has, as people write it."""

import re

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?", re.ASCII)
_SECONDS = re.compile(r"(\d{1,7})(?:[.,]\d+)?", re.ASCII)
_ISO = re.compile(r"PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})(?:\.\d+)?S)?", re.ASCII | re.IGNORECASE)
_WORDS = re.compile(
    r"(?:(\d{1,4}) ?(?:h|hrs?|hours?))?,? ?"
    r"(?:(\d{1,5}) ?(?:m|mins?|minutes?))?,? ?"
    r"(?:(\d{1,7}) ?(?:s|secs?|seconds?))?",
    re.ASCII | re.IGNORECASE,
)
_BYTES = re.compile(r"(\d{1,3}(?:[,_ ]\d{3}){1,4}|\d{1,15})(?: ?(?:b|bytes?))?", re.ASCII | re.IGNORECASE)
_LARGE = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?) ?([kmg])(i?)b", re.ASCII | re.IGNORECASE)
_POWERS = {"k": 1, "m": 2, "g": 3}


def seconds(written: str) -> int:
    """Read a duration, 0 where it is none: ``59:50``, ``1:02:03``, seconds, ``PT1H2M``, ``1 h 2 min``."""
    written = " ".join(written.split())
    if found := _SECONDS.fullmatch(written):
        return int(found[1])
    found = _CLOCK.fullmatch(written) or _ISO.fullmatch(written) or _WORDS.fullmatch(written)
    if not found:
        return 0
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def bytes_of(written: str) -> int:
    """Read a number of bytes, 0 where it is none: ``98076674``, ``98,076,674``, and about: ``13.7 MB``."""
    written = " ".join(written.split())
    if found := _BYTES.fullmatch(written):
        return int(re.sub("[,_ ]", "", found[1]))
    if found := _LARGE.fullmatch(written):
        unit = (1024.0 if found[3] else 1000.0) ** _POWERS[found[2].lower()]
        return round(float(found[1].replace(",", ".")) * unit)
    return 0
