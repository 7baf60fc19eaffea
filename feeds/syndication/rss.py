"""RSS 2.0, by the specification and the RSS Advisory Board's Best Practices Profile."""

from html import escape
from typing import Any
from urllib.parse import urlsplit

from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.license import License, read_license
from feeds.model.site import Site
from feeds.syndication.addresses import document_url
from feeds.syndication.extensions import podcast_writer, rss_writer
from feeds.syndication.history import history_links, history_mark
from feeds.syndication.labels import category_labels, language_label
from feeds.syndication.podcasts import describe, describe_episode
from feeds.syndication.relations import license_of, related_links

#: What ``image`` may show.
_IMAGE_SUFFIXES = (".gif", ".jpeg", ".jpg", ".png")


def render(document: FeedDocument, site: Site) -> bytes:
    """Return the RSS document: UTF-8, metadata before items, items in the order of the entries.

    Raise ``ValueError`` for a text that XML cannot carry or a channel without a title or description.
    """
    podcast = document.feed.podcast
    channel = podcast_writer() if podcast else rss_writer()
    channel.title(document.feed.title)
    channel.description(document.feed.description)
    channel.link(href=document_url(site, document.path(Format.RSS)), rel="self", type="application/rss+xml")
    channel.link(href=site.url, rel="alternate")  # last, for feedgen makes the last one the channel's <link>
    channel.language(site.language)
    channel.copyright(site.copyright)
    channel.docs("https://www.rssboard.org/rss-specification")
    channel.generator("feeds")  # without a version: an upgrade alone must not change a byte
    if urlsplit(site.icon).path.lower().endswith(_IMAGE_SUFFIXES):
        channel.image(url=site.icon)
    channel.rss.updated = document.updated
    channel.rss.links = history_links(document, site, Format.RSS)
    channel.rss.mark = history_mark(document)
    channel.rss.license = _creative_commons(read_license(site.license))
    channel.rss.licensed = any(_creative_commons(entry.post.license) for entry in document.entries)
    channel.rss.with_markdown = any(entry.markdown for entry in document.entries)
    if podcast:
        describe(channel, document, podcast, site)
    for entry in document.entries:
        item = channel.add_entry(order="append")
        _write(item, entry, site, played=podcast is not None)
        if podcast:
            describe_episode(item, entry.post, podcast)
    content: bytes = channel.rss_str(pretty=True)
    return content


def _write(item: Any, entry: Entry, site: Site, *, played: bool) -> None:
    """Fill a feedgen entry; the description is HTML to its readers, so the plain summary is escaped once more.

    RSS readers take one enclosure: the first, or the first that is ``played``.
    """
    post = entry.post
    item.title(post.title)
    item.link(href=post.url)
    item.description(escape(entry.summary, quote=False), isSummary=True)
    if entry.html:
        item.content(entry.html)
    item.guid(post.id, permalink=False)
    item.category([{"term": label} for label in category_labels(post)])
    authors = [author.name for author in post.authors] or ([site.author] if site.author else [])
    item.dc.dc_creator(authors)
    if post.picture:
        # Bare: a media:group is for alternatives of one thing.
        item.media.content(url=post.picture.url, type=post.picture.media_type, medium="image", group=None)
        item.media.thumbnail(url=post.picture.url, group=None)
    enclosure = post.played if played else next(iter(post.enclosures), None)
    if enclosure:
        item.enclosure(url=enclosure.url, length=enclosure.length, type=enclosure.media_type)
    if language := language_label(post, site):
        item.dc.dc_language(language)
    terms = license_of(post, site)
    item.rss.license = _creative_commons(terms)
    if terms and not item.rss.license:
        item.dc.dc_rights(terms.name)
    item.rss.links = tuple(related_links(post))
    item.rss.markdown = entry.markdown
    item.rss.picture_text = post.picture.alt if post.picture else ""
    item.rss.published = post.published


def _creative_commons(terms: License | None) -> str:
    """Return the address that the module of Creative Commons wants, "" for another license."""
    return terms.url if terms and terms.is_creative_commons else ""
