"""How a document says where it stands in the history of its feed (RFC 5005; in JSON Feed, ``next_url``)."""

from feeds.model.feed import FeedDocument, Format, document_path
from feeds.model.site import Site
from feeds.syndication.addresses import document_url


def history_links(document: FeedDocument, site: Site, format: Format) -> tuple[tuple[str, str], ...]:
    """Return the link relations of RFC 5005, section 4, and their addresses; none where there is no archive."""
    history = document.history
    names = {
        "prev-archive": history.older,
        "next-archive": history.newer,
        "current": document.feed.name if history.archive else "",
    }
    return tuple((rel, document_url(site, document_path(name, format))) for rel, name in names.items() if name)


def history_mark(document: FeedDocument) -> str:
    """Return the name of the element that marks an archive document or a complete feed, empty for all others.

    One that has no other beside it yet is still growing, and the W3C validator
    takes a marked one without neighbours for incomplete.
    """
    history = document.history
    if history.archive:
        return "archive" if history.older or history.newer else ""
    return "complete" if history.complete else ""
