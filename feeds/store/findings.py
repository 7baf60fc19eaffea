"""What is wrong with content, file by file."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from feeds.model.finding import Finding, Severity
from feeds.store import rows
from feeds.store.among import among
from feeds.store.records import Values, finding_row
from feeds.store.schema import findings, tallies

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
_SEVERITY = _COLUMNS.index("severity") - 1

#: Among the tallies, the number of files with findings that cost something.
_TALLIED = "findings"
_COUNT = (tallies.c.kind == _TALLIED, tallies.c.slug == "", tallies.c.label == "")


def of_feed(name: str) -> str:
    """Return the stage that finds what is wrong in the documents of one feed."""
    return _OF_FEED + name


def replace(connection: Connection, stage: str, paths: Iterable[str], found: Iterable[Finding]) -> None:
    """Put what ``stage`` found in the files ``paths`` in place of what it found there before."""
    replace_rows(connection, stage, paths, [finding_row(finding) for finding in found])


def replace_rows(connection: Connection, stage: str, paths: Iterable[str], found: Sequence[Values]) -> None:
    """Do what `replace` does with rows without number and stage."""
    _change(connection, stage, found, findings.c.stage == stage, among(findings.c.path, paths))


def replace_all(connection: Connection, stage: str, found: Iterable[Finding]) -> None:
    """Put what ``stage`` found in place of all that it found before."""
    _change(connection, stage, [finding_row(finding) for finding in found], findings.c.stage == stage)


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Drop every finding in files that are gone."""
    _change(connection, "", (), among(findings.c.path, paths))


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
    """Return how many files have findings that cost something: errors and warnings.

    They are counted once; from then on the number is kept with every change.
    """
    known = connection.execute(select(tallies.c.posts).where(*_COUNT)).scalar()
    if known is not None:
        return int(known)
    costly = findings.c.severity != Severity.INFO.value, ~findings.c.path.startswith("/")
    counted = int(connection.execute(select(func.count(findings.c.path.distinct())).where(*costly)).scalar_one())
    connection.execute(insert(tallies), {"kind": _TALLIED, "slug": "", "label": "", "posts": counted})
    return counted


def _change(connection: Connection, stage: str, new: Sequence[Values], *which: ColumnElement[bool]) -> None:
    """Put the rows ``new`` of ``stage`` in place of ``which`` were there, and keep the number of files right."""
    columns = (findings.c.path, findings.c.severity)
    away = connection.execute(delete(findings).where(*which).returning(*columns)).all()
    before = {path for path, severity in away if _costs(path, severity)}
    after = {row[0] for row in new if _costs(row[0], row[_SEVERITY])}
    if before != after:
        left = select(*columns).where(among(findings.c.path, before | after))
        others = {path for path, severity in connection.execute(left) if _costs(path, severity)}
        more = len(after | others) - len(before | others)
        connection.execute(update(tallies).where(*_COUNT).values(posts=tallies.c.posts + more))
    rows.write_tuples(connection, insert(findings), [(stage, *row) for row in new], columns=_COLUMNS)


def _costs(path: str, severity: str) -> bool:
    return severity != Severity.INFO.value and not path.startswith("/")
