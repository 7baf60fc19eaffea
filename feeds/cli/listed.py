"""How a feed is told of in a list: what subscribers get of it, and where."""

from collections.abc import Iterator

from feeds.services.overview import FeedOverview, Standing


def heading(feed: FeedOverview) -> str:
    """Return the title of a feed, and what its addresses answer."""
    return f"{feed.title} ({', '.join(_facts(feed))})".lstrip()


def addresses(feed: FeedOverview) -> Iterator[str]:
    """Yield its URLs, and where they lead if the feed has moved."""
    if not feed.moved_to:
        yield from feed.urls
        return
    yield from (f"{url} -> {target}" for url, target in zip(feed.urls, feed.moved_to, strict=True))


def _facts(feed: FeedOverview) -> Iterator[str]:
    if feed.standing is Standing.MOVED:
        yield "moved: answers 301"
    elif feed.standing is Standing.ENDED:
        since = f" on {feed.retired:%Y-%m-%d}" if feed.retired else ""
        yield f"ended{since}: answers 410"
    else:
        yield f"{feed.entries} of {feed.posts} posts"
    if feed.standing is Standing.RETIRED and feed.ends:
        yield f"retired since {feed.retired:%Y-%m-%d}, answers until {feed.ends:%Y-%m-%d}"
    elif feed.standing is Standing.PUBLISHED and feed.retired:
        yield f"ends on {feed.retired:%Y-%m-%d}"
    if feed.held:
        yield f"held: {feed.held} old entries would be announced anew"
