"""What Hugo knows of a page beside its own front matter: from the sections above it, its path, the site's data."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.content.dates import date_from_name, parse_date
from feeds.content.dialects.hugo_config import lowered, table, texts
from feeds.content.dialects.hugo_site import HugoSite, Place, hugo_site
from feeds.content.fields import HIDING, text
from feeds.content.once import once
from feeds.content.taxonomies import terms
from feeds.model.customs import Customs
from feeds.model.source import Source, Value

#: The date of the page for its address, where it is published under another.
PAGE_DATE = "hugo date"

_DATES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "lastmod": ("lastmod", "modified", "date", "publishdate", "pubdate", "published"),
    "publishdate": ("publishdate", "pubdate", "published", "date"),
    "expirydate": ("expirydate", "unpublishdate"),
}
_NOT_PARAMS = HIDING | {"date", "publishdate", "expirydate", "lastmod", "url", "slug"}
_AUTHORS = ("authors", "author")
_PICTURES = ("images", "image", "featured_image", "featuredimage", "cover")
_COVERS = frozenset({"cover", "featured", "feature", "featured-image", "header", "hero", "thumbnail", "image"})
_UTC = ZoneInfo("UTC")
_BRACES = re.compile(r"\{([^{}]*)\}")


def fields(source: Source, customs: Customs) -> Source:
    """Return ``source`` with all that its page has, as Hugo sees it."""
    site = hugo_site(customs)
    place = site.place(str(source.path))
    found = {**_inherited(site, place), **_params(source.fields), **source.fields}
    found |= terms(texts([*table(site.default.settings.get("taxonomies", {})).values()]), found)
    found |= _dates(site, place, found)
    found |= _authors(customs, found)
    found |= _picture(customs, place, found)
    if place.tongue.tag:
        found["lang"] = place.tongue.tag
    return source if found == source.fields else replace(source, fields=found)


def _params(own: Mapping[str, Value]) -> dict[str, Value]:
    params = own.get("params", {})
    if not isinstance(params, dict):
        return {}
    return {key.lower(): value for key, value in params.items() if key.lower() not in _NOT_PARAMS}


def _inherited(site: HugoSite, place: Place) -> dict[str, Value]:
    """Return what the sections above the page and the configuration cascade to it; the nearest wins."""
    found: dict[str, Value] = {}
    for said in (*site.above(place), place.tongue.settings):
        cascade = said.get("cascade", [])
        for one in cascade if isinstance(cascade, list) else [cascade]:
            values = table(lowered(one))
            target = table(values.get("_target") or values.get("target") or {})
            if values and is_meant(target, place):
                for key, value in {**values, **_params(values)}.items():
                    found.setdefault(key, value)
    return {key: value for key, value in found.items() if key not in {"_target", "target", "params"}}


def is_meant(target: Mapping[str, Value], place: Place) -> bool:
    """Tell whether a ``target``, as of cascades and permalinks, takes in the page at ``place``."""
    path = "/" + "/".join((*place.folders, place.name)).lower()
    patterns = list(texts(target.get("path", [])))
    if patterns and not any(_glob(pattern).fullmatch(path) for pattern in patterns):
        return False
    kinds, languages = list(texts(target.get("kind", []))), list(texts(target.get("lang", [])))
    return _fits(kinds, "page") and _fits(languages, place.tongue.code)


def _fits(patterns: list[str], name: str) -> bool:
    return not patterns or any(_glob(pattern).fullmatch(name) for pattern in patterns)


@lru_cache(maxsize=256)
def _glob(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of paths: ``*`` within a folder, ``**`` over folders, ``{a,b}`` one of several."""
    several = _BRACES.search(pattern)
    if several:
        start, end = pattern[: several.start()], pattern[several.end() :]
        return re.compile("|".join(_glob(f"{start}{part}{end}").pattern for part in several[1].split(",")))
    parts = re.split(r"(\*\*|\*|\?)", pattern.lower())
    signs = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts))


