"""From posts with bodies to the checked bytes of one feed's documents: pure, so any process can do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from feeds.errors import RenderingError
from feeds.model.feed import Entry, Feed, FeedDocument, Format
from feeds.model.finding import Finding, Severity
from feeds.model.rulebook import RULEBOOK
from feeds.model.site import Site
from feeds.syndication.addresses import self_url
from feeds.syndication.check import problems
from feeds.syndication.fit import fit
from feeds.syndication.rules.fault import Fault
from feeds.syndication.select import document


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedToMake:
    """A feed and everything that its documents may show."""

    site: Site
    feed: Feed
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMade:
    """A feed's documents, all of them sound; or ``faults``, and no documents.

    ``shown`` and ``updated`` are those of the document; ``findings`` name the
    entries that had to be left out of it, and ``doubts`` what readers will
    stumble over, or would have where there are faults.
    """

    feed: Feed
    bodies: Mapping[Format, bytes]
    shown: tuple[Entry, ...]
    updated: datetime
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """The bytes of every format, why they are not fit to publish, and what else was found in them."""

    bodies: Mapping[Format, bytes]
    faults: tuple[str, ...]
    doubts: tuple[Finding, ...] = ()


def make(wanted: FeedToMake) -> FeedMade:
    """Render a feed in its formats and check the bytes; one bad entry never costs the others."""
    made = document(wanted.feed, wanted.entries)
    rendered = _render(made, wanted.site)
    findings: tuple[Finding, ...] = ()
    if rendered.faults:
        made, findings = _sound(wanted)
        rendered = _render(made, wanted.site)
    return FeedMade(
        feed=wanted.feed,
        bodies={} if rendered.faults else rendered.bodies,
        shown=made.entries,
        updated=made.updated,
        findings=findings,
        doubts=rendered.doubts,
        faults=rendered.faults,
    )


def finding(fault: Fault, path: PurePosixPath) -> Finding:
    """Say of a fault which document or post it is in."""
    return Finding(
        path=path,
        line=0,
        code=fault.code,
        severity=fault.severity,
        message=f"{fault.message}." if fault.entry else f"{fault}.",
        advice=RULEBOOK[fault.code].advice,
    )


def _render(made: FeedDocument, site: Site) -> _Rendered:
    try:
        bodies = fit(made, site)
    except RenderingError as error:
        return _Rendered(bodies={}, faults=error.problems)
    found = [
        (format, fault)
        for format, body in bodies.items()
        for fault in problems(body, format, self_url=self_url(site, made.feed, format))
    ]
    return _Rendered(
        bodies=bodies,
        faults=tuple(str(fault) for _, fault in found if fault.severity is Severity.ERROR),
        doubts=tuple(dict.fromkeys(finding(fault, _place(made, format, fault)) for format, fault in found)),
    )


def _place(made: FeedDocument, format: Format, fault: Fault) -> PurePosixPath:
    """Return the path of the post that the fault is in, else that of the document."""
    if fault.entry:
        return made.entries[fault.entry - 1].post.path
    return PurePosixPath(made.feed.path(format))


def _sound(wanted: FeedToMake) -> tuple[FeedDocument, tuple[Finding, ...]]:
    """Return the document of those entries of which one can be made, and a finding for each of the others."""
    sound: list[Entry] = []
    findings: list[Finding] = []
    for entry in wanted.entries:
        faults = _render(document(wanted.feed, [entry]), wanted.site).faults
        if faults:
            findings.append(_left_out(entry, faults))
        else:
            sound.append(entry)
    return document(wanted.feed, sound), tuple(findings)


def _left_out(entry: Entry, faults: Sequence[str]) -> Finding:
    return Finding(
        path=entry.post.path,
        line=0,
        code="entry-broken",
        severity=Severity.ERROR,
        message=f"It cannot be an entry: {'; '.join(faults)}. It is left out of its feeds.",
        advice="Mend the post, or report this as a fault of the service.",
    )
