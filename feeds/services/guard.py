"""The flood guard: a feed never tells its subscribers of many old entries without its operator's word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from feeds.errors import UnknownFeed
from feeds.model.announcement import Announcement, Hold
from feeds.model.artefact import Condition
from feeds.model.feed import Entry, Feed
from feeds.store import announcements, holds, posts, runs
from feeds.store.database import Database

#: The condition that stands while feeds are held.
HELD = "feeds-held"

#: More feeds than this are not named one by one.
_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """How a feed would disturb its subscribers."""

    reannounced: tuple[Announcement, ...]
    reidentified: tuple[Announcement, ...]

    def __len__(self) -> int:
        """Count the entries that would come again, or for the first time though they are old."""
        return len(self.reannounced) + len(self.reidentified)


def flood(connection: Connection, feed: str, entries: Iterable[Announcement]) -> Flood:
    """Return what in a new document of ``feed`` is old and yet new to its subscribers.

    Old is what was published before the newest entry that they have, or what
    they have under another id.  Nobody has anything of a feed that shows
    nothing yet.
    """
    entries = tuple(entries)
    before = announcements.shown(connection, feed)
    if not before:
        return Flood(reannounced=(), reidentified=())
    known = announcements.known(connection, feed, (entry.id for entry in entries))
    unknown = [entry for entry in entries if entry.id not in known]
    ids = {entry.id for entry in entries}
    # Where the old id is still there, a copy was made: that is an entry of its own.
    renamed = {entry.path for entry in before if entry.id not in ids}
    reidentified = tuple(entry for entry in unknown if entry.path in renamed)
    newest = max(entry.published for entry in before)
    reannounced = tuple(e for e in unknown if e.published < newest and e not in reidentified)
    return Flood(reannounced=reannounced, reidentified=reidentified)


def known_as(connection: Connection, feed: Feed) -> str:
    """Return the name under which subscribers have the feed: its own, or that of the one whose address it has taken."""
    paths = (alias.removeprefix("/feeds/") for alias in feed.aliases if alias.startswith("/feeds/"))
    names = (feed.name, *(path.rpartition(".")[0] for path in paths))
    return next((name for name in names if announcements.shown(connection, name)), feed.name)


def judge(connection: Connection, feed: Feed, entries: Iterable[Announcement], now: datetime) -> Hold | None:
    """Return why a new document of ``feed`` must wait, None where it need not."""
    standing = holds.all_holds(connection)
    if any(standing[name].released for name in (feed.name, runs.EVERY_FEED) if name in standing):
        return None
    count = len(flood(connection, known_as(connection, feed), entries))
    return Hold(feed=feed.name, since=now, entries=count) if count > feed.max_new_entries else None


def has_no_good_version(connection: Connection, feed: Feed, now: datetime) -> bool:
    """Tell whether a held feed has no documents of its own yet, or some that show what must not be seen any more."""
    if known_as(connection, feed) != feed.name:
        return True
    shown = announcements.shown(connection, feed.name)
    visible = posts.visible_ids(connection, (entry.id for entry in shown), now=now)
    renamed = [entry.path for entry in shown if entry.id not in visible]
    return len({post.path for post in posts.find(connection, renamed) if post.is_visible(now)}) < len(renamed)


def known_to_subscribers(connection: Connection, feed: Feed, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return those of ``entries`` that the documents of a feed show or once showed, under whatever name."""
    entries = tuple(entries)
    name = known_as(connection, feed)
    known = announcements.known(connection, name, (entry.post.id for entry in entries))
    return tuple(entry for entry in entries if entry.post.id in known)


def settle(
    connection: Connection,
    published: Mapping[str, tuple[Announcement, ...]],
    held: Mapping[str, Hold],
    gone: Iterable[str],
    now: datetime,
) -> None:
    """Remember what was published and what was held, and keep the condition in step."""
    gone = tuple(gone)
    announcements.replace(connection, published)
    announcements.forget(connection, gone)
    holds.lift(connection, [*(published.keys() - held.keys()), *gone])
    holds.put(connection, held.values())
    standing = {name: hold for name, hold in holds.all_holds(connection).items() if not hold.released}
    if standing:
        runs.raise_condition(connection, Condition(code=HELD, message=_message(standing), since=now))
    else:
        runs.clear_conditions(connection, [HELD])


def release(database: Database, names: Iterable[str]) -> tuple[Hold, ...]:
    """Let the next refresh publish the held feeds ``names``, or all that are held if none are named.

    Return what was released.  Raises `UnknownFeed` for a name that is not held.
    """
    wanted = tuple(names)
    with database.writing() as connection:
        standing = holds.all_holds(connection)
        for name in wanted:
            if name not in standing:
                raise UnknownFeed(_not_held(name, standing))
        released = [standing[name] for name in wanted or standing]
        holds.release(connection, (hold.feed for hold in released))
        runs.mark_stale(connection, (hold.feed for hold in released))
    return tuple(released)


def still_held(database: Database) -> tuple[Hold, ...]:
    """Return the feeds that are held, and that nobody has released."""
    with database.reading() as connection:
        return tuple(hold for hold in holds.all_holds(connection).values() if not hold.released)


def release_all(database: Database, now: datetime) -> None:
    """Let the next refresh publish every feed there is, held or not: for a rehearsal that no one is told of."""
    with database.writing() as connection:
        runs.mark_stale(connection, holds.all_holds(connection))
        holds.put(connection, [Hold(feed=runs.EVERY_FEED, since=now, entries=0)])
        holds.release(connection, [runs.EVERY_FEED])


def _message(standing: Mapping[str, Hold]) -> str:
    some = [f"{hold.feed} ({hold.entries})" for hold in list(standing.values())[:_MOST]]
    more = [f"and {len(standing) - _MOST} more"] if len(standing) > _MOST else []
    return (
        "Feeds are held at their last good version, since they would announce old entries to their subscribers as if "
        f"they were new: {', '.join([*some, *more])}. `feeds plan` shows which; undo the change, or publish them with "
        "`feeds release`."
    )


def _not_held(name: str, standing: Mapping[str, Hold]) -> str:
    held = f"Held are: {', '.join(standing)}." if standing else "No feed is held."
    return f"The feed {name} is not held. {held}"
