"""The settings, whole and checked."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.model.feed import FeedDefinition, Retirement, Selection
from feeds.model.podcast import Funding, Podcast
from feeds.model.site import Site
from feeds.model.terms import Terms
from feeds.settings.signature import Signature
from feeds.settings.tables import (
    CheckTable,
    ContentTable,
    DefaultsTable,
    FeedTable,
    SchedulerTable,
    ServerTable,
    SiteTable,
    StateTable,
    WhereTable,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The configuration, read from ``file`` and the environment.

    Every part holds the keys of the table of its name, checked, with defaults
    filled in.  ``content.directory`` and ``state.directory`` are absolute.
    ``seen`` is the file as it was when it was read.
    """

    file: Path
    seen: Signature = field(compare=False)
    site: SiteTable
    content: ContentTable
    defaults: DefaultsTable
    feed: tuple[FeedTable, ...]
    state: StateTable
    server: ServerTable
    scheduler: SchedulerTable
    check: CheckTable

    @property
    def publication(self) -> Site:
        """The site as feeds speak of it; its title and description are never empty."""
        named = self.site.model_dump()
        return Site(**named | {"title": self.site.title or urlsplit(self.site.url).hostname or self.site.url})

    @property
    def terms(self) -> Terms:
        """The terms on which readers are served."""
        server = self.server
        return Terms(
            per_hour=server.unconditional_per_hour,
            unlimited=server.unlimited,
            proxies=server.trusted_proxies,
            delta=server.delta,
        )

    def definitions(self) -> tuple[FeedDefinition, ...]:
        """Give the feeds in the order of the file; without any: all posts, the featured, each category."""
        return tuple(self._definition(feed) for feed in self.feed or _usual_feeds())

    def _definition(self, feed: FeedTable) -> FeedDefinition:
        defaults = self.defaults
        return FeedDefinition(
            name=feed.name,
            title=feed.title,
            description=feed.description,
            for_each=feed.for_each or "",
            selection=replace(_selection(feed.where, ZoneInfo(self.site.timezone)), played=feed.podcast is not None),
            formats=feed.formats or defaults.formats,
            entries=feed.entries or defaults.entries,
            max_bytes=feed.max_bytes or defaults.max_bytes,
            content=feed.content or defaults.content,
            archives=defaults.archives if feed.archives is None else feed.archives,
            aliases=feed.aliases,
            max_new_entries=defaults.max_new_entries if feed.max_new_entries is None else feed.max_new_entries,
            tombstones=defaults.tombstones if feed.tombstones is None else feed.tombstones,
            min_entries=feed.min_entries or 1,
            retired=_retired(feed.retired, ZoneInfo(self.site.timezone)),
            moved_to=feed.moved_to,
            podcast=self.podcast(feed),
            source_markdown=feed.source_markdown,
        )

    def podcast(self, feed: FeedTable) -> Podcast | None:
        """Give what a feed says of itself as a podcast; None for one that is none."""
        its = feed.podcast
        if its is None:
            return None
        return Podcast(
            categories=its.category,
            image=its.image or self.site.icon,
            explicit=its.explicit,
            author=its.author,
            owner=its.owner,
            email=its.email,
            kind=its.type,
            locked=its.locked,
            funding=tuple(Funding(url=each.url, title=each.title) for each in its.funding),
            guid=its.guid,
            medium=its.medium,
        )


def _usual_feeds() -> tuple[FeedTable, ...]:
    return (
        FeedTable(name="all"),
        FeedTable(name="featured", where=WhereTable(featured=True)),
        FeedTable(name="category/{category}", for_each="category"),
    )


def _selection(where: WhereTable, zone: ZoneInfo) -> Selection:
    return Selection(
        categories=where.category,
        tags=where.tag,
        authors=where.author,
        languages=where.language,
        featured=where.featured,
        path=where.path,
        after=_in_utc(where.after, zone),
        before=_in_utc(where.before, zone),
        all_of=tuple(_selection(each, zone) for each in where.all),
        any_of=tuple(_selection(each, zone) for each in where.any),
        none_of=tuple(_selection(each, zone) for each in where.none),
    )


def _retired(said: Retirement, zone: ZoneInfo) -> Retirement:
    return (_in_utc(said, zone) or False) if isinstance(said, datetime) else said


def _in_utc(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
