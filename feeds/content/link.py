"""The address of a post's page."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote

from feeds.content import text
from feeds.content.absolutize import absolute
from feeds.content.base import is_bundle
from feeds.content.dates import date_from_name
from feeds.content.fields import text as one_line
from feeds.content.permalink import expand, folder, stem
from feeds.content.reading import Reading

_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_TEMPLATE = re.compile(r"[{}]|/:[a-z]")
_SAFE = "/:@!$&'()*+,;=-._~"
#: What is written as it is, which costs less to tell than to write anew.
_ITSELF = re.compile(rf"[A-Za-z0-9{re.escape(_SAFE)}]*")


def by_braces(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of the post's page, the author's own, else by a ``pattern`` with braces (`expand`)."""
    return own(reading) or on_site(reading, filled(reading, pattern, published))


def on_site(reading: Reading, path: str, *, home: str = "") -> str:
    """Return the address at which a path of the site is, percent-encoded; ``path`` begins with a slash.

    ``home`` is where the site is if not at the URL that its operator gives.
    """
    return (home or reading.site.url) + (path if _ITSELF.fullmatch(path) else quote(path, safe=_SAFE))


def own(reading: Reading) -> str:
    """Return the address that the author gives the post, "" where there is none."""
    key, value = reading.find("link")
    written = one_line(value)
    if not written or written.lower() in {"true", "false"}:
        return ""
    home = f"{reading.site.url}/"
    address = written if _ABSOLUTE.match(written) else home + written.lstrip("/")
    found = None if _TEMPLATE.search(written) else absolute(address, home)
    if not found:
        reading.warn("permalink", key, f'the {key} "{written}" is not an address: left out.', "Write a path.")
    return found or ""


def filled(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the path that a ``pattern`` with braces gives the post; what it has nothing for is noted."""
    link = expand(
        pattern,
        word=lambda name: _WORDS[name](reading) if name in _WORDS else None,
        fields=reading.source.fields,
        published=published.astimezone(reading.timezone),
        dated=reading.dialect.keys["published"],
    )
    if link.missing:
        missing = ", ".join(link.missing)
        reading.warn("permalink-part", "", f"the link has nothing for {missing}.", f"See the pattern {pattern}.")
    if link.by_name:
        reading.warn("permalink", "", "the link is empty: the file's name was used.", f"See the pattern {pattern}.")
    return link.path


def _filename(reading: Reading) -> str:
    return stem(reading.source.path)


def collection(reading: Reading) -> str:
    """Return the collection a post is in: the first folder that begins with an underscore, without that."""
    folders = PurePosixPath(reading.customs.prefix, reading.source.path).parent.parts
    return next((name.removeprefix("_") for name in folders if name.startswith("_")), "posts")


def _folder(reading: Reading) -> str:
    return folder(_page(reading))


def _page(reading: Reading) -> PurePosixPath:
    """Return the path of the file, without the date before ``index``: that stands for its folder all the same."""
    path = reading.source.path
    return path.with_name(f"index{path.suffix}") if is_bundle(path) else path


def _slug(reading: Reading) -> str:
    """Return the author's slug, else that of the file's name without its date."""
    name = stem(_page(reading))
    _, rest = date_from_name(name, timezone=reading.timezone)
    return one_line(reading.find("slug")[1]).strip("/") or text.slug(rest) or rest or name


def _path(reading: Reading) -> str:
    return f"{_folder(reading)}/{_slug(reading)}".lstrip("/")


#: What a pattern may name beside the keys of the front matter.
_WORDS: Mapping[str, Callable[[Reading], str]] = {
    "filename": _filename,
    "collection": collection,
    "folder": _folder,
    "slug": _slug,
    "path": _path,
}
