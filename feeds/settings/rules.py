"""What must hold between the keys of a configuration, beyond what each may be.

The rules read the file as it was written, so that they are checked even where
single values are wrong; what they cannot make sense of they pass over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from feeds.settings.addresses import feed_name
from feeds.settings.advice import did_you_mean, shown
from feeds.settings.conditions import broken_conditions
from feeds.settings.moves import broken_moves
from feeds.settings.podcasts import broken_podcasts
from feeds.settings.problems import KeyPath, Problem, table_name
from feeds.settings.values import TERMS

_Table: TypeAlias = Mapping[str, Any]

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

#: Placeholders that are known beside that of the feed's own ``for_each``.
_BESIDE = {"title": {"{site}"}, "description": {"{site}"}, "moved_to": {"{format}"}}


def broken_rules(document: _Table) -> Iterator[Problem]:
    """Give each place of ``document`` where a rule does not hold."""
    rules = (_repeated_formats, _repeated_names, _placeholders, _each_its_own, _only_for_each)
    for rule in rules:
        for path, message in rule(document):
            yield Problem(path=path, message=f"{table_name(_table_of(path), document)}{message}")
    yield from broken_conditions(document)
    yield from broken_moves(document)
    yield from broken_podcasts(document)


def _table_of(path: KeyPath) -> KeyPath:
    return path[:2] if path[0] == "feed" else path[:1]


def _feeds(document: _Table) -> Iterator[tuple[KeyPath, _Table]]:
    feeds = document.get("feed")
    for place, feed in enumerate(feeds if isinstance(feeds, list) else []):
        if isinstance(feed, dict):
            yield ("feed", place), feed


def _texts(value: object) -> list[str]:
    """The texts of a list, or of a text that stands for a list of one."""
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _repeated_formats(document: _Table) -> Iterator[tuple[KeyPath, str]]:
    """Each format is published once."""
    for path, table in [(("defaults",), document.get("defaults")), *_feeds(document)]:
        formats = _texts(table.get("formats")) if isinstance(table, dict) else []
        for format in sorted({format for format in formats if formats.count(format) > 1}):
            yield (*path, "formats"), f"formats names {shown(format)} more than once: keep one"


def _repeated_names(document: _Table) -> Iterator[tuple[KeyPath, str]]:
    """No two feeds are published under one name."""
    names: set[str] = set()
    for path, feed in _feeds(document):
        name = feed.get("name")
        try:
            normal = feed_name(name) if isinstance(name, str) else ""
        except ValueError:
            normal = ""
        if normal in names:
            yield (*path, "name"), "name is that of another feed: choose a name of its own"
        elif normal:
            names.add(normal)


def _placeholders(document: _Table) -> Iterator[tuple[KeyPath, str]]:
    """Only placeholders that will be filled in."""
    for path, feed in _feeds(document):
        term = feed.get("for_each")
        own = {f"{{{term}}}"} if term in TERMS else set()
        if term is not None and not own:
            continue
        for key in ("name", "title", "description", "aliases", "moved_to"):
            known = own | _BESIDE.get(key, set())
            for placeholder in dict.fromkeys(_PLACEHOLDER.findall(" ".join(_texts(feed.get(key))))):
                if placeholder not in known:
                    yield (*path, key), f"{key} holds {placeholder}, {_why_unknown(placeholder, known)}"


def _why_unknown(placeholder: str, known: set[str]) -> str:
    term = placeholder[1:-1]
    if term in TERMS:
        return f'which needs for_each = "{term}"'
    return f"which stands for nothing here{did_you_mean(placeholder, known) or ': take it out'}"


def _each_its_own(document: _Table) -> Iterator[tuple[KeyPath, str]]:
    """The feeds of a ``for_each`` differ in name and aliases."""
    for path, feed in _feeds(document):
        term = feed.get("for_each")
        if term not in TERMS:
            continue
        for key in ("name", "aliases"):
            for text in dict.fromkeys(_texts(feed.get(key))):
                if f"{{{term}}}" not in text:
                    yield (*path, key), f'{key} {shown(text)} needs {{{term}}}, as for_each = "{term}" makes many feeds'


def _only_for_each(document: _Table) -> Iterator[tuple[KeyPath, str]]:
    """A least number of posts is for feeds that come and go with them."""
    for path, feed in _feeds(document):
        if "min_entries" in feed and "for_each" not in feed:
            yield (*path, "min_entries"), "min_entries is for many feeds: add for_each, or take it out"
