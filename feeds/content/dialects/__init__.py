"""The generators whose content is understood: a file for each."""

from collections.abc import Mapping
from types import MappingProxyType

from feeds.content.dialects.astro import ASTRO
from feeds.content.dialects.dialect import Dialect
from feeds.content.dialects.docusaurus import DOCUSAURUS
from feeds.content.dialects.eleventy import ELEVENTY
from feeds.content.dialects.hexo import HEXO
from feeds.content.dialects.hugo import HUGO
from feeds.content.dialects.jekyll import JEKYLL
from feeds.content.dialects.jigsaw import JIGSAW
from feeds.content.dialects.nikola import NIKOLA
from feeds.content.dialects.pelican import PELICAN
from feeds.content.dialects.plain import PLAIN
from feeds.content.dialects.zola import ZOLA

__all__ = ["DIALECTS", "Dialect", "dialect"]

#: Every dialect by its name.
DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        known.name: known
        for known in (ASTRO, DOCUSAURUS, ELEVENTY, HEXO, HUGO, JEKYLL, JIGSAW, NIKOLA, PELICAN, PLAIN, ZOLA)
    }
)


def dialect(name: str) -> Dialect:
    """Return the dialect ``name``; raises KeyError for one that is not known."""
    return DIALECTS[name]
