"""What Hexo adds to the front matter of a post: categories inside each other, a date from the file's name."""

from collections.abc import Mapping
from dataclasses import replace

from feeds.content.dialects.hexo_site import cased, parsed_name, root, slugize
from feeds.content.fields import text
from feeds.model.customs import Customs
from feeds.model.source import Source, Value

_PICTURES = ("cover", "image", "thumbnail", "banner", "index_img", "banner_img", "top_img", "photo")


def fields(source: Source, customs: Customs) -> Source:
    """Return the post with its categories and tags as Hexo has them, and the date that its name may tell.

    Categories are written with those that they are in: "Food", "Food/Tea".  A
    text is one name, whatever is in it.
    """
    own = source.fields
    merged: dict[str, Value] = {**own}
    if categories := _paths(own.get("categories", "") or own.get("category", "")):
        merged["categories"] = [{"name": "/".join(path)} for path in categories]
    tags = own.get("tags", "") or own.get("tag", "")
    if isinstance(tags, str) and text(tags):
        merged["tags"] = [text(tags)]
    if not text(own.get("date", "")) and (day := _day(parsed_name(str(source.path), customs))):
        merged["date"] = day
    if below := root(customs):
        merged |= {key: below + picture for key in _PICTURES if (picture := _from_top(merged.get(key, "")))}
    return replace(source, fields=merged)


def _from_top(value: Value) -> str:
    """Return the address of a picture that begins at the top of the site, "" for any other."""
    return value if isinstance(value, str) and value.startswith("/") and not value.startswith("//") else ""


def last_category(own: Mapping[str, Value], customs: Customs) -> str:
    """Return the slug of the last category with those that it is in, else that of the default one."""
    paths = _paths(own.get("categories", ""))
    if not paths:
        return text(customs.settings.get("default_category", "")) or "uncategorized"
    mapped = customs.settings.get("category_map", "")
    names = mapped if isinstance(mapped, dict) else {}
    return "/".join(cased(slugize(text(names.get(name, "")) or name), customs) for name in paths[-1])


def _paths(value: Value) -> list[tuple[str, ...]]:
    """Return every category as its path from the top: a list is one path, a list with lists in it several.

    What was made of these before is read again.
    """
    if isinstance(value, str):
        return [(text(value),)] if text(value) else []
    if isinstance(value, dict):
        return []
    if all(isinstance(item, dict) for item in value):
        return [tuple(text(item.get("name", "")).split("/")) for item in value if isinstance(item, dict)]
    several = any(isinstance(item, list) for item in value)
    paths: dict[tuple[str, ...], None] = {}
    for path in [_names(item) for item in value] if several else [_names(value)]:
        paths |= dict.fromkeys(path[: length + 1] for length in range(len(path)))
    return list(paths)


def _names(value: Value) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(filter(None, map(text, items)))


def _day(name: Mapping[str, str]) -> str:
    month, day = name.get("month") or name.get("i_month"), name.get("day") or name.get("i_day")
    return f"{name['year']}-{month}-{day}" if name.get("year") and month and day else ""
