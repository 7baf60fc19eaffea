"""Where feedgen falls short: its writers, extended by its own extension classes.

feedgen formats the dates of RSS by switching the locale of the whole process,
which other threads would see, and takes the clock for dates it was not given.
So it is never left a date of RSS to write: the extensions write them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.model.feed import Tombstone
from feeds.syndication.dates import rfc822, rfc3339
from feeds.syndication.extension import Extension
from feeds.syndication.podcasts import PodcastChannel, PodcastItem

DC_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_ATOM = "http://www.w3.org/2005/Atom"

#: The namespace of RFC 5005.
_HISTORY = "http://purl.org/syndication/history/1.0"

_MEDIA = "http://search.yahoo.com/mrss/"

#: Modules of RSS: licenses, and posts as they were written.
_CREATIVE_COMMONS = "http://backend.userland.com/creativeCommonsRssModule"
_SOURCE = "http://source.scripting.com/"

_MARKUP = re.compile("([&<>])")


class _Unwritten(datetime):
    """A date that feedgen takes and, since it counts as false, does not write."""

    def __bool__(self) -> bool:
        return False


class _Historical(Extension):
    """A document with a place in the history of its feed: ``mark`` is the element of RFC 5005 that says it, if any."""

    mark: str = ""

    def extend_ns(self) -> Mapping[str, str]:
        """Declare the namespace where it is used."""
        return {"fh": _HISTORY} if self.mark else {}

    def _mark(self, parent: etree._Element) -> None:
        if self.mark:
            etree.SubElement(parent, f"{{{_HISTORY}}}{self.mark}")


class RssChannel(_Historical):
    """The channel of an RSS document: set ``updated``; plain texts are spelt by the Best Practices Profile.

    ``links`` are relations and addresses; of them feedgen writes none but ``self``.
    ``license`` is the address of one of Creative Commons.  What modules its
    items have, ``licensed`` and ``with_markdown`` tell.
    """

    updated: datetime
    links: Sequence[tuple[str, str]] = ()
    license: str = ""
    licensed: bool = False
    with_markdown: bool = False

    def extend_ns(self) -> Mapping[str, str]:
        """Declare the namespaces of what there is."""
        licenses = {"creativeCommons": _CREATIVE_COMMONS} if self.license or self.licensed else {}
        return {**super().extend_ns(), **licenses, **({"source": _SOURCE} if self.with_markdown else {})}

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """Add what feedgen cannot write behind what it wrote, still before the first item."""
        channel = rss[0]
        etree.SubElement(channel, "lastBuildDate").text = rfc822(self.updated)
        for rel, href in self.links:
            etree.SubElement(channel, f"{{{_ATOM}}}link", href=href, rel=rel, type="application/rss+xml")
        if self.license:
            etree.SubElement(channel, f"{{{_CREATIVE_COMMONS}}}license").text = self.license
        self._mark(channel)
        for text in channel.iter("title", "description", "copyright"):
            _spell_markup(text)
        return rss


class RssItem(Extension):
    """An item of an RSS document: set ``published``; plain texts are spelt by the Best Practices Profile.

    ``links`` are relations and addresses beside the item's own, ``license`` is
    the address of one of Creative Commons, ``markdown`` the body as it was
    written, ``picture_text`` what the picture shows.
    """

    published: datetime
    links: Sequence[tuple[str, str]] = ()
    license: str = ""
    markdown: str = ""
    picture_text: str = ""

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add what feedgen cannot write."""
        etree.SubElement(item, "pubDate").text = rfc822(self.published)
        for rel, href in self.links:
            etree.SubElement(item, f"{{{_ATOM}}}link", href=href, rel=rel)
        if self.license:
            etree.SubElement(item, f"{{{_CREATIVE_COMMONS}}}license").text = self.license
        if self.markdown:
            etree.SubElement(item, f"{{{_SOURCE}}}markdown").text = self.markdown
        _describe_picture(item, self.picture_text)
        for text in item.iterchildren("title", "category", DC_CREATOR):
            _spell_markup(text)
        return item


