"""From the posts of a window to the checked bytes of its archive document."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.errors import NotReady, RenderingError
from feeds.model.feed import ContentMode, Entry, Feed, FeedDocument, Format, History
from feeds.model.finding import Severity
from feeds.model.post import Post
from feeds.model.site import Site
from feeds.services.bodies import wanted_body
from feeds.services.reading import Reading
from feeds.store.bodies import StoredBody
from feeds.syndication.addresses import document_url
from feeds.syndication.check import problems
from feeds.syndication.entries import entry
from feeds.syndication.select import document
from feeds.syndication.squeeze import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveToMake:
    """The posts of one window, newest first, and what their document says of its place.

    ``bodies`` are those at hand, by the path of the post; the others are
    rendered from the files.  Of the ``waiting`` files, which cannot be read as
    they stand, what is not at hand is not to be had.  A ``provisional``
    document stands in for the one that was laid out, while its feed is held.
    """

    reading: Reading
    feed: Feed
    history: History
    posts: tuple[Post, ...]
    bodies: Mapping[str, StoredBody]
    waiting: frozenset[str]
    formats: tuple[Format, ...]
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMade:
    """An archive document in the formats asked for; ``updated`` is its newest entry's."""

    wanted: ArchiveToMake
    bodies: Mapping[Format, bytes]
    updated: datetime


def make_archive(wanted: ArchiveToMake) -> ArchiveMade:
    """Make an archive document: the same bytes for the same posts, whatever happened before.

    A post whose body cannot be rendered is there with its summary.  Raises
    `NotReady` where a file is not what the catalogue knows, and
    `RenderingError` where no sound document can be made.
    """
    entries = [_entry(wanted, post) for post in wanted.posts]
    made = replace(document(wanted.feed, entries), history=wanted.history)
    site = wanted.reading.publication.site
    bodies = {format: _sound(made, site, format) for format in wanted.formats}
    return ArchiveMade(wanted=wanted, bodies=bodies, updated=made.updated)


def _entry(wanted: ArchiveToMake, post: Post) -> Entry:
    feed, site = wanted.feed, wanted.reading.publication.site
    if feed.content is ContentMode.SUMMARY and post.summary:
        return entry(feed, site, post, html="", excerpt="", markdown="")
    html, excerpt, markdown = _body(wanted, post)
    return entry(feed, site, post, html=html, excerpt=excerpt, markdown=markdown)


def _body(wanted: ArchiveToMake, post: Post) -> tuple[str, str, str]:
    """Return the HTML of a post, its beginning, and its Markdown, all empty where there is none to be had."""
    path = str(post.path)
    kept = wanted.bodies.get(path)
    if kept and (path in wanted.waiting or kept.markdown is not None or not wanted.feed.source_markdown):
        return kept.html, kept.excerpt, kept.markdown or ""
    if path in wanted.waiting:
        return "", "", ""
    composed = wanted.reading.compose(wanted_body(wanted.reading, post))
    if composed.moved_on:
        raise NotReady(f"{path} has just changed.")
    return (composed.body.html, composed.body.excerpt, composed.markdown) if composed.body else ("", "", "")


def _sound(made: FeedDocument, site: Site, format: Format) -> bytes:
    """Return the bytes of a document without fault, if need be without the entries of which none can be made."""
    body, faults = _render(made, site, format)
    if faults:
        sound = tuple(e for e in made.entries if not _render(replace(made, entries=(e,)), site, format)[1])
        body, faults = _render(replace(made, entries=sound), site, format)
    if faults:
        raise RenderingError(made.path(format), faults)
    return body


def _render(made: FeedDocument, site: Site, format: Format) -> tuple[bytes, tuple[str, ...]]:
    try:
        body = squeeze(made, site, format)
    except RenderingError as error:
        return b"", error.problems
    found = problems(body, format, self_url=document_url(site, made.path(format)))
    return body, tuple(str(fault) for fault in found if fault.severity is Severity.ERROR)
