"""Slugs and titles as Jekyll makes them from names (its ``Utils.slugify`` and ``titleize_slug``)."""

import re
import unicodedata
from itertools import groupby

from feeds.content.transliterate import transliterate

_PRETTY = "._~!$&'()+,;=@"
_SPACES = re.compile(r"\s+")
_NOT_ASCII_WORDS = re.compile(r"[^A-Za-z0-9]+")
_NOT_PRETTY_ASCII = re.compile(r"[^A-Za-z0-9._~!$&'()+,;=@]+")


def slugify(text: str, mode: str = "default", *, cased: bool = False) -> str:
    """Return ``text`` with a hyphen for every run of characters that ``mode`` does not keep.

    "raw" keeps all but spaces, "default" letters, marks and digits, "pretty"
    some signs too, "ascii" letters and digits of ASCII; "latin" is "default"
    without accents; any other mode keeps everything.  Without ``cased`` it is
    in lower case.
    """
    match mode:
        case "raw":
            slug = _SPACES.sub("-", text)
        case "ascii":
            slug = _NOT_ASCII_WORDS.sub("-", text)
        case "latin":
            slug = _hyphenated(transliterate(text), "")
        case "default" | "pretty":
            slug = _hyphenated(text, _PRETTY if mode == "pretty" else "")
        case _:
            return text if cased else text.lower()
    slug = slug.removeprefix("-").removesuffix("-")
    return slug if cased else slug.lower()


def titleize(slug: str) -> str:
    """Return the title that a post without one has: each word of its slug with a capital, the rest small."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in slug.split("-")).strip()


def _hyphenated(text: str, signs: str) -> str:
    if text.isascii():
        return (_NOT_PRETTY_ASCII if signs else _NOT_ASCII_WORDS).sub("-", text)
    runs = groupby(text, key=lambda character: character in signs or _is_kept(character))
    return "".join("".join(run) if kept else "-" for kept, run in runs)


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"
