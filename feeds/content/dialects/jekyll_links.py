"""Where Jekyll puts the page of a post."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote

from feeds.content import link
from feeds.content.absolutize import absolute
from feeds.content.dialects.jekyll_fields import slug_of
from feeds.content.dialects.jekyll_site import collection_of, from_root, home, kind_of, permalink
from feeds.content.dialects.jekyll_slugs import slugify
from feeds.content.fields import text
from feeds.content.reading import Reading
from feeds.model.source import Value

STYLES: Mapping[str, str] = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}

_OTHERS = "/:collection/:path:output_ext"
_PLACEHOLDER = re.compile(r":([a-z_]+)")
_SLASHES = re.compile(r"/{2,}")
_UNTOUCHED = ":@!$&'()*+,;=-._~/"
_WEB = ("http://", "https://")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page.

    The post's own ``permalink`` goes before ``pattern``, that before the
    site's, that before the style "date".  A pattern with braces is Jigsaw's.
    One that names what Jekyll does not know is passed over, and noted.
    """
    own = text(reading.source.fields.get("permalink", ""))
    if own.startswith(_WEB):
        return absolute(own, reading.site.url) or own
    if "{" in pattern and not own:
        return link.by_braces(reading, pattern, published)
    kind = kind_of(from_root(str(reading.source.path), reading.customs))
    collection = "posts" if kind == "drafts" else kind
    default = STYLES["date"] if collection == "posts" else _OTHERS
    style = pattern or permalink(reading.customs, collection)
    wanted = (own, STYLES.get(style.removeprefix(":"), style))
    path = _filled(reading, next((some for some in wanted if some and _is_known(reading, some)), default), published)
    site = home(reading.site.url, reading.customs)
    return absolute(f"{site}{path}", site) or link.on_site(reading, path)


def _is_known(reading: Reading, pattern: str) -> bool:
    """Tell whether Jekyll knows all that a pattern names; without a part of it, posts would share an address."""
    unknown = dict.fromkeys(f":{name}" for name in _PLACEHOLDER.findall(pattern) if _name(name) not in _WORDS)
    if unknown:
        message = f"the link has nothing for {', '.join(unknown)}: the pattern was not used."
        reading.warn("permalink-part", "", message, f"See the pattern {pattern}.")
    return not unknown


def _name(written: str) -> str:
    """Return the name of a placeholder: ``:year_:month`` has an underscore that belongs to none."""
    return written if written in _WORDS else written.rstrip("_")


def _filled(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the path that a pattern gives the post: percent-encoded, without doubled slashes."""
    moment = published.astimezone(reading.timezone)

    def value(found: re.Match[str]) -> str:
        name = _name(found[1])
        return quote(_WORDS[name](reading, moment), safe=_UNTOUCHED) + "_" * (len(found[1]) - len(name))

    path = "/" + _PLACEHOLDER.sub(value, pattern)
    return _SLASHES.sub("/", path.replace("..", "/").replace("./", ""))


def output_extension(suffix: str) -> str:
    """Return the extension of the page that a file becomes."""
    return ".htm" if suffix.lower() == ".htm" else ".html"


def _stem(reading: Reading) -> str:
    return reading.source.path.stem


def _written_slug(reading: Reading) -> str:
    return text(reading.source.fields.get("slug", "")) or slug_of(_stem(reading))


def _title(reading: Reading, _: datetime) -> str:
    return slugify(_written_slug(reading), "pretty", cased=True)


def _slug(reading: Reading, _: datetime) -> str:
    return slugify(_written_slug(reading))


def categories(fields: Mapping[str, Value]) -> list[str]:
    """Return the names of the categories as they are written."""
    listed = fields.get("categories", "")
    names = listed if isinstance(listed, list) else [listed]
    return [text(name.get("written", "") if isinstance(name, dict) else name) for name in names]


def _categories(reading: Reading, _: datetime) -> str:
    names = (name.lower() for name in categories(reading.source.fields))
    return "/".join(dict.fromkeys(filter(None, names)))


def _slugified_categories(reading: Reading, _: datetime) -> str:
    names = (slugify(name) for name in categories(reading.source.fields))
    return "/".join(dict.fromkeys(filter(None, names)))


def _collection(reading: Reading, _: datetime) -> str:
    return collection_of(from_root(str(reading.source.path), reading.customs)) or "posts"


def _path(reading: Reading, _: datetime) -> str:
    """Return the path within the collection, without extension."""
    whole = from_root(str(reading.source.path), reading.customs).removesuffix(reading.source.path.suffix)
    return whole.partition("/")[2] if collection_of(whole) else whole


def _number(format: str) -> Callable[[Reading, datetime], str]:
    return lambda _, moment: moment.strftime(format)


_WORDS: Mapping[str, Callable[[Reading, datetime], str]] = {
    "title": _title,
    "slug": _slug,
    "name": lambda reading, _: slugify(_stem(reading)),
    "basename": lambda reading, _: _stem(reading),
    "path": _path,
    "collection": _collection,
    "output_ext": lambda reading, _: output_extension(reading.source.path.suffix),
    "categories": _categories,
    "slugified_categories": _slugified_categories,
    "year": lambda _, moment: f"{moment.year:04}",
    "short_year": lambda _, moment: f"{moment.year % 100:02}",
    "month": _number("%m"),
    "i_month": lambda _, moment: str(moment.month),
    "short_month": lambda _, moment: _MONTHS[moment.month - 1][:3],
    "long_month": lambda _, moment: _MONTHS[moment.month - 1],
    "day": _number("%d"),
    "i_day": lambda _, moment: str(moment.day),
    "y_day": _number("%j"),
    "w_year": _number("%G"),
    "week": _number("%V"),
    "w_day": _number("%u"),
    "short_day": lambda _, moment: _DAYS[moment.weekday()][:3],
    "long_day": lambda _, moment: _DAYS[moment.weekday()],
    "hour": _number("%H"),
    "minute": _number("%M"),
    "second": _number("%S"),
}