class AtomFeed(_Historical):
    """The feed of an Atom document: texts declared to be plain, dates with ``Z``.

    ``tombstones`` may be set, and ``license``, the address of one.
    """

    tombstones: tuple[Tombstone, ...] = ()
    license: str = ""

    def extend_ns(self) -> Mapping[str, str]:
        """Declare the namespaces of what there is."""
        return {**super().extend_ns(), **({"at": TOMBSTONES} if self.tombstones else {})}

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Refine what feedgen wrote; its children carry no namespace, since it spells ``xmlns`` as an attribute."""
        _declare_plain(feed)
        _restate_dates(feed)
        if self.license:
            etree.SubElement(feed, "link", href=self.license, rel="license")
        self._mark(feed)
        for tombstone in self.tombstones:  # RFC 6721, 3
            etree.SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", ref=tombstone.id, when=rfc3339(tombstone.when))
        return feed


class AtomEntry(Extension):
    """An entry of an Atom document: set ``language`` where it is not the feed's.

    The one link that feedgen writes is the alternate, without what else was
    said of it; ``links`` are the attributes of the others.  ``picture_text`` is
    what the picture shows.
    """

    language: str = ""
    links: Sequence[Mapping[str, str]] = ()
    picture_text: str = ""

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Refine what feedgen wrote."""
        _declare_plain(entry)
        _restate_dates(entry)
        for link in entry.iterchildren("link"):
            link.set("rel", "alternate")
            link.set("type", "text/html")
        for attributes in self.links:
            etree.SubElement(entry, "link", dict(attributes))
        _describe_picture(entry, self.picture_text)
        if self.language:
            entry.set(XML_LANG, self.language)
        return entry


def rss_writer() -> FeedGenerator:
    """Return a feedgen generator for one RSS document.

    Set ``writer.rss.updated``, and ``item.rss.published`` of every item.
    """
    writer = FeedGenerator()
    writer.lastBuildDate(_Unwritten(1970, 1, 1, tzinfo=UTC))
    writer.load_extension("dc", atom=False)
    writer.load_extension("media", atom=False)
    writer.register_extension("rss", RssChannel, RssItem, atom=False)
    return writer


def podcast_writer() -> FeedGenerator:
    """Return `rss_writer` for a podcast.

    Set ``writer.podcasting.podcast`` and ``guid``, and ``item.podcasting.episode`` of every item.
    """
    writer = rss_writer()
    writer.load_extension("podcast", atom=False)
    writer.register_extension("podcasting", PodcastChannel, PodcastItem, atom=False)
    return writer


def atom_writer() -> FeedGenerator:
    """Return a feedgen generator for one Atom document.

    Give every feed and entry its ``updated``; ``entry.atom.language`` may be set.
    """
    writer = FeedGenerator()
    writer.load_extension("media", rss=False)
    writer.register_extension("atom", AtomFeed, AtomEntry, rss=False)
    return writer


def _spell_markup(element: etree._Element) -> None:
    """Write ``& < >`` of a plain text as hexadecimal references.

    Readers that take every RSS text for HTML get these right, and only these.
    """
    text, *marks = _MARKUP.split(element.text or "")
    if not marks:
        return
    element.text = text
    for mark, tail in zip(marks[::2], marks[1::2], strict=True):
        reference = etree.Entity(f"#x{ord(mark):X}")
        reference.tail = tail
        element.append(reference)


def _describe_picture(entry: etree._Element, text: str) -> None:
    """Say what the picture shows to those who do not see it (Media RSS, ``media:description``)."""
    for picture in entry.iterchildren(f"{{{_MEDIA}}}content") if text else ():
        etree.SubElement(picture, f"{{{_MEDIA}}}description", type="plain").text = text


def _declare_plain(element: etree._Element) -> None:
    """Say that the text constructs of RFC 4287 hold no markup, lest a reader guess."""
    for text in element.iterchildren("title", "subtitle", "summary", "rights"):
        text.set("type", "text")


def _restate_dates(element: etree._Element) -> None:
    for date in element.iterchildren("updated", "published"):
        date.text = rfc3339(datetime.fromisoformat(date.text or ""))
