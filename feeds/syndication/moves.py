"""From old addresses to new ones."""

from collections.abc import Iterable, Iterator

from feeds.model.artefact import Redirect
from feeds.model.feed import Feed, Format
from feeds.model.site import Site
from feeds.syndication.addresses import document_url


def redirects(site: Site, feeds: Iterable[Feed]) -> Iterator[Redirect]:
    """Yield the redirects from the aliases of feeds, and from the documents of feeds that are elsewhere."""
    for feed in feeds:
        for alias in feed.aliases:
            yield Redirect(path=alias, target=_target(site, feed, _format(feed, alias)))
        if feed.moved_to:
            for format in feed.formats:
                yield Redirect(path=feed.path(format), target=_target(site, feed, format))


def _target(site: Site, feed: Feed, format: Format) -> str:
    if feed.moved_to:
        return feed.moved_to.replace("{format}", format)
    return document_url(site, feed.path(format))


def _format(feed: Feed, alias: str) -> Format:
    """Return the format that an alias names, by its extension or in its last part; else the feed's first."""
    last = alias.rstrip("/").rsplit("/", 1)[-1].lower()
    by_extension = (format for format in feed.formats if last.endswith(f".{format}"))
    named = (format for format in feed.formats if format.value in last)
    return next(by_extension, None) or next(named, feed.formats[0])
