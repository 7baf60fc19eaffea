"""What feeds may be called, and at which addresses they may be: as `feeds.settings.values` has its checks."""

import re
import unicodedata
from typing import Annotated, TypeAlias
from urllib.parse import unquote

from pydantic import AfterValidator

from feeds.model.alias import alias_key
from feeds.settings.advice import shown
from feeds.settings.urls import normalize_resource
from feeds.settings.values import NOT_XML, String, Texts

#: What the service itself answers, beside ``/feeds/…``.
RESERVED_PATHS = ("/", "/feeds", "/feeds.opml", "/healthz", "/readyz")

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_FEED_PAGE = re.compile(r"/feeds/(.+?)")

#: How the name of an archive document ends: in two parts, the second being a number, perhaps with a revision.
_ARCHIVE_PARTS = 2
_ARCHIVE_NUMBER = re.compile(r"[0-9]+(-[0-9a-f]+)?")


def feed_name(name: str) -> str:
    """A path below ``/feeds/`` that needs no escaping, perhaps with a placeholder."""
    normal = unicodedata.normalize("NFC", name)
    segments = _PLACEHOLDER.sub("x", normal).split("/")
    if normal != normal.lower() or not all(map(_is_segment, segments)):
        raise ValueError(
            f'{shown(name)} is not a safe path: use lower-case letters, digits, "-", "_", and "/" between the parts'
        )
    if _may_be_archive(normal.split("/")):
        raise ValueError(
            f"{shown(name)} is, or may become, the path of another feed's archive document: "
            'name the part before the number something other than "archive"'
        )
    return normal


def _may_be_archive(segments: list[str]) -> bool:
    """Tell a name like ``tv/archive/1``; a placeholder may stand for any of these parts."""
    return (
        len(segments) > _ARCHIVE_PARTS
        and _PLACEHOLDER.sub("archive", segments[-2]) == "archive"
        and _ARCHIVE_NUMBER.fullmatch(_PLACEHOLDER.sub("1", segments[-1])) is not None
    )


def _is_segment(text: str) -> bool:
    """Letters, marks, numbers, and the two signs; never empty."""
    return bool(text) and all(sign in "-_" or unicodedata.category(sign)[0] in "LMN" for sign in text)


def alias(address: str) -> str:
    """An absolute path, perhaps with a query, at which the service answers nothing else; its percent codes are read."""
    path, mark, query = address.partition("?")
    path = unquote(path)
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f'{shown(address)} must start with one "/"')
    if any(sign in path + query for sign in "#\\") or NOT_XML.search(path + query) or len(address.split()) > 1:
        raise ValueError(f'{shown(address)} must be a path, perhaps with a query, without spaces, "#" or "\\"')
    if not query and (alias_key(path) in RESERVED_PATHS or _is_feed_page(path)):
        raise ValueError(f"{shown(address)} is a path of the service itself: choose another")
    return f"{path}?{query}" if mark and query else path


def _is_feed_page(path: str) -> bool:
    """Tell whether the path is that of a feed without any format."""
    name = _FEED_PAGE.fullmatch(path)
    return name is not None and all(map(_is_segment, _PLACEHOLDER.sub("x", name[1]).split("/")))


def moved_to(url: str) -> str:
    """An absolute URL in its one spelling, perhaps with placeholders; or none."""
    placeholders = _PLACEHOLDER.findall(url)
    for place, placeholder in enumerate(placeholders):
        url = url.replace(placeholder, f"placeholder{place}x", 1)
    normal = normalize_resource(url) if url else ""
    for place, placeholder in enumerate(placeholders):
        normal = normal.replace(f"placeholder{place}x", placeholder, 1)
    return normal


_Alias: TypeAlias = Annotated[String, AfterValidator(alias)]

FeedName: TypeAlias = Annotated[String, AfterValidator(feed_name)]
Aliases: TypeAlias = Annotated[tuple[_Alias, ...], Texts]
MovedTo: TypeAlias = Annotated[String, AfterValidator(moved_to)]
