"""Jigsaw, by Tighten: collections in folders that begin with an underscore, Blade in files that say so."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from feeds.content import link, template_marks, text
from feeds.content.dialects import jigsaw_blade
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.fields import text as one_line
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.content.permalink import stem
from feeds.content.php import returned
from feeds.content.reading import Reading
from feeds.content.structured import structured
from feeds.content.transliterate import transliterate
from feeds.model.customs import Customs, Facts
from feeds.model.source import Value

_EXTENSIONS = (".md", ".markdown")
_NOT_COLLECTIONS = frozenset(
    {
        *("_assets", "_categories", "_components", "_config", "_data", "_includes", "_layouts", "_nav", "_pages"),
        *("_partials", "_tags", "_templates", "_tests"),
    }
)
_BLADE = re.compile(r"\.blade\.\w+$", re.IGNORECASE)
#: A path that is a function; in front of it on its line nothing begins a comment.
_FUNCTION = re.compile(
    r"""^(?:[^\n#*/]|/(?![/*]))*?["']path["']\s*=>\s*(?:static\s+)?(?:function|fn)\b""", re.MULTILINE
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


def chosen(path: str, customs: Customs) -> bool | None:
    """Tell that a file outside of every collection is none of their items, where the root of the site is known."""
    if not customs.settings:
        return None
    outside = not any(folder.startswith("_") for folder in PurePosixPath(customs.prefix, path).parent.parts)
    return False if outside else None


def category_page(path: str) -> str | None:
    """Return ``SLUG`` of ``_categories/SLUG.md``, None for any other file."""
    if "_categories/" not in path:
        return None
    folders, name, extension = split(path)
    if folders[-1:] != ["_categories"] or extension not in _EXTENSIONS or name.startswith((".", "_")):
        return None
    return text.slug(stem(PurePosixPath(path))) or None


def keeps_indented_code(body: str) -> bool:
    """Tell whether an indented line is code: only where the author fences code too; else it is prose."""
    return _FENCED_CODE.search(body) is not None


def body(passage: Passage) -> str:
    """Return the body without Blade; in plain Markdown its marks are text, but none that readers should see."""
    if _BLADE.search(passage.source.path.name):
        return jigsaw_blade.render(passage, passage.source.body)
    return template_marks.render(passage, passage.source.body)


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read a configuration as text; paths that are functions are noted."""
    if not name.endswith(".php"):
        return structured(name, written, notes)
    if computed := _FUNCTION.search(written):
        line = written.count("\n", 0, computed.end()) + 1
        message = f"the path of a collection is a function: its posts are taken to be at {_PERMALINK}."
        notes.warn("site-file", line, message, "Set [content] permalink if they are elsewhere.", key="path")
    return returned(written)


def facts(customs: Customs) -> Facts:
    """Return what ``config.php`` says of the site."""
    said = {name: one_line(value) for name, value in customs.settings.items()}
    return Facts(
        title=said.get("siteName", "") or said.get("title", ""),
        url=said.get("baseUrl", "").rstrip("/"),
        description=said.get("siteDescription", "") or said.get("description", ""),
        language=said.get("siteLanguage", "") or said.get("locale", ""),
        author=said.get("siteAuthor", ""),
    )


def _path_of(customs: Customs, collection: str) -> str:
    """Return the pattern that the configuration gives the pages of a collection, "" for none that is written out."""
    collections = customs.settings.get("collections", "")
    found = collections.get(collection, "") if isinstance(collections, dict) else ""
    path = found.get("path", "") if isinstance(found, dict) else ""
    return one_line(path)


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page: by the operator's pattern, else by that of ``config.php``."""
    if pattern == _PERMALINK:
        pattern = _path_of(reading.customs, link.collection(reading)) or pattern
    return link.on_site(reading, spell(link.filled(reading, pattern, published)))


def spell(path: str) -> str:
    """Write a finished path as Jigsaw does: in ASCII, without slash or dot at its end."""
    return "/" + transliterate(path).lstrip(" \\/").rstrip(" .\\/")


_PERMALINK = "/{-collection}/{-filename}"

JIGSAW = Dialect(
    name="jigsaw",
    keys=COMMON_KEYS,
    date_formats=("%Y-%m-%d-%H-%M-%S",),
    permalink=_PERMALINK,
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    chosen=chosen,
    category_page=category_page,
    body=body,
    keeps_indented_code=keeps_indented_code,
    config_files=("config.production.php", "config.php"),
    read_config=read_config,
    facts=facts,
)
