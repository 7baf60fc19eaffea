"""A feed as a podcast, in RSS: Apple's elements and those of Podcasting 2.0.

What feedgen's own podcast extension can write, it writes: it is given the
facts here.  The rest is written by an extension of ours.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from lxml import etree

from feeds.model.feed import FeedDocument, Format
from feeds.model.license import License, read_license
from feeds.model.media import Episode
from feeds.model.podcast import BELOW, Podcast
from feeds.model.post import Post
from feeds.model.site import Site
from feeds.syndication.addresses import self_url
from feeds.syndication.extension import Extension

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"

#: The name space of the UUIDs of podcasts.
_UUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")

#: How long the texts may be that applications show of a person, a season or a funding, and of an episode's number.
_LONGEST = 128

_NOTHING: Mapping[str, str] = MappingProxyType({})

_YES_OR_NO = {True: "yes", False: "no"}


def podcast_guid(feed_url: str) -> str:
    """Return the UUID of the podcast that was first published at ``feed_url`` (Podcasting 2.0, ``guid``)."""
    return str(uuid5(_UUIDS, feed_url.partition("://")[2].rstrip("/")))


def describe(channel: Any, document: FeedDocument, podcast: Podcast, site: Site) -> None:
    """Say what ``document`` is as a podcast; ``channel`` is the writer of RSS with both extensions."""
    apple, own = channel.podcast, channel.podcasting
    apple.itunes_author(podcast.author or site.author or site.title)
    apple.itunes_category([_category(name) for name in podcast.categories])
    apple.itunes_type(podcast.kind)
    # Not "true" and "false", as Apple has it now: it takes both, and the W3C validator and feedparser only these.
    apple.itunes_explicit(_YES_OR_NO[podcast.explicit])
    if podcast.email:
        apple.itunes_owner(name=podcast.owner or podcast.author or site.author or site.title, email=podcast.email)
    own.podcast = podcast
    own.guid = podcast.guid or podcast_guid(self_url(site, document.feed, Format.RSS))
    own.license = read_license(site.license)


def describe_episode(item: Any, post: Post, podcast: Podcast) -> None:
    """Say what ``post`` is as an episode; ``item`` is the writer of its item."""
    apple, episode = item.podcast, post.episode or Episode()
    played = post.played
    if played and played.duration:
        apple.itunes_duration(played.duration)
    if post.authors:
        apple.itunes_author(", ".join(author.name for author in post.authors))
    apple.itunes_title(episode.title or None)
    apple.itunes_episode_type(episode.kind or None)
    apple.itunes_explicit(_YES_OR_NO[podcast.explicit if episode.explicit is None else episode.explicit])
    apple.itunes_season(episode.season or None)
    # Apple counts in whole numbers; "100.5" is for those who can.
    apple.itunes_episode(int(episode.number) if episode.number.isdigit() else None)
    item.podcasting.episode = episode
    item.podcasting.license = post.license


def _category(name: str) -> dict[str, str]:
    outer, _, inner = name.partition(BELOW)
    return {"cat": outer, "sub": inner} if inner else {"cat": outer}


class PodcastChannel(Extension):
    """What is left to say of a podcast; ``podcast`` and ``guid`` must be set."""

    podcast: Podcast
    guid: str
    license: License | None = None

    def extend_ns(self) -> Mapping[str, str]:
        """Declare the namespace of Podcasting 2.0."""
        return {"podcast": PODCAST}

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """Add it behind what feedgen wrote, still before the first item."""
        podcast, channel = self.podcast, rss[0]
        # feedgen refuses addresses that end in ".jpeg" or in a query.
        etree.SubElement(channel, f"{{{ITUNES}}}image", href=podcast.image)
        _add(channel, "guid", self.guid)
        _add(channel, "medium", podcast.medium)
        if podcast.locked is not None:
            _add(channel, "locked", _YES_OR_NO[podcast.locked], {"owner": podcast.email})
        for funding in podcast.funding:
            _add(channel, "funding", funding.title[:_LONGEST], {"url": funding.url})
        _add_license(channel, self.license)
        return rss


class PodcastItem(Extension):
    """What is left to say of an ``episode``, which must be set."""

    episode: Episode
    license: License | None = None

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add it behind what feedgen wrote."""
        episode = self.episode
        if episode.picture:
            etree.SubElement(item, f"{{{ITUNES}}}image", href=episode.picture)
        if episode.season:
            _add(item, "season", str(episode.season), {"name": episode.season_name[:_LONGEST]})
        if episode.number:
            _add(item, "episode", episode.number, {"display": episode.number_shown})
        if episode.chapters:
            _add(item, "chapters", "", {"url": episode.chapters, "type": episode.chapters_type})
        for words in episode.transcripts:
            rel = "captions" if words.captions else ""
            _add(
                item,
                "transcript",
                "",
                {"url": words.url, "type": words.media_type, "language": words.language, "rel": rel},
            )
        for person in episode.people:
            _add(
                item, "person", person.name[:_LONGEST], {"role": person.role, "href": person.url, "img": person.picture}
            )
        _add_license(item, self.license)
        return item


def _add_license(parent: etree._Element, its: License | None) -> None:
    if its and (its.identifier or its.url):
        name = its.identifier or (_short(its.url) if its.name == its.url else its.name)
        _add(parent, "license", name[:_LONGEST], {"url": its.url})


def _short(url: str) -> str:
    """Return something to call a license by of which only the address is known."""
    return next(filter(None, reversed(urlsplit(url).path.split("/"))), urlsplit(url).hostname or url)


def _add(parent: etree._Element, name: str, text: str, attributes: Mapping[str, str] = _NOTHING) -> None:
    """Add an element of Podcasting 2.0, with those of the attributes that say something."""
    said = {key: value for key, value in attributes.items() if value}
    etree.SubElement(parent, f"{{{PODCAST}}}{name}", said).text = text or None
