"""Astro: collections below ``src/content``, pages below ``src/pages``, MDX."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from feeds.content import admonitions, link, mdx, template_marks
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.dialects.people import with_people
from feeds.content.fields import text
from feeds.content.javascript import literals
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.content.reading import Reading
from feeds.content.structured import structured
from feeds.content.timing import is_dated
from feeds.model.customs import Customs, Facts
from feeds.model.source import Source, Value

_EXTENSIONS = (".md", ".mdx", ".markdown")
_CONFIG_FILES = tuple(f"astro.config.{end}" for end in ("mjs", "ts", "js", "mts", "cjs"))
_HOMES = (("src", "content"), ("src", "pages"), ("src", "data"), ("content",))
_NOT_POSTS = frozenset({"readme", "changelog", "license", "contributing", "404"})
_NOT_CONTENT = frozenset(
    {"node_modules", "public", "dist", "components", "layouts", "authors", "author", "author-data"}
)
_NOT_IN_SLUGS = re.compile(r"[^\w\- ]")
_LOCALE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?", re.IGNORECASE)
_MDX = ".mdx"


def is_post(path: str) -> bool:
    """Tell whether ``path`` is an entry of a collection or a page; in the root of a site these are below ``src``."""
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")) or name.lower() in _NOT_POSTS:
        return False
    if any(folder.startswith((".", "_")) or folder.lower() in _NOT_CONTENT for folder in folders):
        return False
    return folders[:1] != ["src"] or tuple(folders[:2]) in _HOMES


def fields(source: Source, customs: Customs) -> Source:
    """Add the language of the folder, and what the data files say of authors who are named by a key."""
    found = with_people(source.fields, _people(customs)) if customs.data else dict(source.fields)
    language = _language(source.path, customs)
    if language and "lang" not in found and "language" not in found:
        found["lang"] = language
    return replace(source, fields=found)


def hidden(reading: Reading) -> str:
    """Return why an entry is no post: one without a date is a page, or describes something else."""
    return "" if is_dated(reading) else "a page without a date"


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page: its collection and its slug, unless the operator has a pattern."""
    if pattern != _PERMALINK:
        return link.on_site(reading, link.filled(reading, pattern, published))
    parts = PurePosixPath(reading.customs.prefix, reading.source.path).with_suffix("").parts
    home = next((home for home in _HOMES if parts[: len(home)] == home), ())
    parts = parts[len(home) :]
    parts = parts[:-1] if parts[-1:] == ("index",) else parts
    own = text(reading.find("slug")[1]).strip("/")
    if home == ("src", "pages"):
        path = "/".join(parts)
    elif own:
        path = "/".join((*parts[:1], own)) if len(parts) > 1 else own
    else:
        path = "/".join(map(slugged, parts))
    return link.on_site(reading, f"/{path}{_end(reading.customs)}")


def body(passage: Passage) -> str:
    """Return the body without the components, expressions and imports of MDX."""
    written = passage.source.body
    if passage.source.path.suffix.lower() == _MDX:
        written = mdx.render(passage, written)
    return template_marks.render(passage, admonitions.rewrite(written))


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read a configuration as text."""
    if name.startswith("astro.config."):
        return {**literals(written), "configuration": name}
    return structured(name, written, notes)


def facts(customs: Customs) -> Facts:
    """Return what the configuration says of the site."""
    site, base = text(customs.settings.get("site", "")), text(customs.settings.get("base", ""))
    i18n = customs.settings.get("i18n", "")
    language = text(i18n.get("defaultLocale", "")) if isinstance(i18n, dict) else ""
    return Facts(url=f"{site.rstrip('/')}/{base.strip('/')}".rstrip("/") if site else "", language=language)


def slugged(part: str) -> str:
    """Return a part of a path as Astro's collections write it: lower case, without signs, hyphens for spaces."""
    return _NOT_IN_SLUGS.sub("", part.lower()).replace(" ", "-")


def _end(customs: Customs) -> str:
    build = customs.settings.get("build", "")
    if isinstance(build, dict) and build.get("format") == "file":
        return ".html"
    return "" if text(customs.settings.get("trailingSlash", "")) == "never" else "/"


def _language(path: PurePosixPath, customs: Customs) -> str:
    i18n = customs.settings.get("i18n", "")
    locales = i18n.get("locales", "") if isinstance(i18n, dict) else ""
    codes = {code.lower() for code in locales if isinstance(code, str)} if isinstance(locales, list) else set()
    return next((folder for folder in path.parent.parts if folder.lower() in codes and _LOCALE.fullmatch(folder)), "")


def _people(customs: Customs) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, data in customs.data.items():
        path = PurePosixPath(name)
        if path.parent.name in {"authors", "author"}:
            found[path.stem] = data
        elif path.stem == "authors" and isinstance(data, dict):
            found |= data
    return found


_PERMALINK = "/{folder}/{slug}/"

ASTRO = Dialect(
    name="astro",
    keys={
        **COMMON_KEYS,
        "published": (*COMMON_KEYS["published"], "pubdatetime", "datepublished"),
        "updated": (
            *COMMON_KEYS["updated"],
            "updatedate",
            "moddatetime",
            "modifieddate",
            "lastupdated",
            "datemodified",
        ),
        "picture": (*COMMON_KEYS["picture"], "ogimage", "banner", "coverimage"),
        "picture_alt": (*COMMON_KEYS["picture_alt"], "coverimagealt", "banneralt"),
        "slug": ("slug",),
    },
    permalink=_PERMALINK,
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    fields=fields,
    hidden=hidden,
    body=body,
    keeps_indented_code=mdx.keeps_indented_code,
    config_files=_CONFIG_FILES,
    data_files=tuple(
        f"src/{place}.{end}" for place in ("*/authors/*", "*/authors", "authors/*") for end in ("json", "yaml", "yml")
    ),
    read_config=read_config,
    facts=facts,
)
