"""Laying out the archives of feeds in a refresh: which posts are in which archive document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection

from feeds.content import compose
from feeds.model.archive import Backlog, Position, Window
from feeds.model.feed import Feed
from feeds.model.post import Post
from feeds.services.reading import Reading
from feeds.store import archives
from feeds.store.archives import ArchivedFeed, Premises
from feeds.store.briefs import briefs
from feeds.syndication.windows import RENDERING, Filling, presentation, unaffected, with_closed

#: Since when posts may have changed where nothing is known.
EVER = datetime.min.replace(tzinfo=UTC)

#: The same where it is known that none has.
NEVER_YET = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The windows of a feed above number ``kept``, up to which all is as it was before; ``changed`` if any differs."""

    archived: ArchivedFeed
    kept: int
    windows: tuple[Window, ...]
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The windows of a feed, before it is known how many of its newest posts the subscription document shows.

    ``full`` are the windows that others lie above; ``ends`` gives the last
    window by the id of the oldest post that is shown, ``whole`` the last one
    if none is.  ``top`` is the oldest post that may be shown, if there are
    others beyond; ``before`` is how the archives are now.  Up to number
    ``base``, where nothing can have changed, the windows are in neither.
    """

    archived: ArchivedFeed
    base: int
    before: tuple[Window, ...]
    full: tuple[Window, ...]
    ends: dict[str, Window | None]
    whole: Window | None
    top: Position | None

    @property
    def backlog(self) -> Backlog:
        """What the subscription document has to know of this."""
        older = {id: window.number if window else 0 for id, window in self.ends.items()}
        return Backlog(feed=self.archived.feed.name, older=older, newest=self.whole.number if self.whole else 0)

    def below(self, shown: Sequence[str]) -> Laid:
        """Return the windows below a subscription document that shows the entries of these ids, newest first."""
        ids = [id for id in shown if id in self.ends]
        last = self.ends[ids[-1]] if ids else self.whole
        windows = [*self.full[: last.number - self.base - 1], last] if last else []
        closed = with_closed(windows, self.top)
        same = self._same(closed)
        earlier = {window.revision: window.modified for window in self.before}
        fresh = (replace(window, modified=earlier.get(window.revision, window.modified)) for window in closed[same:])
        laid = tuple(fresh)
        return Laid(
            archived=self.archived,
            kept=self.base + same,
            windows=laid,
            changed=bool(laid) or same < len(self.before),
        )

    def _same(self, windows: Sequence[Window]) -> int:
        """Count the windows from the oldest up whose documents stay as they are, links included."""
        limit = len(windows)
        if len(windows) != len(self.before):
            # The newest document of the shorter archives says that none is newer.
            limit = max(0, min(len(windows), len(self.before)) - 1)
        for count, (new, old) in enumerate(zip(windows[:limit], self.before, strict=False)):
            if replace(new, modified=old.modified) != old:
                return count
        return limit


class Archiving:
    """Lays out the archives of one publication's feeds."""

    def __init__(self, reading: Reading) -> None:
        publication = reading.publication
        self.composing = composing(publication.convention)
        self._site = publication.site
        self._premises = Premises(
            site=publication.site,
            content=str(reading.directory.root),
            generator=publication.generator,
            customs=str(publication.customs),
        )

    def is_made_otherwise(self, connection: Connection) -> bool:
        """Tell whether the archives there are were laid out by code that writes entries differently."""
        found = archives.get_premises(connection)
        return found is not None and found[1] != self.composing

    def lay_out(
        self, connection: Connection, feed: Feed, newest: Sequence[Post], *, since: datetime, now: datetime
    ) -> Layout:
        """Lay out the archives of ``feed``, of which no post published before ``since`` changed.

        ``newest`` are the posts that its subscription document may show,
        newest first.  Only windows that a change can have reached are filled anew.
        """
        wanted = ArchivedFeed(feed=feed, presentation=presentation(self._site, feed, self.composing))
        as_before = archives.archived(connection, feed.name) == wanted
        positions = [Position(post.published, post.id) for post in newest]
        if as_before and positions:
            before = tuple(archives.newest(connection, feed.name, since=since, top=positions[-1]))
        else:
            before = tuple(archives.windows(connection, feed.name))
        full = [
            window
            for window in (unaffected(before, feed, since) if as_before else ())
            if positions and window.last < positions[-1]
        ]
        base = before[0].number - 1 if before else 0
        last = full[-1] if full else None
        ends: dict[str, Window | None] = {}
        first = last.last if last else None
        posts = briefs(connection, feed.selection, now=now, first=first)
        rest = (brief for brief in posts if brief.position != first)
        for window in Filling(feed=feed, presentation=wanted.presentation, now=now).fill(rest, last):
            if last and window.number > last.number and len(full) < last.number - base:
                full.append(last)
            if window.last >= positions[-1]:
                ends[window.last.id] = last
            last = window
        return Layout(
            archived=wanted,
            base=base,
            before=before,
            full=tuple(full),
            ends=ends,
            whole=last,
            top=positions[-1] if len(newest) == feed.entries else None,
        )

    def remember(self, connection: Connection) -> None:
        """Let web workers know where the content is, and the rest that documents are made by."""
        archives.set_premises(connection, self._premises, self.composing)

    def add(self, connection: Connection, laid: Laid | None) -> None:
        """Put the archives of a feed that nobody asked for before, if it has any, beside the others."""
        if laid:
            archives.replace(connection, laid.archived, laid.kept, laid.windows)

    def replace(self, connection: Connection, laid: Sequence[Laid], but: set[str]) -> bool:
        """Put these archives before readers, and withdraw those of all feeds ``but`` some; tell if any differ."""
        gone = archives.archived_names(connection) - but
        archives.forget(connection, sorted(gone))
        for each in laid:
            archives.replace(connection, each.archived, each.kept, each.windows)
        self.remember(connection)
        return bool(gone) or any(each.changed for each in laid)


def composing(convention: str) -> str:
    """Return what stands for the code that writes the entries of archive documents: another one, other documents."""
    return sha256(repr((RENDERING, compose.key("", url="", convention=convention))).encode()).hexdigest()
