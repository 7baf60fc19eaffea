"""Documents no longer than their feed allows, with no entry cut in half."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from feeds.model.archive import Backlog
from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.site import Site
from feeds.syndication.render import render
from feeds.syndication.select import NEVER

#: About what the rest of an entry takes, in bytes.
_FRAME = 800


def fit(
    document: FeedDocument, site: Site, backlog: Backlog | None = None
) -> tuple[FeedDocument, Mapping[Format, bytes]]:
    """Render ``document`` in each format of its feed, every one at most ``max_bytes`` long.

    All formats show the same entries.  An entry that would take more than half
    the room shows its summary; then the oldest entries are left out.  Return
    the document that was rendered in the end as well.  With a ``backlog`` it
    links to the archive document that goes on where it ends.
    """
    while True:
        if backlog:
            document = replace(document, history=backlog.history(document.entries))
        rendered = {format: render(document, site, format) for format in document.feed.formats}
        excess = max(len(body) for body in rendered.values()) / document.feed.max_bytes
        if excess <= 1 or not document.entries:
            return document, rendered
        document = _shorter(document, excess)


def _shorter(document: FeedDocument, excess: float) -> FeedDocument:
    room = document.feed.max_bytes
    sizes = [_size(entry) for entry in document.entries]
    scale = excess * room / sum(sizes)
    if any(entry.html and size * scale > room / 2 for entry, size in zip(document.entries, sizes, strict=True)):
        entries = tuple(
            replace(entry, html="", markdown="") if size * scale > room / 2 else entry
            for entry, size in zip(document.entries, sizes, strict=True)
        )
    else:
        within = sum(1 for total in accumulate(sizes) if total * scale <= room)
        entries = document.entries[: min(within, len(sizes) - 1)]
    return replace(document, entries=entries, updated=max((entry.updated for entry in entries), default=NEVER))


def _size(entry: Entry) -> int:
    texts = (entry.html, entry.summary, entry.summary, entry.markdown)
    return sum(len(text.encode()) for text in texts) + _FRAME
