"""``feeds list`` and ``feeds explain``: what is there, and why."""

from dataclasses import asdict
from pathlib import Path

import click

from feeds.bootstrap.working import workshop
from feeds.cli.listed import addresses, heading
from feeds.cli.options import config_option, json_option, now, settings_of, to_json
from feeds.cli.publish import run_once
from feeds.model.finding import Finding
from feeds.model.media import Enclosure
from feeds.services.explain import Explanation
from feeds.services.explain import explain as explain_file
from feeds.services.overview import FeedOverview, overview


@click.command(name="list")
@config_option
@json_option
def list_feeds(*, config: Path, as_json: bool) -> None:
    """List the feeds, how many entries each shows, and their URLs.

    Feeds that have moved or ended, or that were taken out of the config, come
    last: their addresses answer 301 or 410.
    """
    shop = workshop(settings_of(config))
    run_once(shop)
    feeds = overview(shop.database, shop.publication, now=now())
    if as_json:
        click.echo(to_json([asdict(feed) for feed in feeds]))
        return
    for feed in feeds:
        click.echo(_line(feed))


@click.command()
@config_option
@json_option
@click.argument("path", type=click.Path(path_type=Path))
def explain(*, config: Path, as_json: bool, path: Path) -> None:
    """Tell which feeds the file PATH is in, or why it is in none."""
    shop = workshop(settings_of(config))
    run_once(shop)
    explanation = explain_file(shop.database, shop.directory, shop.publication, path, now=now())
    if as_json:
        click.echo(to_json(asdict(explanation)))
    else:
        click.echo("\n".join(_lines(explanation)))
    if explanation.unknown:
        raise SystemExit(1)


def _finding(finding: Finding) -> str:
    return f"{finding.severity}: {finding}"


def _line(feed: FeedOverview) -> str:
    return "\n".join([f"{feed.name}: {heading(feed)}", *(f"  {address}" for address in addresses(feed))])


def _file(enclosure: Enclosure) -> str:
    length = f"{enclosure.length} bytes" if enclosure.length else "length not known"
    return f"{enclosure.url} ({enclosure.media_type}, {length})"


def _lines(explanation: Explanation) -> list[str]:
    lines = [explanation.path, f"  {explanation.verdict}"]
    post = explanation.post
    if post:
        lines += [f"  title      {post.title}", f"  id         {post.id}", f"  url        {post.url}"]
        lines += [
            f"  published  {post.published:%Y-%m-%dT%H:%M:%SZ}",
            f"  updated    {post.updated:%Y-%m-%dT%H:%M:%SZ}",
        ]
        lines.extend(f"  file       {_file(enclosure)}" for enclosure in post.enclosures)
    if explanation.shown:
        lines.append(f"  shown in   {', '.join(explanation.shown)}")
    if explanation.beyond:
        lines.append(f"  beyond the newest entries of {', '.join(explanation.beyond)}")
    lines.extend(f"  {_finding(finding)}" for finding in explanation.findings)
    return lines
