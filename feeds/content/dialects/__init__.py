"""The generators whose content is understood: a file for each, loaded when it is the one in use.

All of them take as long to load as thousands of files to look at.
"""

from functools import lru_cache
from importlib import import_module

from feeds.content.dialects.dialect import Dialect

__all__ = ["NAMES", "Dialect", "dialect"]

#: Every dialect's name, which is its file's too.
NAMES = (
    *("astro", "docusaurus", "eleventy", "hexo", "hugo", "jekyll", "jigsaw", "nikola", "pelican", "plain", "zola"),
)


@lru_cache
def dialect(name: str) -> Dialect:
    """Return the dialect ``name``; raises KeyError for one that is not known."""
    if name not in NAMES:
        raise KeyError(name)
    found: Dialect = getattr(import_module(f"{__name__}.{name}"), name.upper())
    return found
