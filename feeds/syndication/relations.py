"""What an entry leads to beside its own page, the same in every format."""

from collections.abc import Iterator

from feeds.model.license import License, read_license
from feeds.model.post import Post
from feeds.model.site import Site


def related_links(post: Post) -> Iterator[tuple[str, str]]:
    """Yield link relations and addresses (RFC 4287, 4.2.7.2).

    What a post is about is ``related``; a page elsewhere at which it was first
    published is where its information comes from: ``via``.
    """
    if post.subject:
        yield "related", post.subject
    if post.original and post.original != post.subject:
        yield "via", post.original


def license_of(post: Post, site: Site) -> License | None:
    """Return the license of a post: its own, else that of the site; None where neither names one."""
    return post.license or read_license(site.license)
