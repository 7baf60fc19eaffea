"""Permanent ids: the same on every machine, and never the business of a neighbour."""

import hashlib
import re
import uuid
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from feeds.content.permalink import stem

_MAX_LENGTH = 2000
_SPECIFIC = "%/:@!$&'()*+,;=~?"
_URI = "%/:@!$&'()*+,;=~?#[]"
_SCHEME = re.compile(r"(?:https?|tag|urn|info|doi|did|at|ipfs|ark|hdl|nostr):\S", re.IGNORECASE)
_TAG = re.compile(r"tag:[\w.@-]+,\d{4}(?:-(?:0\d|1[0-2])(?:-(?:[0-2]\d|3[01]))?)?:\S*", re.IGNORECASE | re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
#: What of an absolute URL stands behind its host and before its fragment, without its first slash.
_BEHIND_HOST = re.compile(r"[^:/?#]*://[^/?#]*/?([^?#]*(?:\?[^#]+)?)")
#: What is its own escaped form.
_PLAIN = re.compile(rf"[\w.\-{re.escape(_SPECIFIC.replace('%', ''))}]*", re.ASCII)
_NOT_IN_WORDS = re.compile(r"[\W_]+")
_PAGE = re.compile(r"\.(?:html?|php|xhtml)$", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[-_ ]+")


def explicit(text: str) -> str:
    """Return the id that an author wrote, as a URI: a UUID as ``urn:uuid:``, a URI as it is.

    Returns "" for anything else: a number or a slug does not identify a post
    among all others in the world, and Atom (RFC 4287, 4.2.6) asks for an IRI.
    """
    text = text.strip()
    if _UUID.fullmatch(text):
        return uuid.UUID(text).urn
    if len(text) > _MAX_LENGTH or not _SCHEME.match(text) or len(text.split()) > 1:
        return ""
    return quote(_LONE_PERCENT.sub("%25", text), safe=_URI) if _is_whole(text) else ""


def _is_whole(uri: str) -> bool:
    scheme = uri.partition(":")[0].lower()
    if scheme == "tag":
        return _TAG.fullmatch(uri) is not None
    try:
        return not scheme.startswith("http") or bool(urlsplit(uri).hostname)
    except ValueError:
        return False


def mint(authority: str, published: datetime, url: str, path: PurePosixPath) -> str:
    """Make the id of a new post: a tag URI (RFC 4151) of its host, its UTC date and its first link.

    A link need not be unique where it is made from a title.  So where it does
    not name the file ``path``, a short digest of the path is part of the id.
    """
    if _names(url, path):
        return _tag(authority, published, url)
    return second_mint(authority, published, url, path)


def second_mint(authority: str, published: datetime, url: str, path: PurePosixPath, count: int = 0) -> str:
    """Make the id that tells ``path`` from another file with the same link and date.

    ``count`` gives others, for when a file that once had this path bears it.
    """
    name = f"{path}\0{count}" if count else str(path)
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{_tag(authority, published, url)};{digest[:8]}"


def _tag(authority: str, published: datetime, url: str) -> str:
    specific = _behind_host(url)
    if not _PLAIN.fullmatch(specific):
        written = quote(_LONE_PERCENT.sub("%25", specific), safe=_SPECIFIC)
        # Upper case is the canonical form of an escape (RFC 3986, 6.2.2.1).
        specific = _ESCAPE.sub(lambda escape: escape[0].upper(), written)
    return f"tag:{authority.lower().partition(':')[0]},{published.date().isoformat()}:{specific}"


def _names(url: str, path: PurePosixPath) -> bool:
    """Tell whether ``url`` names the file: the same letters and digits in the same order."""
    page = unquote(_behind_host(url).partition("?")[0]).rstrip("/").rpartition("/")[2]
    letters, name = _letters(_PAGE.sub("", page)), stem(path)
    if not letters:
        return False
    return letters == _letters(name) or (_DATE.search(name) is not None and letters == _letters(_DATE.sub("", name, 1)))


def _behind_host(url: str) -> str:
    behind = _BEHIND_HOST.match(url)
    return behind[1] if behind else url


def _letters(name: str) -> str:
    # What is between most words goes faster without a pattern.
    return _NOT_IN_WORDS.sub("", name.casefold().replace("-", "").replace("_", ""))
