"""Where else a post is, what it is about, how it may be used, and in which direction it is read."""

from urllib.parse import urlsplit

from feeds.content.absolutize import RESOURCES, absolute
from feeds.content.fields import flag, named
from feeds.content.fields import text as one_line
from feeds.content.reading import Reading
from feeds.model.license import License, read_license

_LONGEST_LICENSE = 500
_DIRECTIONS = ("rtl", "ltr")


def elsewhere(reading: Reading, meaning: str) -> str:
    """Return the absolute URL of the page on another host that the author names for ``meaning``, "" for none."""
    key, value = reading.find(meaning)
    if not key:
        return ""
    written = one_line(value)
    if not written.lower().startswith(("http://", "https://")) or "{" in written:
        return ""
    found = absolute(written, reading.site.url, schemes=RESOURCES) or ""
    return "" if _host(found) in (_host(reading.site.url), "") else found


def direction(reading: Reading) -> str:
    """Return ``rtl`` or ``ltr`` where the author says it, "" where not."""
    key, value = reading.find("direction")
    if not key:
        return ""
    written = one_line(value).lower()
    if key == "rtl":
        return "rtl" if flag(value) else ""
    if written in _DIRECTIONS:
        return written
    if written != "auto":
        reading.inform("direction", key, f'the {key} "{written[:80]}" is neither rtl nor ltr: left out.', "")
    return ""


def own_license(reading: Reading) -> License | None:
    """Return the license that the author names, None for none; maps give ``url`` or ``name``."""
    key, value = reading.find("license")
    if not key:
        return None
    if isinstance(value, dict):
        value = one_line(value.get("url", "")) or named(value)
    written = reading.plain(key, one_line(value), _LONGEST_LICENSE)
    return read_license(written) if written and flag(written) is None else None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