def _dates(site: HugoSite, place: Place, found: Mapping[str, Value]) -> dict[str, Value]:
    """Return the dates by the site's own order of keys; where a page is out before its date, the day it came out."""
    more: dict[str, Value] = {}
    for name, order in _order(site).items():
        for key in order:
            if key == ":filename":
                more |= _named(place, name, found)
            elif not key.startswith(":") and text(found.get(key, "")):
                more[name] = found[key]
            if name in more:
                break
    date, out = (text(more.get(key) or found.get(key, "")) for key in ("date", "publishdate"))
    if date and out and date != out and _is_later(date, out):
        more |= {"date": out, PAGE_DATE: date}
    return more


def _named(place: Place, name: str, found: Mapping[str, Value]) -> dict[str, Value]:
    moment, rest = date_from_name(place.name, timezone=_UTC)
    if moment is None:
        return {}
    named: dict[str, Value] = {name: f"{moment:%Y-%m-%d}"}
    return named if found.get("slug") or not rest else {**named, "slug": rest}


def _is_later(one: str, other: str) -> bool:
    first, second = (parse_date(written, formats=(), timezone=_UTC) for written in (one, other))
    return isinstance(first, datetime) and isinstance(second, datetime) and first > second


def _order(site: HugoSite) -> Mapping[str, tuple[str, ...]]:
    """Return the keys, in their order, for each date that the site has an order of its own for."""
    own = table(site.default.settings.get("frontmatter", {}))
    return {name: tuple(_expanded(name, own[name])) for name in _DATES if name in own}


def _expanded(name: str, written: Value) -> Iterator[str]:
    for key in texts(written):
        if key.lower() == ":default":
            yield from _DATES[name]
        else:
            yield key.lower()


def _authors(customs: Customs, found: Mapping[str, Value]) -> dict[str, Value]:
    """Return the authors whom the post names by their keys in the site's data, as they are there."""
    people = _people(customs)
    for key in _AUTHORS if people else ():
        value = found.get(key)
        names = [value] if isinstance(value, str) else value
        if isinstance(names, list) and any(_known(people, name) for name in names):
            return {"authors": [_known(people, name) or name for name in names]}
    return {}


def _known(people: Mapping[str, Value], name: Value) -> Value:
    return people.get(text(name).lower().replace(" ", "-"), "") if isinstance(name, str) else ""


@once
def _people(customs: Customs) -> Mapping[str, Value]:
    """Return who is known of authors: ``data/authors.yaml``, ``data/authors/KEY.yaml``, ``authors/KEY/_index.md``."""
    people: dict[str, Value] = {}
    for (folder, _), said in hugo_site(customs).sections.items():
        parent, _, key = folder.rpartition("/")
        if parent.lower() in _AUTHORS and said.get("title"):
            people.setdefault(key.lower(), {"name": said["title"]})
    for path, held in customs.data.items():
        folder, _, name = path.rpartition("/")
        if folder == "data/authors":
            people[name.partition(".")[0].lower()] = held
        elif folder == "data":
            people |= {key.lower(): value for key, value in table(held).items()}
    return people


def _picture(customs: Customs, place: Place, found: Mapping[str, Value]) -> dict[str, Value]:
    """Return the pictures of a page without files of its own as Hugo addresses them: from the root of the site."""
    if place.bundle:
        return _resource(found)
    root = urlsplit(text(customs.settings.get("baseurl", ""))).path.rstrip("/")
    more: dict[str, Value] = {}
    for key in _PICTURES:
        value = found.get(key, "")
        if isinstance(value, dict) and "image" in value:
            more[key] = {**value, "image": _from_root(root, text(value["image"]))}
        elif names := list(texts(value)):
            more[key] = _from_root(root, names[0])
    return more


def _from_root(root: str, name: str) -> str:
    return name if name.startswith(("/", "http:", "https:", ".", "{")) else f"{root}/{name}"


def _resource(found: Mapping[str, Value]) -> dict[str, Value]:
    resources = found.get("resources", [])
    for one in resources if isinstance(resources, list) and not (found.get("images") or found.get("image")) else ():
        known = {key.lower(): value for key, value in one.items()} if isinstance(one, dict) else {}
        source = text(known.get("src", ""))
        if text(known.get("name", "")).lower() in _COVERS and source and "*" not in source:
            return {"image": source}
    return {}
