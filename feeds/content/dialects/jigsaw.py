"""Jigsaw, by Tighten: collections in folders that begin with an underscore."""

import re
from datetime import datetime
from pathlib import PurePosixPath

from feeds.content import link, text
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.permalink import stem
from feeds.content.reading import Reading
from feeds.content.transliterate import transliterate

_EXTENSIONS = (".md", ".markdown")
_NOT_COLLECTIONS = frozenset(
    {
        *("_assets", "_categories", "_components", "_config", "_data", "_includes", "_layouts", "_nav", "_pages"),
        *("_partials", "_tags", "_templates", "_tests"),
    }
)
_FENCED_CODE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def is_post(path: str) -> bool:
    """Tell whether ``path`` is an item of a collection: ``_posts/x.md``, ``_posts/2020/x.md``.

    Where the content directory is itself a collection, files stand at its top.
    """
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")) or "/." in path or path.startswith("."):
        return False
    collection = next((folder for folder in folders if folder.startswith("_")), None)
    return not folders if collection is None else collection.lower() not in _NOT_COLLECTIONS


def category_page(path: str) -> str | None:
    """Return ``SLUG`` of ``_categories/SLUG.md``, None for any other file."""
    folders, name, extension = split(path)
    if folders[-1:] != ["_categories"] or extension not in _EXTENSIONS or name.startswith((".", "_")):
        return None
    return text.slug(stem(PurePosixPath(path))) or None


def keeps_indented_code(body: str) -> bool:
    """Tell whether an indented line is code: only where the author fences code too; else it is prose."""
    return _FENCED_CODE.search(body) is not None


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page."""
    return link.on_site(reading, spell(link.filled(reading, pattern, published)))


def spell(path: str) -> str:
    """Write a finished path as Jigsaw does: in ASCII, without slash or dot at its end."""
    return "/" + transliterate(path).lstrip(" \\/").rstrip(" .\\/")


JIGSAW = Dialect(
    name="jigsaw",
    keys=COMMON_KEYS,
    date_formats=("%Y-%m-%d-%H-%M-%S",),
    permalink="/{-collection}/{-filename}",
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    category_page=category_page,
    keeps_indented_code=keeps_indented_code,
)
