"""Setting tombstones: what readers saw and shall see no more."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.feed import FeedDefinition
from feeds.model.post import Post
from feeds.store import posts, runs, tombstones
from feeds.syndication.derive import affected


def bury(
    connection: Connection, definitions: Sequence[FeedDefinition], before: Iterable[Post], *, now: datetime
) -> None:
    """Set a tombstone for each post of ``before`` that readers could see, and can see no more.

    ``before`` is how posts were at the last pass; the catalogue already holds
    what became of them.  A post that is visible under the same id anywhere, in
    another category or under another name, leaves none.
    """
    keeping = [definition for definition in definitions if definition.tombstones]
    standing = runs.standing(connection)
    if not keeping or standing is None:
        return
    seen = {post.id: post for post in before if post.is_visible(standing.as_of)}
    lost = seen.keys() - posts.visible_ids(connection, seen, now=now)
    gone = ((feed, id) for id in lost for feed in affected(keeping, [seen[id]]))
    tombstones.add(connection, gone, now=now)
