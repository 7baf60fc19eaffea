"""The names on a post: its categories and tags, its authors, its language."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from feeds.content import text
from feeds.content.absolutize import absolute
from feeds.content.dialects.dialect import SINGULAR
from feeds.content.fields import find, named, names
from feeds.content.fields import text as one_line
from feeds.content.reading import Reading
from feeds.model.post import Author, Term
from feeds.model.source import Value

_LONGEST = 200
_LONGEST_LANGUAGE = 35
_MOST = 100
_LANGUAGE = re.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?((?:[-_](?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)", re.IGNORECASE
)


#: The longest slug in bytes: with an extension it is still the name of a file, on any file system.
_LONGEST_SLUG = 200


def terms(reading: Reading, kind: str, meaning: str) -> tuple[Term, ...]:
    """Read the categories or tags: each slug once, under the name that comes first."""
    key, value = reading.find(meaning)
    if not key:
        return ()
    found: dict[str, Term] = {}
    for name in names(value, separators="" if key in SINGULAR else ","):
        label = reading.plain(key, name, _LONGEST)
        term = _term(kind, label)
        if len(found) == _MOST:
            reading.warn("too-many", key, f"more than {_MOST} names in {key}: the rest is left out.", "Give fewer.")
            break
        if term.slug:
            before = found.setdefault(term.slug, term)
            if before is not term and before.label.casefold() != label.casefold():
                reading.warn(
                    "slug-shared",
                    key,
                    f'the {kind} "{label}" has the same slug as "{before.label}": they are one.',
                    "Use names that differ in letters or digits.",
                )
        else:
            reading.warn("name-empty", key, f'the {kind} "{label or name}" has no letters: left out.', "Rename it.")
    return tuple(found.values())


@lru_cache(maxsize=4096)
def _term(kind: str, label: str) -> Term:
    """Return the term that a name stands for: a site has few and puts them on many posts."""
    return Term(kind=kind, slug=_slug(label), label=label)


@lru_cache(maxsize=4096)
def _slug(name: str) -> str:
    whole = text.slug(name).encode()
    return whole[:_LONGEST_SLUG].decode(errors="ignore").rstrip("-")


def authors(reading: Reading) -> tuple[Author, ...]:
    """Read the authors: each name once, without the e-mail address that may stand beside it."""
    key, value = reading.find("authors")
    if not key:
        return ()
    found: dict[str, Author] = {}
    for written, url in islice(_people(value), _MOST):
        name = reading.plain(key, _without_mail(written), _LONGEST)
        if name:
            page = (absolute(url, reading.site.url) if url else None) or ""
            found.setdefault(name, Author(name=name, url=page, slug=_slug(name)))
    return tuple(found.values())


def _people(value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield named(value), one_line(find(value, ("url", "link", "website", "web", "homepage", "uri"))[1])
    elif isinstance(value, list):
        for item in value:
            yield from ((name, "") for name in names(item)) if isinstance(item, str) else _people(item)
    else:
        # Plain first: an entity ends in a semicolon.
        plain = text.plain(_without_mail(value))
        yield from ((name, "") for name in names(plain, separators=";,"))


def _without_mail(written: str) -> str:
    return " ".join(word for word in written.replace("<", " <").split() if not _is_mail(word))


def _is_mail(word: str) -> bool:
    name, _, host = word.strip("<>()[],;").partition("@")
    return bool(name) and "." in host


def language(reading: Reading) -> str:
    """Return the language as a BCP 47 tag (``en_us`` is en-US), "" where none is given."""
    key, value = reading.find("language")
    if not key:
        return ""
    match = _LANGUAGE.fullmatch(one_line(value)[: _LONGEST_LANGUAGE + 1])
    if match is None or len(match[0]) > _LONGEST_LANGUAGE:
        reading.warn(
            "language", key, f'"{one_line(value)[:_LONGEST]}" is not a language tag: left out.', "Write en or en-GB."
        )
        return ""
    language, script, region, variants = match.groups()
    parts = (language.lower(), (script or "").title(), (region or "").upper())
    return "-".join(filter(None, parts)) + variants.lower().replace("_", "-")
