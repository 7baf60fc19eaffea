"""Atom 1.0 (RFC 4287)."""

from collections.abc import Iterator, Mapping
from typing import Any

from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.license import License, read_license
from feeds.model.post import Post
from feeds.model.site import Site
from feeds.syndication.addresses import document_url, self_url
from feeds.syndication.extensions import atom_writer
from feeds.syndication.history import history_links, history_mark
from feeds.syndication.labels import category_labels, language_label
from feeds.syndication.relations import license_of, related_links


def render(document: FeedDocument, site: Site) -> bytes:
    """Return the Atom document: UTF-8, metadata before entries, entries in the given order.

    The feed's permanent id is the URL of its Atom document: it changes with
    neither title nor formats, and its archive documents bear it too.  Raise ``ValueError`` for a text that XML cannot
    carry or a feed or entry without a title.
    """
    feed = atom_writer()
    feed.id(self_url(site, document.feed, Format.ATOM))
    feed.title(document.feed.title)
    feed.subtitle(document.feed.description)
    feed.updated(document.updated)
    feed.author(name=site.author or site.title)  # always, for an entry may have none
    feed.link(href=document_url(site, document.path(Format.ATOM)), rel="self", type="application/atom+xml")
    feed.link(href=site.url, rel="alternate", type="text/html")
    for rel, href in history_links(document, site, Format.ATOM):
        feed.link(href=href, rel=rel, type="application/atom+xml")
    feed.atom.mark = history_mark(document)
    feed.language(site.language)
    feed.icon(site.icon)
    feed.rights(site.copyright)
    feed.generator("feeds")  # without a version: an upgrade alone must not change a byte
    of_site = read_license(site.license)
    feed.atom.license = of_site.url if of_site else ""
    feed.atom.tombstones = document.tombstones
    for entry in document.entries:
        _write(feed.add_entry(order="append"), entry, site)
    content: bytes = feed.atom_str(pretty=True)
    return content


def _write(item: Any, entry: Entry, site: Site) -> None:
    """Fill a feedgen entry."""
    post = entry.post
    item.id(post.id)
    item.title(post.title)
    item.link(href=post.url)
    item.published(post.published)
    item.updated(entry.updated)
    item.author([{"name": author.name, "uri": author.url} for author in post.authors])
    # Readers show one or the other: the name a person gave goes into both.
    item.category([{"term": label, "label": label} for label in category_labels(post)])
    item.summary(entry.summary)
    if entry.html:
        item.content(entry.html, type="html")
    if post.picture:
        # Bare: a media:group is for alternatives of one thing.
        item.media.content(url=post.picture.url, type=post.picture.media_type, medium="image", group=None)
        item.media.thumbnail(url=post.picture.url, group=None)
        item.atom.picture_text = post.picture.alt
    terms = license_of(post, site)
    if terms and not terms.url:
        item.rights(terms.name)
    item.atom.links = tuple(_links(post, terms))
    item.atom.language = language_label(post, site)


def _links(post: Post, terms: License | None) -> Iterator[Mapping[str, str]]:
    """Yield the attributes of the links beside the entry's own.

    Those of its files say what is known of them; the license (RFC 4946), also
    that of the site, goes with the entry wherever it is shown.
    """
    for enclosure in post.enclosures:
        told = {
            "type": enclosure.media_type,
            "length": str(enclosure.length) if enclosure.length else "",
            "title": enclosure.title,
        }
        yield {"href": enclosure.url, "rel": "enclosure"} | {name: value for name, value in told.items() if value}
    for rel, href in related_links(post):
        yield {"href": href, "rel": rel}
    if terms and terms.url:
        yield {"href": terms.url, "rel": "license"}
