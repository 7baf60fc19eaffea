"""The addresses of Pelican's pages, and the links to them that bodies hold."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import quote, unquote, urljoin

from feeds.content import link
from feeds.content.addresses import nowhere
from feeds.content.dialects.pelican_site import DEFAULT_URL, is_on, setting, source_path
from feeds.content.dialects.pelican_slugs import slugify, substitutions
from feeds.content.fields import text
from feeds.content.passage import Passage
from feeds.content.permalink import stem
from feeds.content.reading import Reading
from feeds.content.strftime import written
from feeds.model.customs import Customs

_PART = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
#: Such a mark, and such a mark in an attribute of HTML: what it is and what it leads to.
LINK = re.compile(
    r"[{|](filename|static|attach|category|tag|author|index)[}|]"
    r"((?:[^\s<>()\[\]\"'`|{}]| (?=[^\s()\"'{}][^()\n\"'{}]{0,200}\)))*)"
)
LINK_IN_HTML = re.compile(rf"""(?:(?<=href=["'])|(?<=src=["'])){LINK.pattern}""")
#: What only a pattern of `[content] permalink` has: slugs of a key, dates in PHP's letters.
_OURS = re.compile(r"\{[-_]|\{\w+\|")
_POST = re.compile(r"\.(?:md|markdown|mkd|mdown|rst|html?)$", re.IGNORECASE)


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of an article's page: the author's own, else by a pattern of Pelican's.

    An article in another language than the site's has a pattern of its own.
    """
    customs, fields = reading.customs, reading.source.fields
    own = text(fields.get("url", ""))
    if own:
        return link.on_site(reading, "/" + _without_index(own.lstrip("/")))
    language = _language(reading)
    if pattern == DEFAULT_URL:
        pattern = setting(customs, "ARTICLE_URL" if language == _site_language(reading) else "ARTICLE_LANG_URL")
    if _OURS.search(pattern):
        return link.on_site(reading, link.filled(reading, pattern, published))
    parts = {
        "slug": slug(reading),
        "lang": language,
        "category": _name(customs, fields.get("category", ""), "CATEGORY"),
        "author": _name(customs, fields.get("author") or fields.get("authors", ""), "AUTHOR"),
        "path": reading.source.path.with_suffix("").as_posix(),
    }
    return link.on_site(reading, "/" + _filled(reading, pattern, parts, published).lstrip("/"))


def slug(reading: Reading) -> str:
    """Return the slug of an article: the author's, else one of its title or of its file's name."""
    customs, fields = reading.customs, reading.source.fields
    own = text(fields.get("slug", ""))
    if own:
        return own
    by_title = setting(customs, "SLUGIFY_SOURCE") != "basename"
    title = text(fields.get("title", "")) if by_title else reading.source.path.stem
    return _slugged(customs, title) or stem(reading.source.path)


def resolve(passage: Passage) -> Callable[[re.Match[str]], str]:
    """Return what gives the address behind a mark such as ``{filename}x.md`` in this body."""

    def address(match: re.Match[str]) -> str:
        what, target = match[1], match[2]
        path, mark, fragment = target.partition("#")
        found = _address(passage, what, unquote(path))
        if not found:
            message = f'"{match[0]}" leads to no article: left out.'
            line = passage.line(max(passage.source.body.find(match[0]), 0))
            passage.notes.warn("link-unresolved", line, message, "Name another file.", key=match[0])
        return (found or nowhere(match.string, match.start())) + mark + fragment

    return address


def _address(passage: Passage, what: str, path: str) -> str:
    customs, home = passage.customs, f"{passage.site.url}/"
    match what:
        case "category" | "tag" | "author":
            kind = what.upper()
            return home + quote(setting(customs, f"{kind}_URL").replace("{slug}", _slugged(customs, path, kind)))
        case "index":
            return home
        case "attach":
            return urljoin(passage.url, quote(normpath(path) if not path.startswith(("/", "..")) else _base(path)))
    inner = _inside(passage, path)
    if what == "filename" and _POST.search(path):
        return passage.address(_in_directory(passage, inner))
    return home + quote(inner)


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _inside(passage: Passage, path: str) -> str:
    """Return the path of a file from the folder that Pelican reads, given as it is written in a link."""
    whole = path.lstrip("/") if path.startswith("/") else f"{_here(passage).parent.as_posix()}/{path}"
    return normpath(whole).lstrip("/")


def _here(passage: Passage) -> PurePosixPath:
    return source_path(passage.source.path, passage.customs) or passage.source.path


def _in_directory(passage: Passage, inner: str) -> str:
    """Return a path from the folder that Pelican reads as one from the content directory, "" for one outside."""
    path, here = passage.source.path.as_posix(), _here(passage).as_posix()
    if path.endswith(here):
        return path.removesuffix(here) + inner
    below = here.removesuffix(path)
    return inner.removeprefix(below) if inner.startswith(below) else ""


def _filled(reading: Reading, pattern: str, parts: Mapping[str, str], published: datetime) -> str:
    moment = published.astimezone(reading.timezone)

    def part(match: re.Match[str]) -> str:
        if match[1] == "date":
            return written(moment, match[2] or "%Y-%m-%d")
        value = parts.get(match[1]) or text(reading.source.fields.get(match[1].lower(), ""))
        if not value:
            message = f"the link has nothing for {match[0]}."
            reading.warn("permalink-part", "", message, f"See the pattern {pattern}.")
        return value

    return _without_index(_PART.sub(part, pattern))


def _without_index(path: str) -> str:
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def _language(reading: Reading) -> str:
    return text(reading.find("language")[1]).lower() or _site_language(reading)


def _site_language(reading: Reading) -> str:
    known = setting(reading.customs, "DEFAULT_LANG") or ("en" if reading.customs.settings else reading.site.language)
    return known.lower()


def _name(customs: Customs, value: object, kind: str) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return _slugged(customs, first, kind) if isinstance(first, str) else ""


def _slugged(customs: Customs, name: str, kind: str = "") -> str:
    return slugify(
        name,
        substitutions(customs, kind),
        preserve_case=is_on(customs, "SLUGIFY_PRESERVE_CASE"),
        use_unicode=is_on(customs, "SLUGIFY_USE_UNICODE"),
    )
