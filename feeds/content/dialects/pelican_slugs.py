"""Slugs as Pelican makes them, and the patterns of its own that its configuration holds."""

import re
import unicodedata
from functools import lru_cache

from text_unidecode import unidecode

from feeds.content.tags import without_comments
from feeds.model.customs import Customs
from feeds.model.source import Value

Substitutions = tuple[tuple[str, str], ...]

_DEFAULT: Substitutions = ((r"[^\w\s-]", ""), (r"\A\s*", ""), (r"\s*\Z", ""), (r"[-\s]+", "-"))
_TAG = re.compile(r"<[^<>]*>")
#: What may take a regular expression more than its share of time: repeated groups, and what looks back.
_COSTLY = re.compile(r"\)\s*(?:[*+]|\{\d)|\\\d|\(\?P=|\(\?\(")
_LONGEST = 500


@lru_cache(maxsize=8192)
def slugify(text: str, substitutions: Substitutions, *, preserve_case: bool = False, use_unicode: bool = False) -> str:
    """Return ``text`` as it stands in an address: in ASCII, without what the ``substitutions`` replace."""
    value = unicodedata.normalize("NFKC", _TAG.sub("", without_comments(text[:_LONGEST])))
    value = value if use_unicode else unidecode(value)
    for pattern, by in substitutions:
        value = re.sub(pattern, by, value, flags=re.IGNORECASE)
    return (value if preserve_case else value.lower()).strip()


def substitutions(customs: Customs, kind: str = "") -> Substitutions:
    """Return those of the configuration, for the slugs of posts or of another ``kind`` (``CATEGORY``, …)."""
    for name in (f"{kind}_REGEX_SUBSTITUTIONS", "SLUG_REGEX_SUBSTITUTIONS") if kind else ("SLUG_REGEX_SUBSTITUTIONS",):
        pairs = customs.settings.get(name)
        if isinstance(pairs, list):
            return tuple(found for pair in pairs if (found := _substitution(pair)))
    return _DEFAULT


def pattern(written: Value) -> re.Pattern[str] | None:
    """Return a regular expression of the configuration; None for none, and for what could take all day."""
    if not isinstance(written, str) or not written or _COSTLY.search(written):
        return None
    try:
        return re.compile(written, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):
        return None


def _substitution(pair: Value) -> tuple[str, str] | None:
    if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], str):
        return None
    compiled = pattern(pair[0])
    return (compiled.pattern, pair[1]) if compiled and not re.search(r"\\[\dg]", pair[1]) else None
