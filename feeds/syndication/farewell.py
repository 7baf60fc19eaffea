"""The last entry of a feed that has ended."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath

from feeds.model.feed import Entry, Feed, Format
from feeds.model.post import Post
from feeds.model.site import Site
from feeds.syndication.addresses import self_url

#: How long the documents of a feed that has ended go on being served, with their last entry.
LINGERS = timedelta(days=90)


def farewell(feed: Feed, site: Site, *, now: datetime) -> Entry | None:
    """Return the entry that says that ``feed`` has ended, or moved; None for a feed that has not by ``now``.

    Its id follows from the feed's own, its date is that of the end: the same
    bytes whenever it is made.
    """
    if feed.retired is None or feed.retired > now:
        return None
    moved = feed.moved_to.replace("{format}", feed.formats[0])
    title = "This feed has moved" if moved else "This feed has ended"
    end = f"goes on at {moved}" if moved else "has ended: there will be no more entries."
    text = f'The feed "{feed.title}" {end}'
    post = Post(
        path=PurePosixPath(f"feeds/{feed.name}"),
        digest="",
        id=f"{self_url(site, feed, Format.ATOM)}#ended",
        url=moved or site.url,
        title=title,
        summary=text,
        published=feed.retired,
        updated=feed.retired,
        visible_from=feed.retired,
    )
    return Entry(post=post, html="", summary=text, updated=feed.retired)
