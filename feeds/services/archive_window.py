"""From the state to what one archive document is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from feeds.disk import ContentDirectory
from feeds.errors import NotReady
from feeds.model.archive import Window, archive_history
from feeds.model.customs import customs
from feeds.model.feed import Format
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.services.archive_making import ArchiveToMake
from feeds.services.archiving import composing
from feeds.services.bodies import wanted_body
from feeds.services.reading import Reading, content_suffixes
from feeds.store import archives, bodies, holds, identities, posts, runs, sources
from feeds.store.archives import ArchivedFeed, Premises
from feeds.store.bodies import StoredBody
from feeds.store.briefs import briefs
from feeds.store.sources import Role
from feeds.syndication.windows import Filling, presentation


def reading_of(connection: Connection) -> Reading:
    """Return what reads the content that the last refresh read; raises `NotReady` before the first."""
    found = archives.get_premises(connection)
    if found is None:
        raise NotReady("Nothing has been published yet.")
    premises: Premises = found[0]
    publication = Publication(
        site=premises.site,
        generator=premises.generator,
        customs=customs(premises.customs),
        permalink="",
        date_formats=(),
        definitions=(),
    )
    directory = ContentDirectory(Path(premises.content), content_suffixes(premises.generator))
    return Reading(directory=directory, publication=publication)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPosts:
    """The posts of a window, newest first; ``provisional`` ones are not those it was laid out from."""

    posts: tuple[Post, ...]
    provisional: bool


def posts_of(connection: Connection, archived: ArchivedFeed, window: Window, below: Window | None) -> WindowPosts:
    """Return the posts of a window.

    Raises `NotReady` where the catalogue no longer holds what the window was
    laid out from: a refresh is under way, or could not finish.  A feed that is
    held keeps its windows, though: what is left of their posts is provisional,
    without those that came after it was held.
    """
    standing = runs.standing(connection)
    if standing is None:
        raise NotReady("Nothing has been published yet.")
    feed, now = archived.feed, standing.as_of
    found = briefs(connection, feed.selection, now=now, first=window.first, last=window.last)
    filling = Filling(feed=feed, presentation=archived.presentation, now=now)
    laid = list(filling.fill(found, below))
    its_posts = tuple(posts.between(connection, feed.selection, now=now, first=window.first, last=window.last))
    if laid and laid[-1].revision == window.revision:
        return WindowPosts(posts=its_posts, provisional=False)
    hold = holds.standing(connection, feed.name)
    if hold is None:
        raise NotReady("A refresh is under way.")
    known = identities.by_id(connection, (post.id for post in its_posts))
    before = tuple(post for post in its_posts if post.id in known and known[post.id].first_seen < hold.since)
    return WindowPosts(posts=before, provisional=True)


def archive_to_make(
    connection: Connection,
    reading: Reading,
    archived: ArchivedFeed,
    near: Mapping[int, Window],
    number: int,
    formats: tuple[Format, ...],
) -> ArchiveToMake:
    """Return what the archive document of that number is made of, in ``formats``.

    ``near`` are its window and the neighbours, by their numbers.  Raises
    `NotReady`, also where the windows were laid out for another site or by
    code that writes entries differently: the next refresh makes that good.
    """
    site, convention = reading.publication.site, reading.publication.convention
    as_laid = archived.presentation == presentation(site, archived.feed, composing(convention))
    if not as_laid and not holds.standing(connection, archived.feed.name):
        raise NotReady("The next refresh lays out the archives anew.")
    window, below = near[number], near.get(number - 1)
    found = posts_of(connection, archived, window, below)
    at_hand, waiting = bodies_of(connection, reading, found.posts)
    return ArchiveToMake(
        reading=reading,
        feed=archived.feed,
        history=archive_history(archived.feed, window, below, is_newest=number + 1 not in near),
        posts=found.posts,
        bodies=at_hand,
        waiting=waiting,
        formats=formats,
        provisional=found.provisional or not as_laid,
    )


def bodies_of(
    connection: Connection, reading: Reading, some: Iterable[Post]
) -> tuple[dict[str, StoredBody], frozenset[str]]:
    """Return the kept bodies of posts, and which files cannot be read as they stand; of those the last good bodies."""
    keys = {str(post.path): wanted_body(reading, post).key for post in some}
    records = sources.find(connection, keys)
    waiting = frozenset(path for path, record in records.items() if record.role is Role.WAITING)
    kept = bodies.find(connection, keys.values())
    last_good = bodies.last_good(connection, waiting)
    return last_good | {path: kept[key] for path, key in keys.items() if key in kept}, waiting
