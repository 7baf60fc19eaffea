"""Where documents are: the one canonical absolute URL of each."""

from urllib.parse import quote

from feeds.model.feed import Feed, Format
from feeds.model.site import Site


def document_url(site: Site, path: str) -> str:
    """Return the absolute URL of the document at ``path``, percent-encoded from UTF-8 (RFC 3986).

    It is the only spelling ever printed: subscribers keep it, and compare it byte for byte.
    """
    # "+" and "," are signs that a path may hold (RFC 3986, 3.3): combinations of terms are readable.
    return site.public_url + quote(path, safe="/+,")


def self_url(site: Site, feed: Feed, format: Format) -> str:
    """Return the URL that the document of ``feed`` in ``format`` names as its own."""
    return document_url(site, feed.path(format))
