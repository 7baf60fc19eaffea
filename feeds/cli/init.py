"""``feeds init``: a first configuration, from what the site says of itself."""

import os
from pathlib import Path

import click

from feeds.bootstrap.initialising import configuration, look_at
from feeds.bootstrap.recognising import stray
from feeds.disk import write_atomically
from feeds.settings import load


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path())
@click.option("--url", default="", help="Home page of the site, where its generator does not know it.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("feeds.toml"),
    show_default=True,
    help="The file to write; one that is there already stays as it is.",
)
def init(directory: Path, url: str, output: Path) -> None:
    """Write a commented configuration for the site in DIRECTORY.

    Its generator is recognised, and the configuration of that is read: title,
    URL, language, timezone.  Links are made by it too, as long as nothing else
    is configured.  Nothing of the site is executed or changed.
    """
    if output.exists():
        raise click.ClickException(f"{output} is there already: name another file with --output, or remove it.")
    beginning = look_at(directory.resolve())
    if not beginning.posts:
        folder, found = directory.resolve(), beginning.recognised
        astray = stray(found, folder)
        raise click.ClickException(
            f"There is no post in {folder}, as {found.generator} has them ({found.why}): "
            f"name the folder of the site, or of its posts.{f' {astray} in a configuration.' if astray else ''}"
        )
    its_url = url or beginning.facts.url
    if not its_url:
        raise click.UsageError("The files of the site do not say where it is: give its home page with --url.")
    write_atomically(output, configuration(beginning, output, its_url).encode())
    try:
        load(output, os.environ)
    except BaseException:
        output.unlink()
        raise
    found = beginning.recognised
    certainly = "" if found.certain else ", but that is not certain"
    click.echo(f"{found.generator}{certainly}: {found.why}.")
    click.echo(f"{beginning.posts} {'post' if beginning.posts == 1 else 'posts'} in {beginning.content}.")
    click.echo(f"{output} is written. See what is in it with: feeds check --notes --config {output}")
