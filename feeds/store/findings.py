"""What is wrong with content, file by file."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from sqlalchemy import Connection, delete, func, insert, select

from feeds.model.finding import Finding, Severity
from feeds.store import rows
from feeds.store.among import among
from feeds.store.records import Values, finding_row
from feeds.store.schema import findings

#: The stages that find: a stage replaces only what it found itself before.
SCANNING = "scanning"
READING = "reading"
COMPOSING = "composing"
RENDERING = "rendering"
SITE = "site"
LOOKING_AROUND = "looking-around"
CONFIGURING = "configuring"

_OF_FEED = "feed:"

#: What rows say, once they have a stage.
_COLUMNS = ("stage", "path", "line", "code", "severity", "message", "advice")


def of_feed(name: str) -> str:
    """Return the stage that finds what is wrong in the documents of one feed."""
    return _OF_FEED + name


def replace(connection: Connection, stage: str, paths: Iterable[str], found: Iterable[Finding]) -> None:
    """Put what ``stage`` found in the files ``paths`` in place of what it found there before."""
    clear(connection, stage, paths)
    _add(connection, stage, found)


def clear(connection: Connection, stage: str, paths: Iterable[str]) -> None:
    """Drop what ``stage`` found in the files ``paths``."""
    connection.execute(delete(findings).where(findings.c.stage == stage, among(findings.c.path, paths)))


def replace_all(connection: Connection, stage: str, found: Iterable[Finding]) -> None:
    """Put what ``stage`` found in place of all that it found before."""
    connection.execute(delete(findings).where(findings.c.stage == stage))
    _add(connection, stage, found)


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Drop every finding in files that are gone."""
    connection.execute(delete(findings).where(among(findings.c.path, paths)))


def all_findings(connection: Connection, path: str = "") -> list[Finding]:
    """Return the findings, of one file or of all, in the order of path and line."""
    statement = select(findings).order_by(findings.c.path, findings.c.line, findings.c.code, findings.c.number)
    if path:
        statement = statement.where(findings.c.path == path)
    return [
        Finding(
            path=PurePosixPath(row.path),
            line=row.line,
            code=row.code,
            severity=Severity(row.severity),
            message=row.message,
            advice=row.advice,
        )
        for row in connection.execute(statement)
    ]


def files_with_findings(connection: Connection) -> int:
    """Return how many files have findings that cost something: errors and warnings."""
    statement = select(func.count(findings.c.path.distinct())).where(
        findings.c.severity != Severity.INFO.value, ~findings.c.path.startswith("/")
    )
    return int(connection.execute(statement).scalar_one())


def _add(connection: Connection, stage: str, found: Iterable[Finding]) -> None:
    add_rows(connection, stage, [finding_row(finding) for finding in found])


def add_rows(connection: Connection, stage: str, some: Sequence[Values]) -> None:
    """Put what ``stage`` found beside what is there: rows without number and stage."""
    rows.write_tuples(connection, insert(findings), [(stage, *row) for row in some], columns=_COLUMNS)
