"""Which posts a feed shows, and the document they make."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

from feeds.model.feed import Entry, Feed, FeedDocument, Selection
from feeds.model.post import TERM_KINDS, Post

#: What an empty feed says of its last change: documents never contain the clock.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

_SECOND = timedelta(seconds=1)


def matches(selection: Selection, post: Post) -> bool:
    """Tell whether ``post`` meets every condition of ``selection``, visible or not."""
    slugs = {(term.kind, term.slug) for term in post.terms()}
    return _matches(selection, post, slugs)


def _matches(selection: Selection, post: Post, slugs: Set[tuple[str, str]]) -> bool:
    return (
        all(_has_any(kind, selection.terms(kind), slugs) for kind in TERM_KINDS)
        and selection.featured in (None, post.featured)
        and (not selection.played or post.played is not None)
        and _is_at(selection, str(post.path))
        and (selection.after is None or post.published >= selection.after)
        and (selection.before is None or post.published < selection.before)
        and all(_matches(each, post, slugs) for each in selection.all_of)
        and (not selection.any_of or any(_matches(each, post, slugs) for each in selection.any_of))
        and not any(_matches(each, post, slugs) for each in selection.none_of)
    )


def _has_any(kind: str, wanted: Sequence[str], slugs: Set[tuple[str, str]]) -> bool:
    return not wanted or any((kind, slug) in slugs for slug in wanted)


def _is_at(selection: Selection, path: str) -> bool:
    if selection.is_pattern:
        # "[" is no sign of a pattern here: in brackets it stands for itself.
        return fnmatchcase(path, selection.path.replace("[", "[[]"))
    return path.startswith(selection.path)


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
