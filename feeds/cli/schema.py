"""``feeds schema``: the JSON Schema of the configuration, for editors."""

import json

import click

from feeds.settings import schema as settings_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of the configuration file, for editors."""
    click.echo(json.dumps(settings_schema(), indent=2))
