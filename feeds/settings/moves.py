"""What must hold of old and new addresses: each leads to one place, and never back to itself.

Like all rules these read the file as it was written, and pass over what they
can make no sense of.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from feeds.model.alias import alias_key
from feeds.model.feed import Format
from feeds.settings.addresses import moved_to
from feeds.settings.advice import shown
from feeds.settings.problems import Problem, table_name
from feeds.settings.urls import normalize

_Table: TypeAlias = Mapping[str, Any]


def broken_moves(document: _Table) -> Iterator[Problem]:
    """Give each alias that another feed has, or that is no old address, and each move that leads nowhere."""
    feeds = document.get("feed")
    everything = enumerate(feeds if isinstance(feeds, list) else [])
    tables = [(place, feed) for place, feed in everything if isinstance(feed, dict)]
    documents = {key: place for place, feed in tables for key in _documents(feed, document)}
    owners: dict[str, int] = {}
    for place, feed in tables:
        spelt: set[str] = set()
        for alias in _texts(feed.get("aliases")):
            key = _key(alias)
            if key in documents:
                yield _collision(document, place, alias, "is the path of", documents[key], "name")
            elif owners.get(key, place) != place or alias in spelt:
                yield _collision(document, place, alias, "leads to", owners[key], "aliases")
            owners.setdefault(key, place)
            spelt.add(alias)
        yield from _moves_to_itself(document, place, feed)


def _collision(document: _Table, place: int, alias: str, how: str, owner: int, key: str) -> Problem:
    name = "this feed" if owner == place else table_name(("feed", owner), document)[:-2]
    table = table_name(("feed", place), document)
    return Problem(
        path=("feed", place, "aliases"),
        message=f"{table}aliases {shown(alias)} {how} {name} already: keep one of the two",
        other=() if owner == place else ("feed", owner, key),
    )


def _moves_to_itself(document: _Table, place: int, feed: _Table) -> Iterator[Problem]:
    url = feed.get("moved_to")
    site = document.get("site")
    public = site.get("public_url") or site.get("url") if isinstance(site, dict) else None
    if not isinstance(url, str) or not isinstance(public, str):
        return
    try:
        base, target = normalize(public), moved_to(url)
    except ValueError:
        return
    own = _documents(feed, document)
    for format in Format:
        path = target.replace("{format}", format).removeprefix(base)
        if path != target and _key(path) in own:
            table = table_name(("feed", place), document)
            message = f"{table}moved_to {shown(url)} is where the feed is already: give its new address"
            yield Problem(path=("feed", place, "moved_to"), message=message)
            return


def _documents(feed: _Table, document: _Table) -> set[str]:
    """The paths of a feed's documents, placeholders and all."""
    name = feed.get("name")
    if not isinstance(name, str):
        return set()
    defaults = document.get("defaults")
    usual = defaults.get("formats") if isinstance(defaults, dict) else None
    formats = _texts(feed.get("formats") or usual or list(Format))
    return {_key(f"/feeds/{unicodedata.normalize('NFC', name)}.{format}") for format in formats}


def _key(address: str) -> str:
    path, mark, query = address.partition("?")
    return alias_key(f"{unquote(path)}{mark}{query}")


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]
