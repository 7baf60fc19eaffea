"""What Jekyll adds to the front matter of a post: defaults, categories of folders, dates in its own reading."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from feeds.content.dialects.below import FILES, files_below
from feeds.content.dialects.jekyll_site import DATED, DRAFTS, POSTS, base, from_root, kind_of, matches
from feeds.content.dialects.jekyll_slugs import titleize
from feeds.content.fields import text
from feeds.model.customs import Customs
from feeds.model.source import Source, Value

#: A time to the second without a zone: YAML has it in UTC, and so has Jekyll, whatever its ``timezone``.
_NAIVE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?")

#: A year that stands between time and zone, as git writes it: Ruby passes it over.
_YEAR_BETWEEN = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{2}:\d{2}) \d{4} ([+-]\d{4})")

_DATES = ("date", "updated", "last_modified_at", "last-modified-at", "modified", "lastmod")
_FILES = (
    *FILES,
    *("teaser", "picture", "feature_image", "feature-img", "featured-image", "featured-img"),
    *("cover-img", "share-img", "thumbnail-img"),
)

#: Two digits of a year before this one are of our century, as Ruby has it.
_OLDEST_SHORT_YEAR = 69


def fields(source: Source, customs: Customs) -> Source:
    """Return the post with everything that the site's files and its path say of it, as Jekyll merges them.

    ``categories`` become a list: of the folders above ``_posts``, of defaults,
    and of ``categories`` and ``category``; a name may be a map with its ``name``
    and how it is ``written``.  So do ``tags``.  A title is made from the file's
    name where there is none.
    """
    merged = as_written(source, customs)
    if customs:
        _author(merged, customs)
        merged.update(files_below(base(customs), merged, _FILES))
    return replace(source, fields=merged)


def as_written(source: Source, customs: Customs) -> dict[str, Value]:
    """Return the same with the keys of authors and the paths of files as they are written: so templates see them."""
    path = from_root(str(source.path), customs)
    defaults = _defaults(path, customs)
    merged: dict[str, Value] = {**defaults, **source.fields}
    found = [_folders(path), *(_several(given.get("categories", "")) for given in (defaults, source.fields))]
    categories = dict.fromkeys(chain(*found, _one(merged.get("category", ""))))
    if categories:
        merged["categories"] = [_name(name) for name in categories]
    if tags := [*_one(merged.get("tag", ""))] or [*_several(merged.get("tags", ""))]:
        merged["tags"] = [_name(name) for name in tags]
    _date(merged, source.path.stem)
    if not text(merged.get("title", "")):
        merged["title"] = titleize(slug_of(source.path.stem))
    return merged


def slug_of(stem: str) -> str:
    """Return what stands behind the date in the name of a post; without a date, the name."""
    dated = DATED.fullmatch(stem)
    return (dated[4] if dated else stem).rstrip(".")


def dated_by(stem: str) -> str:
    """Return the day that the name of a post begins with, "" for none."""
    dated = DATED.fullmatch(stem)
    return "-".join(dated.groups()[:3]) if dated else ""


def _defaults(path: str, customs: Customs) -> dict[str, Value]:
    """Return the front matter that the configuration has for a post, the most particular last."""
    if not customs.settings.get("defaults"):
        return {}
    fitting = sorted(_fitting(path, customs), key=lambda found: found[0])
    return {key.lower(): value for _, values in fitting for key, value in values.items()}


def _fitting(path: str, customs: Customs) -> Iterator[tuple[tuple[int, bool], Mapping[str, Value]]]:
    listed = customs.settings.get("defaults", "")
    for default in listed if isinstance(listed, list) else ():
        values = default.get("values", "") if isinstance(default, dict) else ""
        scope = default.get("scope", "") if isinstance(default, dict) else ""
        if not isinstance(values, dict):
            continue
        scope = scope if isinstance(scope, dict) else {}
        folder, kind = text(scope.get("path", "")).strip("/"), text(scope.get("type", ""))
        if kind and kind.rstrip("s") != kind_of(path).rstrip("s"):
            continue
        if not folder or (matches(path, folder) if "*" in folder else path.startswith(folder)):
            yield (len(folder), bool(kind)), values


def _folders(path: str) -> list[str]:
    """Return the folders above ``_posts`` or ``_drafts``, each a category."""
    parts = path.split("/")
    place = next((parts.index(folder) for folder in (POSTS, DRAFTS) if folder in parts), 0)
    return parts[:place]


def _several(value: Value) -> Iterator[str]:
    """Yield the names of a plural key: a text is split at blanks."""
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, list):
        yield from map(text, value)


def _one(value: Value) -> Iterator[str]:
    """Yield the names of a singular key: a text is one, whatever is in it."""
    yield from filter(None, map(text, value) if isinstance(value, list) else (text(value),))


def _name(written: str) -> Value:
    """Return a name without the comma that authors put where Jekyll splits at blanks alone."""
    name = written.rstrip(",")
    return written if name == written or not name else {"name": name, "written": written}


def _date(merged: dict[str, Value], stem: str) -> None:
    """Give dates the zone that Jekyll reads them in, and a name with two digits of a year a date."""
    for key in _DATES:
        if written := text(merged.get(key, "")):
            if _NAIVE.fullmatch(written):
                merged[key] = f"{written} UTC"
            elif between := _YEAR_BETWEEN.fullmatch(written):
                merged[key] = f"{between[1]} {between[2]}"
    dated = None if merged.get("date") else DATED.fullmatch(stem)
    if dated and len(dated[1]) == 2:
        century = 2000 if int(dated[1]) < _OLDEST_SHORT_YEAR else 1900
        merged["date"] = f"{century + int(dated[1])}-{dated[2]}-{dated[3]}"


def _author(merged: dict[str, Value], customs: Customs) -> None:
    """Put in place of keys of ``_data/authors.yml``, or of ``authors`` in the configuration, what stands there."""
    known = _authors(customs)
    for key in ("author", "authors") if known else ():
        value = merged.get(key, "")
        if isinstance(value, str) and text(value) in known:
            merged[key] = known[text(value)]
        elif isinstance(value, list):
            merged[key] = [known.get(item, item) if isinstance(item, str) else item for item in value]


def _authors(customs: Customs) -> Mapping[str, Value]:
    data = (value for name, value in customs.data.items() if name.startswith("_data/"))
    several = (*data, customs.settings.get("authors"))
    return next((found for found in several if isinstance(found, dict)), {})
