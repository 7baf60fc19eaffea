"""From posts with bodies to the checked bytes of one feed's documents: pure, so any process can do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from feeds.errors import RenderingError
from feeds.model.announcement import Announcement
from feeds.model.archive import Backlog
from feeds.model.feed import Entry, Feed, FeedDocument, Format, Tombstone
from feeds.model.finding import Finding, Severity
from feeds.model.rulebook import RULEBOOK
from feeds.model.site import Site
from feeds.services.telling import told
from feeds.syndication.addresses import self_url
from feeds.syndication.check import problems
from feeds.syndication.fit import fit
from feeds.syndication.rules.fault import Fault
from feeds.syndication.select import document


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedToMake:
    """A feed and everything that its documents may show; the ``backlog``, if any, is what they leave to archives."""

    site: Site
    feed: Feed
    entries: tuple[Entry, ...]
    backlog: Backlog | None = None
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def digest(self) -> str:
        """A digest of all this: of the same, the same documents are made."""
        return sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMade:
    """A feed's documents, all of them sound; or ``faults``, and no documents.

    ``shown`` and ``updated`` are those of the document, ``told`` is what
    subscribers learn from it; ``findings`` name the entries that had to be left
    out of it, and ``doubts`` what readers will stumble over, or would have where
    there are faults.
    """

    feed: Feed
    bodies: Mapping[Format, bytes]
    shown: tuple[Entry, ...]
    updated: datetime
    told: tuple[Announcement, ...] = ()
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """The document that fits, its bytes in every format, why they are not fit to publish, and what else was found."""

    document: FeedDocument
    bodies: Mapping[Format, bytes]
    faults: tuple[str, ...]
    doubts: tuple[Finding, ...] = ()


def make(wanted: FeedToMake) -> FeedMade:
    """Render a feed in its formats and check the bytes; one bad entry never costs the others."""
    rendered = _render(_document(wanted, wanted.entries), wanted.site, wanted.backlog)
    findings: tuple[Finding, ...] = ()
    if rendered.faults:
        sound, findings = _sound(wanted)
        rendered = _render(sound, wanted.site, wanted.backlog)
    made = rendered.document
    return FeedMade(
        feed=wanted.feed,
        bodies={} if rendered.faults else rendered.bodies,
        shown=made.entries,
        updated=made.updated,
        told=() if rendered.faults else told(made.entries),
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


def _document(wanted: FeedToMake, entries: Iterable[Entry]) -> FeedDocument:
    return replace(document(wanted.feed, entries), tombstones=wanted.tombstones)


def _render(wanted: FeedDocument, site: Site, backlog: Backlog | None) -> _Rendered:
    try:
        made, bodies = fit(wanted, site, backlog)
    except RenderingError as error:
        return _Rendered(document=wanted, bodies={}, faults=error.problems)
    found = [
        (format, fault)
        for format, body in bodies.items()
        for fault in problems(body, format, self_url=self_url(site, made.feed, format))
    ]
    return _Rendered(
        document=made,
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
        faults = _render(document(wanted.feed, [entry]), wanted.site, None).faults
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
