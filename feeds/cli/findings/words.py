"""Findings for people: one line each, errors first."""

from collections import Counter
from collections.abc import Iterator, Sequence

import click

from feeds.cli.findings.located import Located
from feeds.model.finding import Severity
from feeds.services.examine import Examination

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def lines(found: Sequence[Located], *, notes: bool) -> Iterator[str]:
    """Yield ``place: severity code: message advice`` for each; notes only where they are asked for."""
    for each in found:
        finding = each.finding
        if finding.severity is not Severity.INFO or notes:
            severity = click.style(_NAMES[finding.severity], fg=_COLOURS[finding.severity], bold=True)
            text = f"{finding.message} {finding.advice}".rstrip()
            yield f"{click.style(each.place, bold=True)}: {severity} {finding.code}: {' '.join(text.split())}"


def summary(found: Sequence[Located], examination: Examination, *, notes: bool) -> str:
    """Sum up in a sentence: how much was looked at, and what was found."""
    counts = Counter(each.finding.severity for each in found)
    counted = ", ".join(_counted(counts[severity], _NAMES[severity]) for severity in Severity)
    hidden = " (--notes shows them)" if counts[Severity.INFO] and not notes else ""
    looked = f"{_counted(examination.posts, 'post')} and {_counted(examination.documents, 'document')} checked"
    return f"{looked}: {counted}{hidden}."


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
