"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping

from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.media import Enclosure
from feeds.model.post import Author
from feeds.model.site import Site
from feeds.syndication.addresses import document_url
from feeds.syndication.dates import rfc3339
from feeds.syndication.history import history_links
from feeds.syndication.labels import category_labels, language_label

VERSION = "https://jsonfeed.org/version/1.1"


def render(document: FeedDocument, site: Site) -> bytes:
    """Return the JSON Feed document: UTF-8, members in the order of the specification, none of them empty.

    Raise ``ValueError`` for a text that UTF-8 cannot carry (a lone surrogate).
    """
    links = dict(history_links(document, site, Format.JSON))
    feed = {
        "version": VERSION,
        "title": document.feed.title,
        "home_page_url": site.url,
        "feed_url": document_url(site, document.path(Format.JSON)),
        "description": document.feed.description,
        "next_url": links.get("prev-archive", ""),
        "icon": site.icon,
        "authors": [{"name": site.author}] if site.author else [],
        "language": site.language,
    }
    items = [_item(entry, site) for entry in document.entries]
    text = json.dumps({**_said(feed), "items": items}, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _item(entry: Entry, site: Site) -> dict[str, object]:
    """Return an item; without a body its text is the summary, for an item must have a content."""
    post = entry.post
    return _said(
        {
            "id": post.id,
            "url": post.url,
            "external_url": post.subject,
            "title": post.title,
            "content_html": entry.html,
            "content_text": "" if entry.html else entry.summary,
            "summary": entry.summary,
            "image": post.picture.url if post.picture else "",
            "date_published": rfc3339(post.published),
            "date_modified": rfc3339(entry.updated),
            "authors": [_author(author) for author in post.authors],
            "tags": list(category_labels(post)),
            "language": language_label(post, site),
            "attachments": [_attachment(enclosure) for enclosure in post.enclosures],
            # The format has no place for it; what is its own, an extension may say.
            "_image": {"alt": post.picture.alt} if post.picture and post.picture.alt else {},
        }
    )


def _author(author: Author) -> dict[str, object]:
    return _said({"name": author.name, "url": author.url})


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    return _said(
        {
            "url": enclosure.url,
            "mime_type": enclosure.media_type,
            "title": enclosure.title,
            "size_in_bytes": enclosure.length,
            "duration_in_seconds": enclosure.duration,
        }
    )


def _said(members: Mapping[str, object]) -> dict[str, object]:
    """Return the members that say something."""
    return {name: value for name, value in members.items() if value}
