"""The generators whose content is understood: a file for each."""

from collections.abc import Mapping
from types import MappingProxyType

from feeds.content.dialects.dialect import Dialect
from feeds.content.dialects.jigsaw import JIGSAW
from feeds.content.dialects.plain import PLAIN

__all__ = ["DIALECTS", "Dialect", "dialect"]

#: Every dialect by its name.
DIALECTS: Mapping[str, Dialect] = MappingProxyType({known.name: known for known in (JIGSAW, PLAIN)})


def dialect(name: str) -> Dialect:
    """Return the dialect ``name``; raises KeyError for one that is not known."""
    return DIALECTS[name]
