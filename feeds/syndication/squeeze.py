"""Archive documents no longer than their feed allows, with every entry in them."""

from dataclasses import replace

from feeds.model.feed import Entry, FeedDocument, Format
from feeds.model.site import Site
from feeds.syndication.render import render

#: How long summaries may be, in characters, when even they are too long together: the more, the better.
_SUMMARIES = (500, 200, 80, 20)


def squeeze(document: FeedDocument, site: Site, format: Format) -> bytes:
    """Render ``document``, at most ``max_bytes`` long if that can be without losing an entry.

    The longest bodies give way to summaries, no more of them than needed; when
    none is left, summaries are cut at a word.
    """
    body = render(document, site, format)
    room = document.feed.max_bytes
    while len(body) > room and any(entry.html for entry in document.entries):
        document = _without_longest_bodies(document, len(body) - room)
        body = render(document, site, format)
    for length in _SUMMARIES:
        if len(body) <= room:
            break
        document = replace(document, entries=tuple(_with_short_summary(entry, length) for entry in document.entries))
        body = render(document, site, format)
    return body


def _without_longest_bodies(document: FeedDocument, excess: int) -> FeedDocument:
    """Drop the longest bodies until about ``excess`` bytes are won, at least one; equals go from the oldest up."""
    sizes = [len(entry.html.encode()) + len(entry.markdown.encode()) for entry in document.entries]
    entries = list(document.entries)
    for index in sorted(range(len(entries)), key=lambda i: (-sizes[i], -i)):
        if excess <= 0 or not sizes[index]:
            break
        entries[index] = replace(entries[index], html="", markdown="")
        excess -= sizes[index]
    return replace(document, entries=tuple(entries))


def _with_short_summary(entry: Entry, length: int) -> Entry:
    if len(entry.summary) <= length:
        return entry
    cut = entry.summary[: length - 1]
    return replace(entry, summary=(cut.rpartition(" ")[0] or cut).rstrip() + "…")
