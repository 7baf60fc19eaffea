"""What the ledger remembers of a post beside its id: what its readers were told, and when."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from feeds.content.edition import Earlier, updated
from feeds.model.post import Post
from feeds.services.reading import Candidate
from feeds.services.seconds import Seconds
from feeds.store.identities import Identity


class Editions:
    """Decides when entries were updated, for the posts of one batch, found as they are at ``now``."""

    def __init__(self, connection: Connection, now: datetime, posts: Iterable[Post]) -> None:
        self._now = now
        likely = (moment for post in posts for moment in (post.published, post.updated))
        self._seconds = Seconds(connection, [*likely, now])

    def entry(self, found: Candidate, post: Post, before: Identity | None) -> Identity:
        """Return what to write into the ledger of ``post``, which has its id already.

        ``before`` is what it was so far.  What no reader ever saw counts for
        nothing: a draft, or a post of the future, may change as often as it likes.
        """
        known = before if before and before.shown_from and before.shown_from <= self._now else None
        return Identity(
            id=post.id,
            path=found.path,
            digest=found.digest,
            body_digest=found.edition.body,
            first_seen=before.first_seen if before else self._now,
            link=link(post),
            authored=found.authored,
            published=post.published,
            meaning=found.edition.meaning,
            stated=found.edition.stated,
            updated=self._updated(found, post, before, known),
            shown_from=known.shown_from if known else self._shown_from(post),
        )

    def _updated(
        self, found: Candidate, post: Post, before: Identity | None, known: Identity | None
    ) -> datetime | None:
        if post.hidden and known is None:
            # No document shows it: were it given a second, a post that readers see might have to do without.
            return None
        earlier = None
        if known and known.updated:
            # What a change of the rules makes of the same bytes is no edition of its own.
            earlier = Earlier(digest=known.digest, meaning=known.meaning, stated=known.stated, updated=known.updated)
        moment = updated(found.edition, found.digest, earlier, published=post.published, seen=self._now)
        if moment < post.published and (known is None or post.published <= self._now):
            # That is what readers will be told: the second has to be its own from the start.
            moment = post.published
        own = before.updated if before else None
        return moment if moment == own else self._seconds.free(moment, own)

    def _shown_from(self, post: Post) -> datetime | None:
        over = post.visible_until is not None and post.visible_until <= max(self._now, post.visible_from)
        return None if post.hidden or over else post.visible_from


def link(post: Post) -> str:
    """Return the path and query of the post's page: what a move of the site leaves as it is."""
    at_host = post.url.partition("://")[2]
    return at_host[len(at_host.partition("/")[0]) :]
