"""The command line: one door to everything the service does."""

import gc
from importlib import import_module

import click

from feeds.errors import FeedsError, SettingsError

#: Where each command is: loaded when it is called, so that ``serve`` is up before Markdown is.
_COMMANDS = {
    "serve": "feeds.cli.serve:serve",
    "refresh": "feeds.cli.publish:refresh",
    "build": "feeds.cli.publish:build",
    "check": "feeds.cli.check:check",
    "list": "feeds.cli.inspect:list_feeds",
    "explain": "feeds.cli.inspect:explain",
    "plan": "feeds.cli.plan:plan",
    "release": "feeds.cli.plan:release",
    "ids": "feeds.cli.ids:ids",
    "init": "feeds.cli.init:init",
    "schema": "feeds.cli.schema:schema",
}


class _Commands(click.Group):
    """Commands that are imported when they are asked for, and whose errors are messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        # Imports make many objects and no garbage: looking for it would take about a tenth of a second.
        gc.disable()
        try:
            command: click.Command = getattr(import_module(module), name)
        finally:
            gc.enable()
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            ctx.exit(2)
        except FeedsError as error:
            click.echo(f"feeds: {error}", err=True)
            ctx.exit(1)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="feeds", message="%(prog)s %(version)s")
def main() -> None:
    """RSS, Atom and JSON Feed for any directory of posts.

    Exit status: 0 when all is well, 1 when something is wrong with content,
    documents or the machine, 2 when something is wrong with the configuration
    or the command.  `feeds plan` has statuses of its own: see its help.
    """
