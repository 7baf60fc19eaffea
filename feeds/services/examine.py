"""Everything that is wrong: in content, in documents, with the service."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from feeds.model.artefact import Artefact, Condition
from feeds.model.feed import Format
from feeds.model.finding import Finding, Severity
from feeds.services.working import Progress
from feeds.store import artefacts, findings, runs
from feeds.store.database import Database
from feeds.syndication.check import problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found; ``sound`` is False when something keeps a post or a document from readers."""

    findings: tuple[Finding, ...]
    conditions: tuple[Condition, ...]
    documents: int

    @property
    def sound(self) -> bool:
        """Tell whether everything is published as it should be."""
        return not self.conditions and all(finding.severity is not Severity.ERROR for finding in self.findings)


def examine(database: Database, progress: Progress) -> Examination:
    """Gather the findings of the last refresh and check every published document anew."""
    with database.reading() as connection:
        found = findings.all_findings(connection)
        conditions = runs.standing_conditions(connection)
        total = len(artefacts.published_paths(connection))
        for done, artefact in enumerate(artefacts.all_artefacts(connection), start=1):
            found.extend(_faults(artefact))
            progress("Checking documents", done, total)
    return Examination(findings=tuple(found), conditions=conditions, documents=total)


def _faults(artefact: Artefact) -> Iterator[Finding]:
    extension = artefact.path.rsplit(".", 1)[-1]
    if extension not in set(Format):
        return
    for problem in problems(artefact.body, Format(extension), self_url=artefact.self_url):
        yield Finding(
            path=PurePosixPath(artefact.path),
            line=0,
            code="document",
            severity=Severity.ERROR,
            message=problem,
            advice="This is a fault of the service: please report it.",
        )
