"""What Pelican makes of the metadata of an article, and what it adds to it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feeds.content.dialects.pelican_site import is_on, setting, source_path
from feeds.content.dialects.pelican_slugs import pattern
from feeds.content.fields import text
from feeds.content.markdown import render
from feeds.content.markup import is_markdown
from feeds.content.text import plain
from feeds.model.customs import Customs
from feeds.model.source import Source, Value

_LISTS = frozenset({"tags", "authors", "keywords"})
_ONE = frozenset({"author", "category"})
_STATUS = frozenset({"", "published", "draft", "hidden"})
_LINK = re.compile(r"[{|](?:filename|static|attach|category|tag|author|index)[}|]")
_MARKED = re.compile(r"[*_`\[<&\\]")
_STATIC = ("{static}", "{attach}", "{filename}", "|static|", "|attach|", "|filename|")


def fields(source: Source, customs: Customs) -> Source:
    """Add what paths and settings say; cut lists as Pelican does: at semicolons, else at commas."""
    found = _from_path(source.path, customs)
    found |= {key: _read(key, value, source.path, customs) for key, value in source.fields.items()}
    if "summary" in source.fields:
        found["summary"] = _summary(source.fields["summary"], source.path)
    if "category" not in found:
        found |= _category(source.path, customs)
    if not ({"author", "authors"} & found.keys()) and setting(customs, "AUTHOR"):
        found["authors"] = [setting(customs, "AUTHOR")]
    return replace(source, fields=found)


def _summary(value: Value, path: PurePosixPath) -> Value:
    """Return a summary as the text that a reader sees: in Markdown, Pelican renders it like a body."""
    if not isinstance(value, str) or not is_markdown(path.suffix):
        return value
    written = _LINK.sub("", value)
    return text(plain(render(written))) if _MARKED.search(written) else written


def is_known(status: str) -> bool:
    """Tell whether Pelican knows a status; an article with another one is not published."""
    return status.lower() in _STATUS


def _read(key: str, value: Value, path: PurePosixPath, customs: Customs) -> Value:
    if not isinstance(value, str):
        return value
    if key in _LISTS:
        return [part.strip() for part in value.replace("\n", ",").split(";" if ";" in value else ",") if part.strip()]
    if key in _ONE:
        return [text(value)] if value.strip() else ""
    mark = next((mark for mark in _STATIC if value.startswith(mark)), "")
    return _static(value.removeprefix(mark), path, customs) if mark else value


def _static(target: str, path: PurePosixPath, customs: Customs) -> str:
    """Return the address of a file, from the host on."""
    inner = source_path(path, customs) or path
    whole = target.lstrip("/") if target.startswith("/") else (inner.parent / target).as_posix()
    return f"{urlsplit(setting(customs, 'SITEURL')).path.rstrip('/')}/{whole}"


def _category(path: PurePosixPath, customs: Customs) -> Mapping[str, Value]:
    """Return the category of an article that names none: its folder, else that of the settings.

    Pelican's own default is used where the settings are known: else its place
    in the site may be deeper than it seems.
    """
    inner = source_path(path, customs) or path
    if is_on(customs, "USE_FOLDER_AS_CATEGORY") and inner.parent.name:
        return {"category": [inner.parent.name]}
    default = setting(customs, "DEFAULT_CATEGORY") if customs.settings else ""
    return {"category": [default]} if default else {}


def _from_path(path: PurePosixPath, customs: Customs) -> dict[str, Value]:
    """Return what FILENAME_METADATA and PATH_METADATA find in the name and the path of a file."""
    inner = source_path(path, customs) or path
    found: dict[str, Value] = {}
    for name, written in (("FILENAME_METADATA", path.stem), ("PATH_METADATA", inner.as_posix())):
        expression = pattern(setting(customs, name))
        match = expression.match(written) if expression else None
        for key, value in match.groupdict().items() if match else ():
            if value is not None and key.lower() not in found:
                found[key.lower()] = value
    return found
