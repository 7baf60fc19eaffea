"""``feeds refresh`` and ``feeds build``: one pass, and the same documents as files."""

from dataclasses import asdict
from pathlib import Path

import click

from feeds.bootstrap.working import Workshop, workshop
from feeds.cli.bars import bars
from feeds.cli.options import config_option, json_option, now, settings_of, to_json
from feeds.model.report import Report
from feeds.services.export import export


@click.command()
@config_option
@json_option
def refresh(*, config: Path, as_json: bool) -> None:
    """Bring the feeds up to date once, and say what changed."""
    shop = workshop(settings_of(config))
    report = run_once(shop)
    if as_json:
        click.echo(to_json(asdict(report)))
    else:
        click.echo(in_words(report))
    end(report)


@click.command()
@config_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The directory to write into; made where it is missing.",
)
def build(*, config: Path, output: Path) -> None:
    """Write every document as a static file, for any web server or static host."""
    shop = workshop(settings_of(config))
    report = run_once(shop)
    with bars() as progress:
        exported = export(shop.database, output, progress, room=shop.settings.server.archive_mb << 20)
    click.echo(in_words(report))
    click.echo(f"{exported.files} files in {output}: {exported.written} written, {exported.removed} removed.")
    end(report)


def run_once(shop: Workshop) -> Report:
    """Refresh, and say what keeps the service degraded."""
    with bars() as progress:
        report = shop.refresh.run(now(), progress)
    for condition in report.conditions:
        click.echo(f"degraded: {condition.message}", err=True)
    return report


def end(report: Report) -> None:
    """Leave with status 1 when the refresh could not do all its work."""
    if report.conditions:
        raise SystemExit(1)


def in_words(report: Report) -> str:
    """Tell a report in a sentence or two."""
    files = f"{report.added} added, {report.changed} changed, {report.removed} removed"
    parts = [f"{report.visible} of {report.posts} posts published in {report.feeds} feeds ({files})."]
    parts.append(f"{report.documents} documents changed in {report.seconds:.2f} s.")
    if report.unsettled:
        parts.append(f"{report.unsettled} were being written to and wait for the next look.")
    if report.findings:
        parts.append(f"{report.findings} files have findings: `feeds check` shows them.")
    if report.next_transition:
        parts.append(f"The next post appears or expires at {report.next_transition:%Y-%m-%dT%H:%M:%SZ}.")
    return "\n".join(parts)
