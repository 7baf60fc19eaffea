"""What the ledger is to remember of a post beside its id: what its readers were told, and when."""

from datetime import datetime

from feeds.content.edition import Earlier, updated
from feeds.model.post import Post
from feeds.services.reading import Candidate
from feeds.store.records import Identity


def entry(found: Candidate, post: Post, before: Identity | None, now: datetime) -> Identity:
    """Return what to write into the ledger of ``post``, which has its id already, found as it is at ``now``.

    ``before`` is what it was so far.  What no reader ever saw counts for
    nothing: a draft, or a post of the future, may change as often as it likes.
    ``updated`` is the moment that is right for it, whoever else may have it.
    """
    known = before if before and before.shown_from and before.shown_from <= now else None
    return Identity(
        id=post.id,
        path=found.path,
        digest=found.digest,
        body_digest=found.edition.body,
        first_seen=before.first_seen if before else now,
        link=link(post),
        authored=found.authored,
        published=post.published,
        meaning=found.edition.meaning,
        stated=found.edition.stated,
        updated=_updated(found, post, known, now),
        shown_from=known.shown_from if known else _shown_from(post, now),
    )


def _updated(found: Candidate, post: Post, known: Identity | None, now: datetime) -> datetime | None:
    if post.hidden and known is None:
        # No document shows it: were it given a second, a post that readers see might have to do without.
        return None
    earlier = None
    if known and known.updated:
        # What a change of the rules makes of the same bytes is no edition of its own.
        earlier = Earlier(digest=known.digest, meaning=known.meaning, stated=known.stated, updated=known.updated)
    moment = updated(found.edition, found.digest, earlier, published=post.published, seen=now)
    if moment < post.published and (known is None or post.published <= now):
        # That is what readers will be told: the second has to be its own from the start.
        return post.published
    return moment


def _shown_from(post: Post, now: datetime) -> datetime | None:
    over = post.visible_until is not None and post.visible_until <= max(now, post.visible_from)
    return None if post.hidden or over else post.visible_from


def link(post: Post) -> str:
    """Return the path and query of the post's page: what a move of the site leaves as it is."""
    at_host = post.url.partition("://")[2]
    return at_host[len(at_host.partition("/")[0]) :]
