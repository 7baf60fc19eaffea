"""Single rules: each yields the problems it finds in the values it is given, one sentence each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from feeds.syndication.dates import rfc822

#: An absolute web address as RFC 3986 spells it: no spaces, nothing beyond ASCII.
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

#: What XML cannot carry, and the C1 controls, which it can and which readers show as rubbish.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe\uffff]")


def is_url(text: str) -> bool:
    """Tell whether ``text`` is an absolute web address."""
    return _URL.fullmatch(text) is not None


def bad_urls(urls: Iterable[str]) -> Iterator[str]:
    """Find what is not an absolute web address."""
    yield from (f'"{url}" is not an absolute URL' for url in urls if not is_url(url))


def bad_ids(ids: Iterable[str]) -> Iterator[str]:
    """Find what is not an absolute IRI (RFC 4287, 4.2.6)."""
    yield from (f'the id "{id}" is not an absolute IRI' for id in ids if not _IRI.fullmatch(id))


def bad_rfc822(dates: Iterable[str]) -> Iterator[str]:
    """Find what is not spelt as RSS readers want it: GMT, four-digit year, the right weekday."""
    for date in dates:
        try:
            right = rfc822(parsedate_to_datetime(date)) == date
        except ValueError:
            right = False
        if not right:
            yield f'"{date}" is not a date of RFC 822 in GMT with its weekday'


def bad_rfc3339(dates: Iterable[str]) -> Iterator[str]:
    """Find what is not a date of RFC 3339 with upper-case ``T`` and ``Z``."""
    for date in dates:
        try:
            right = _RFC3339.fullmatch(date) is not None and bool(datetime.fromisoformat(date))
        except ValueError:
            right = False
        if not right:
            yield f'"{date}" is not a date of RFC 3339'


def repeated(kind: str, values: Iterable[str]) -> Iterator[str]:
    """Find values that must differ and do not."""
    counts = Counter(values)
    yield from (f'{kind} "{value}" occurs {count} times' for value, count in counts.items() if count > 1)


def unfit_characters(texts: Iterable[str]) -> Iterator[str]:
    """Find characters that no reader can show."""
    found = sorted(set(_UNFIT.findall("".join(texts))))
    yield from (f"the character U+{ord(character):04X} is in a text" for character in found)


def placed(place: str, problems: Iterable[str]) -> Iterator[str]:
    """Say of each problem where it is."""
    yield from (f"{place}: {problem}" for problem in problems)
