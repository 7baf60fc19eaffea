"""Which posts a feed shows, and the document they make."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feeds.model.feed import Entry, Feed, FeedDocument, Selection
from feeds.model.post import Post

#: What an empty feed says of its last change: documents never contain the clock.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

_SECOND = timedelta(seconds=1)


def matches(selection: Selection, post: Post) -> bool:
    """Tell whether ``post`` meets every condition of ``selection``, visible or not."""
    slugs = {(term.kind, term.slug) for term in post.terms()}
    wanted = (
        ("category", selection.categories),
        ("tag", selection.tags),
        ("author", selection.authors),
        ("language", selection.languages),
    )
    return (
        all(not any_of or any((kind, slug) in slugs for slug in any_of) for kind, any_of in wanted)
        and selection.featured in (None, post.featured)
        and str(post.path).startswith(selection.path)
        and (selection.after is None or post.published >= selection.after)
        and (selection.before is None or post.published < selection.before)
    )


def document(feed: Feed, entries: Iterable[Entry]) -> FeedDocument:
    """Make the document of ``feed``: newest first, cut to its length.

    Ties are broken by the id, so that the same entries in any order make the
    same document.  Its ``updated`` is its newest entry's and never the
    clock's: an unchanged feed renders to unchanged bytes.
    """
    newest = sorted(entries, key=lambda entry: (entry.post.published, entry.post.id), reverse=True)
    shown = _with_distinct_updated(newest[: feed.entries])
    return FeedDocument(feed=feed, entries=shown, updated=max((e.updated for e in shown), default=NEVER))


def _with_distinct_updated(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Set entries that share ``updated`` apart by whole seconds.

    The newest keeps its own and the others step back: entries that leave at
    the old end of a document then never change those that stay.
    """
    by_age = sorted(range(len(entries)), key=lambda i: (entries[i].post.updated, entries[i].post.id), reverse=True)
    shown = list(entries)
    ceiling: datetime | None = None
    for index in by_age:
        updated = entries[index].post.updated
        if ceiling is not None and updated >= ceiling:
            updated = ceiling - _SECOND
        ceiling = updated
        shown[index] = replace(entries[index], updated=updated)
    return tuple(shown)
