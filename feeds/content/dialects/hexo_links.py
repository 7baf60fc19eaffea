"""Where Hexo puts the page of a post."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime

from feeds.content import link
from feeds.content.absolutize import absolute
from feeds.content.dialects.hexo_fields import last_category
from feeds.content.dialects.hexo_site import PLACEHOLDER, home, parsed_name, slugize
from feeds.content.fields import flag, text
from feeds.content.reading import Reading
from feeds.model.customs import Customs

DEFAULT = ":year/:month/:day/:title/"

_SLASHES = re.compile(r"/{2,}")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page.

    The post's own ``permalink`` goes before ``pattern``, that before the
    site's, that before Hexo's.  A pattern with braces is Jigsaw's.  One that
    names what the post does not have is passed over, and noted.
    """
    own = text(reading.source.fields.get("permalink", ""))
    if "{" in pattern and not own:
        return link.by_braces(reading, pattern, published)
    path = own or _by(reading, pattern or text(reading.customs.settings.get("permalink", "")), published)
    path = _pretty(_SLASHES.sub("/", f"/{path}"), reading.customs)
    site = home(reading.site.url, reading.customs)
    encoded = _PERCENT.sub("%25", path).replace("?", "%3F").replace("#", "%23")
    return absolute(site + encoded, site) or link.on_site(reading, path)


def _by(reading: Reading, pattern: str, published: datetime) -> str:
    return (pattern and _filled(reading, pattern, published)) or _filled(reading, DEFAULT, published)


def _filled(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the path that a pattern gives the post, "" where it has nothing for a part: posts would share that."""
    words = _words(reading, published.astimezone(reading.timezone), published)
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        word = words.get(found[1]) or text(reading.source.fields.get(found[1].lower(), ""))
        word = word or _default(reading.customs, found[1])
        if not word:
            missing.append(found[0])
        return word

    path = PLACEHOLDER.sub(value, pattern)
    if missing:
        shown = ", ".join(dict.fromkeys(missing))
        message = f"the link has nothing for {shown}: the pattern was not used."
        reading.warn("permalink-part", "", message, f"See the pattern {pattern}.")
    return "" if missing else path


def _words(reading: Reading, moment: datetime, published: datetime) -> Mapping[str, str]:
    name = parsed_name(str(reading.source.path), reading.customs)
    slug = name["title"]
    known = {
        "title": slug,
        "name": slug.rpartition("/")[2],
        "post_title": slugize(text(reading.source.fields.get("title", "")), lower=True),
        "year": f"{moment.year:04}",
        "month": moment.strftime("%m"),
        "day": moment.strftime("%d"),
        "hour": moment.strftime("%H"),
        "minute": moment.strftime("%M"),
        "second": moment.strftime("%S"),
        "i_month": str(moment.month),
        "i_day": str(moment.day),
        "hash": hashlib.sha1(f"{slug}{int(published.timestamp())}".encode(), usedforsecurity=False).hexdigest()[:12],
        "category": last_category(reading.source.fields, reading.customs),
    }
    return {**{key: found for key, found in name.items() if found}, **known}


def _default(customs: Customs, name: str) -> str:
    defaults = customs.settings.get("permalink_defaults", "")
    return text(defaults.get(name, "")) if isinstance(defaults, dict) else ""


def _pretty(path: str, customs: Customs) -> str:
    """Leave ``index.html`` and ``.html`` out of an address where the site does."""
    wanted = customs.settings.get("pretty_urls", "")
    if isinstance(wanted, dict):
        if flag(wanted.get("trailing_index", "true")) is False:
            path = path.removesuffix("index.html") if path.endswith("/index.html") else path
        if flag(wanted.get("trailing_html", "true")) is False and not path.endswith("/index.html"):
            path = path.removesuffix(".html")
    return path
