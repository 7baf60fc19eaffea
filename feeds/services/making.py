"""From posts with bodies to the checked bytes of one feed's documents: pure, so any process can do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.errors import RenderingError
from feeds.model.archive import Backlog
from feeds.model.feed import Entry, Feed, FeedDocument, Format, Tombstone
from feeds.model.finding import Finding, Severity
from feeds.model.site import Site
from feeds.syndication.addresses import self_url
from feeds.syndication.check import problems
from feeds.syndication.fit import fit
from feeds.syndication.select import document


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedToMake:
    """A feed and everything that its documents may show; the ``backlog``, if any, is what they leave to archives."""

    site: Site
    feed: Feed
    entries: tuple[Entry, ...]
    backlog: Backlog | None = None
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMade:
    """A feed's documents, all of them sound; or ``faults``, and no documents.

    ``shown`` and ``updated`` are those of the document; ``findings`` name the
    entries that had to be left out of it.
    """

    feed: Feed
    bodies: Mapping[Format, bytes]
    shown: tuple[Entry, ...]
    updated: datetime
    findings: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()


def make(wanted: FeedToMake) -> FeedMade:
    """Render a feed in its formats and check the bytes; one bad entry never costs the others."""
    made, bodies, faults = _render(_document(wanted, wanted.entries), wanted.site, wanted.backlog)
    findings: tuple[Finding, ...] = ()
    if faults:
        sound, findings = _sound(wanted)
        made, bodies, faults = _render(sound, wanted.site, wanted.backlog)
    return FeedMade(
        feed=wanted.feed,
        bodies={} if faults else bodies,
        shown=made.entries,
        updated=made.updated,
        findings=findings,
        faults=faults,
    )


def _document(wanted: FeedToMake, entries: Iterable[Entry]) -> FeedDocument:
    return replace(document(wanted.feed, entries), tombstones=wanted.tombstones)


def _render(
    wanted: FeedDocument, site: Site, backlog: Backlog | None
) -> tuple[FeedDocument, Mapping[Format, bytes], tuple[str, ...]]:
    """Return the document that fits, its bytes in every format, and what a reader would stumble over in them."""
    try:
        made, bodies = fit(wanted, site, backlog)
    except RenderingError as error:
        return wanted, {}, error.problems
    faults = (
        problem
        for format, body in bodies.items()
        for problem in problems(body, format, self_url=self_url(site, made.feed, format))
    )
    return made, bodies, tuple(faults)


def _sound(wanted: FeedToMake) -> tuple[FeedDocument, tuple[Finding, ...]]:
    """Return the document of those entries of which one can be made, and a finding for each of the others."""
    sound: list[Entry] = []
    findings: list[Finding] = []
    for entry in wanted.entries:
        *_, faults = _render(document(wanted.feed, [entry]), wanted.site, None)
        if faults:
            findings.append(_left_out(entry, faults))
        else:
            sound.append(entry)
    return _document(wanted, sound), tuple(findings)


def _left_out(entry: Entry, faults: Sequence[str]) -> Finding:
    return Finding(
        path=entry.post.path,
        line=0,
        code="entry-broken",
        severity=Severity.ERROR,
        message=f"It cannot be an entry: {'; '.join(faults)}. It is left out of its feeds.",
        advice="Mend the post, or report this as a fault of the service.",
    )
