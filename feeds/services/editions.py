"""What the ledger remembers of posts beside their ids, each updated at a second of its own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.post import Post
from feeds.services.entering import entry
from feeds.services.reading import Candidate
from feeds.services.seconds import Seconds
from feeds.store.identities import Identity
from feeds.store.instants import from_seconds, to_seconds


class Editions:
    """Decides when entries were updated, for the posts of one batch, found as they are at ``now``."""

    def __init__(self, connection: Connection, now: datetime, posts: Iterable[Post]) -> None:
        self._now = now
        likely = (to_seconds(moment) for post in posts for moment in (post.published, post.updated))
        self._seconds = Seconds(connection, [*likely, to_seconds(now)])

    def entry(self, found: Candidate, post: Post, before: Identity | None) -> Identity:
        """Return what to write into the ledger of ``post``; ``before`` is what it was so far."""
        wanted = entry(found, post, before, self._now)
        own = before.updated if before else None
        if wanted.updated is None or wanted.updated == own:
            return wanted
        second = self._seconds.free(to_seconds(wanted.updated), to_seconds(own) if own else None)
        return replace(wanted, updated=from_seconds(second))
