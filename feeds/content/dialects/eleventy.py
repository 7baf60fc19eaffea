"""Eleventy: any folder, data files beside templates, permalinks that are templates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from feeds.content import link, template_marks
from feeds.content import text as texts
from feeds.content.codeblocks import fenced_spans
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.dialects.eleventy_data import (
    CONFIG_FILES,
    DATA_FILES,
    cascade,
    facts,
    home,
    input_path,
    read_config,
    under_prefix,
)
from feeds.content.dialects.eleventy_slugs import is_a_guess, slug, slugify
from feeds.content.fields import text
from feeds.content.passage import Passage
from feeds.content.reading import Reading
from feeds.content.strftime import written
from feeds.content.timing import is_dated
from feeds.model.customs import Customs
from feeds.model.source import Source, Value

_EXTENSIONS = (".md", ".markdown", ".html", ".njk", ".liquid")
_SHOWN = frozenset({"_posts", "_drafts"})
_NOT_CONTENT = frozenset({"node_modules", "public", "dist", "build", "assets", "static", "scripts", "components"})
_NOT_POSTS = frozenset(
    {
        *("readme", "changelog", "license", "contributing", "404", "feed", "rss", "atom", "sitemap", "robots"),
        *("code_of_conduct", "security", "claude", "agents"),
    }
)
#: What tags say that is nothing about a post.
_COLLECTIONS = frozenset({"post", "posts", "all", "nav", "page", "pages"})
_OF_POSTS = frozenset({"post", "posts", "blog", "article", "articles", "note", "notes", "journal"})
_DATE_WORDS = re.compile(r"(?:git )?(?:last modified|created)", re.IGNORECASE)
_DATE_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_SLASHES = re.compile(r"/{2,}")
_EXPRESSION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_QUOTED = re.compile(r"""(["'])([^"']*)\1""")
_DATE_FILTER = re.compile(r"""date(?:\s*:\s*|\(\s*)["']([^"']+)["']\)?""")
_NO_CHANGE = frozenset({"safe", "trim", "string", "escape", "relative_url", "absolute_url"})
_SLUGS: Mapping[str, Callable[[str], str]] = {"slug": slug, "slugify": slugify, "slugifystring": texts.slug}
_URLS = frozenset({"url", "htmlbaseurl"})


def is_post(path: str) -> bool:
    """Tell whether ``path`` is a template that may be a post: not one of the layouts, data or files of the site."""
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")) or name.lower() in _NOT_POSTS:
        return False
    if not folders and name.lower() == "index":
        return False
    return all(folder in _SHOWN or not folder.startswith((".", "_")) for folder in folders) and not any(
        folder.lower() in _NOT_CONTENT for folder in folders
    )


def fields(source: Source, customs: Customs) -> Source:
    """Add what the data files say; leave out dates that are words, and tags that only name collections."""
    found, given = cascade(source.path, customs)
    found |= source.fields
    date = found.get("date", "")
    if isinstance(date, str) and _DATE_WORDS.fullmatch(date.strip()):
        del found["date"]
    written_tags = found.get("tags", "")
    tags = written_tags if isinstance(written_tags, list) else [written_tags]
    names = [name for name in tags if isinstance(name, str) and name]
    if names or given:
        found["collections"] = [*given, *names]
        found["tags"] = [name for name in names if name.lower() not in _COLLECTIONS and name not in given]
    permalink = found.get("permalink", "")
    if isinstance(permalink, dict):
        found["permalink"] = permalink.get("build", "false")
    return replace(source, fields=found)


def hidden(reading: Reading) -> str:
    """Return why a template is no post: it makes pages of lists, or is a page without a date."""
    found = reading.source.fields
    if "pagination" in found:
        return "a page of lists"
    collections = {name.lower() for name in found.get("collections", ()) if isinstance(name, str)}
    return "" if is_dated(reading) or collections & _OF_POSTS else "a page without a date"


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page: by the operator's pattern, the author's permalink, or its path."""
    if pattern != _PERMALINK:
        return _on_site(reading, link.filled(reading, pattern, published))
    permalink = text(reading.source.fields.get("permalink", ""))
    if permalink and permalink.lower() not in {"true", "false"}:
        path = _filled(reading, permalink, published)
        if path is not None:
            return _on_site(reading, "/" + _as_address(path))
        advice = "Configure [content] permalink."
        reading.warn("permalink", "permalink", f'the permalink "{permalink}" cannot be filled in: left out.', advice)
    return _on_site(reading, _default(reading))


def _on_site(reading: Reading, path: str) -> str:
    return link.on_site(reading, path, home=home(reading.site.url, reading.customs))


def body(passage: Passage) -> str:
    """Return the body without Nunjucks and Liquid, but for what they say that a feed knows too."""

    def value(expression: str) -> str | None:
        return _value(passage.source.fields, expression, passage.url, prefixed=prefixed)

    def prefixed(path: str) -> str:
        return under_prefix(path, passage.site.url, passage.customs)

    return template_marks.render(passage, passage.source.body, value=value, code=fenced_spans)


def keeps_indented_code(_body: str) -> bool:
    """Tell that an indented line is no code: Eleventy leaves that rule of Markdown out."""
    return False


def _default(reading: Reading) -> str:
    """Return the path that Eleventy gives a page: folders and name, though not twice the same.

    Eleventy leaves the date in the name.  Where its configuration is not at
    hand the name stands without it, as in most sites, which set a permalink.
    """
    path = input_path(reading.source.path, reading.customs)
    name = path.name.split(".")[0] if path.name.count(".") == 1 else path.name.rpartition(".")[0]
    if not reading.customs.settings:
        name = _DATE_IN_NAME.sub("", name, count=1)
    folders = [folder for folder in path.parent.parts if folder]
    parts = folders if name == "index" or folders[-1:] == [name] else [*folders, name]
    return "/" + "".join(f"{part}/" for part in parts)


def _as_address(path: str) -> str:
    path = _SLASHES.sub("/", path.strip()).lstrip("/")
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def _filled(reading: Reading, permalink: str, published: datetime) -> str | None:
    """Return a permalink with its marks filled in, None where one is not understood."""
    path, date = input_path(reading.source.path, reading.customs), published.astimezone(reading.timezone)
    slug, stem = _slug(path), _stem(path)
    known: dict[str, Value] = {
        **reading.source.fields,
        "page.fileslug": slug,
        "page.filepathstem": f"/{path.parent.as_posix()}/{stem}".replace("/./", "/"),
        "page.date": date.isoformat(),
    }
    understood = True

    def fill(match: re.Match[str]) -> str:
        nonlocal understood
        said = _value(known, match[1], "", date)
        understood &= said is not None
        if said is not None and "slugify" in match[1] and is_a_guess(text(known.get(_first(match[1]), ""))):
            message = "how Eleventy writes some of the letters in the link is a guess."
            reading.warn("permalink", "permalink", message, "Write a permalink without them.")
        return said or ""

    filled = _EXPRESSION.sub(fill, permalink)
    return filled if understood and "{%" not in filled and "{{" not in filled else None


def _slug(path: PurePosixPath) -> str:
    name = _stem(path)
    return _DATE_IN_NAME.sub("", path.parent.name, count=1) if name == "index" and path.parent.name else name


def _stem(path: PurePosixPath) -> str:
    return _DATE_IN_NAME.sub("", path.name.rpartition(".")[0], count=1)


def _first(expression: str) -> str:
    return expression.partition("|")[0].strip().lower()


def _as_it_is(path: str) -> str:
    return path


def _value(
    known: Mapping[str, Value],
    expression: str,
    page: str,
    date: datetime | None = None,
    *,
    prefixed: Callable[[str], str] = _as_it_is,
) -> str | None:
    """Return what an expression says: a quoted text or a key, through filters that are known; None otherwise.

    ``prefixed`` is the filter ``url``.
    """
    first, *filters = (part.strip() for part in expression.split("|"))
    quoted = _QUOTED.fullmatch(first)
    if quoted:
        value = quoted[2]
    elif first == "page.url" and page:
        value = page
    else:
        found = known.get(first.lower())
        if not isinstance(found, str):
            return None
        value = found
    for written_filter in filters:
        name = re.split(r"[\s:(]", written_filter, maxsplit=1)[0].lower()
        dated = _DATE_FILTER.fullmatch(written_filter)
        if name in _SLUGS:
            value = _SLUGS[name](value)
        elif name in _URLS:
            value = prefixed(value)
        elif dated and date and "%" in dated[1]:
            value = written(date, dated[1])
        elif name not in _NO_CHANGE:
            return None
    return value


_PERMALINK = "/{folder}/{slug}/"

ELEVENTY = Dialect(
    name="eleventy",
    keys={**COMMON_KEYS, "link": ("permalink",), "slug": ("slug",)},
    permalink=_PERMALINK,
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    fields=fields,
    hidden=hidden,
    body=body,
    keeps_indented_code=keeps_indented_code,
    config_files=CONFIG_FILES,
    data_files=DATA_FILES,
    read_config=read_config,
    facts=facts,
)
