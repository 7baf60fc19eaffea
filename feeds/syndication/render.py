"""A FeedDocument becomes bytes."""

from feeds.errors import RenderingError
from feeds.model.feed import FeedDocument, Format
from feeds.model.site import Site
from feeds.syndication import atom, jsonfeed, rss

_RENDERERS = {Format.RSS: rss.render, Format.ATOM: atom.render, Format.JSON: jsonfeed.render}


def render(document: FeedDocument, site: Site, format: Format) -> bytes:
    """Return ``document`` in ``format``: always the same bytes for the same document and site.

    Raise ``RenderingError`` where the format cannot carry it.
    """
    try:
        return _RENDERERS[format](document, site)
    except ValueError as refusal:
        raise RenderingError(document.feed.path(format), (str(refusal),)) from refusal
