"""What a feed shows of a post."""

from feeds.model.feed import ContentMode, Entry, Feed
from feeds.model.post import Post
from feeds.model.site import Site
from feeds.syndication.direction import directed


def entry(feed: Feed, site: Site, post: Post, *, html: str, excerpt: str, markdown: str) -> Entry:
    """Return the entry of ``post`` in ``feed``.

    ``html`` is the body, ``excerpt`` its beginning in plain text, ``markdown``
    the body as it was written: each "" where there is none to be had.
    """
    whole = feed.content is ContentMode.FULL
    return Entry(
        post=post,
        html=directed(html, post, site) if whole else "",
        summary=post.summary or excerpt or post.title,
        updated=post.updated,
        markdown=markdown if whole and feed.source_markdown else "",
    )
