"""What the commands have in common: the config option, the clock."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.settings import Settings, load

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config/feeds.toml"),
    envvar="FEEDS_CONFIG",
    show_default=True,
    show_envvar=True,
    help="The configuration to work with.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


def settings_of(config: Path) -> Settings:
    """Read the settings; raises `feeds.errors.SettingsError` with all their problems."""
    return load(config, os.environ)


def to_json(content: object) -> str:
    """Write plain values as JSON; instants as RFC 3339 in UTC, paths as text."""
    return json.dumps(content, default=_to_text, indent=2, ensure_ascii=False)


def _to_text(value: object) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else str(value)


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)
