"""``feeds check``: what is wrong, before readers see it."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

import click

from feeds.bootstrap.checking import check as examine
from feeds.cli.bars import bars
from feeds.cli.findings import sarif, words
from feeds.cli.findings.chosen import Choice, codes
from feeds.cli.findings.located import Files, Located, relative
from feeds.cli.options import config_option, json_option, now, settings_of, to_json
from feeds.errors import SettingsError
from feeds.model.finding import Finding, Severity
from feeds.services.examine import Examination

_PROBLEM = re.compile(r"(?P<place>.*?)(?::(?P<line>\d+))?: (?P<message>.*)", re.DOTALL)


@click.command()
@config_option
@json_option
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF 2.1.0, for code scanners.")
@click.option("--notes", is_flag=True, help="Show notes too: what may well be meant.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option(
    "--only", metavar="CODE", multiple=True, callback=codes, help="Look for these codes only; several with commas."
)
@click.option(
    "--ignore", metavar="CODE", multiple=True, callback=codes, help="Pass over these codes; several with commas."
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
def check(
    *,
    config: Path,
    as_json: bool,
    as_sarif: bool,
    notes: bool,
    strict: bool,
    only: frozenset[str],
    ignore: frozenset[str],
    files: Sequence[Path],
) -> None:
    """Show everything that is wrong with content, configuration and documents.

    Nothing is published by it.  With FILEs, only what is wrong with those and
    with the configuration is shown.

    Exit status: 0 when there is no error (with --strict: no warning either), 1
    when there is, 2 when the configuration cannot be used.
    """
    if as_json and as_sarif:
        raise click.UsageError("Choose one of --json and --sarif.")
    try:
        settings = settings_of(config)
        with bars() as progress:
            examination = examine(settings, now=now(), progress=progress)
    except SettingsError as error:
        if as_json or as_sarif:
            found = [Located(finding=finding, file=relative(config)) for finding in map(_invalid, error.problems)]
            nothing = Examination(findings=(), conditions=(), posts=0, documents=0)
            _print(found, nothing, config, as_sarif=as_sarif)
            raise SystemExit(2) from error
        raise
    wanted = Choice(only=only, ignore=ignore.union(settings.check.ignore), files=frozenset(map(relative, files)))
    found = wanted.of(Files(content=settings.content.directory, config=settings.file).locate(examination.findings))
    if as_json or as_sarif:
        _print(found, examination, config, as_sarif=as_sarif)
    else:
        _tell(found, examination, notes=notes)
    if not _is_sound(found, examination, strict=strict):
        raise SystemExit(1)


def _is_sound(found: Sequence[Located], examination: Examination, *, strict: bool) -> bool:
    costly = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return not examination.conditions and not any(each.finding.severity in costly for each in found)


def _tell(found: Sequence[Located], examination: Examination, *, notes: bool) -> None:
    """Print what was found, and apart from it how much that is."""
    for condition in examination.conditions:
        click.echo(f"degraded: {condition.message}", err=True)
    for line in words.lines(found, notes=notes):
        click.echo(line)
    click.echo(words.summary(found, examination, notes=notes), err=True)


def _print(found: Sequence[Located], examination: Examination, config: Path, *, as_sarif: bool) -> None:
    if as_sarif:
        click.echo(to_json(sarif.log(found, examination.conditions, config=relative(config))))
    else:
        click.echo(to_json(_plain(found, examination)))


def _plain(found: Sequence[Located], examination: Examination) -> dict[str, Any]:
    severities = [each.finding.severity for each in found]
    return {
        "sound": _is_sound(found, examination, strict=False),
        "posts": examination.posts,
        "documents": examination.documents,
        "counts": {severity.value: severities.count(severity) for severity in Severity},
        "conditions": [asdict(condition) for condition in examination.conditions],
        "findings": [asdict(each.finding) | {"file": each.file or None} for each in found],
    }


def _invalid(problem: str) -> Finding:
    """Understand a problem of the settings, which is one line: ``file:line: message``."""
    parts = _PROBLEM.fullmatch(problem)
    return Finding(
        path=PurePosixPath(parts["place"] if parts else ""),
        line=int(parts["line"] or 0) if parts else 0,
        code="config-invalid",
        severity=Severity.ERROR,
        message=f"{parts['message'] if parts else problem}.",
        advice="",
    )
