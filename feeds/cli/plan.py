"""``feeds plan`` and ``feeds release``: what a change would do to subscribers, and the operator's word for it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from feeds.bootstrap.rehearsing import rehearsal
from feeds.bootstrap.working import workshop
from feeds.cli.bars import bars
from feeds.cli.options import config_option, json_option, now, settings_of, to_json
from feeds.cli.publish import end, in_words, run_once
from feeds.errors import SettingsError
from feeds.model.announcement import Announcement, FeedChange, Hold
from feeds.services.guard import release as release_held
from feeds.services.guard import still_held
from feeds.services.plan import compare
from feeds.settings import Settings

#: How many entries of a kind are named where nobody asked for all.
_SOME = 5

#: What may happen to entries, and how that is said.
_KINDS = (
    ("announced", "new"),
    ("reannounced", "announced anew though old"),
    ("surfaced", "moved up from below the end"),
    ("reidentified", "announced anew under another id"),
    ("updated", "updated"),
    ("rewritten", "changed without saying so"),
    ("removed", "removed"),
)


class _Misused(click.UsageError):
    """A command that was called in a way that it does not understand; unlike elsewhere, that is status 1."""

    exit_code = 1


class _Plan(click.Command):
    """A command whose status 2 says one thing only."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _Misused(error.format_message(), error.ctx) from error


@click.command(cls=_Plan)
@config_option
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The state of the running service, where the configuration names another one.",
)
@click.option("--all", "in_full", is_flag=True, help="Name every entry, and the feeds that stay as they are.")
@json_option
def plan(*, config: Path, state: Path | None, in_full: bool, as_json: bool) -> None:
    """Show what the next refresh would do to subscribers, feed by feed; nothing is published.

    Try a change of configuration on a copy of the file: feeds plan --config
    NEW.toml.

    Exit status: 0 when subscribers would see nothing again, 2 when entries that
    they have had, or could have had, would be announced to them anew, 1 when
    that cannot be told: the configuration, the content or the command has a
    mistake.  Entries that only move up from below the end of a document, into
    places that others left, are named and do not count, unless they are so many
    that the feed would be held.
    """
    settings = _settings(config)
    moment = now()
    with rehearsal(settings, state or settings.state.directory, moment) as rehearsed:
        with bars() as progress:
            report = rehearsed.shop.refresh.run(moment, progress)
        changes = compare(rehearsed.live, rehearsed.shop.database, rehearsed.shop.publication, now=moment)
    disturbing = any(change.disturbs for change in changes)
    for condition in report.conditions:
        click.echo(f"degraded: {condition.message}", err=True)
    if as_json:
        click.echo(to_json({"disturbs": disturbing, "feeds": [_as_json(change) for change in changes]}))
    else:
        click.echo(_in_words(changes, in_full=in_full))
    if disturbing:
        raise SystemExit(2)


@click.command()
@config_option
@json_option
@click.argument("feeds", nargs=-1, metavar="[FEED]...")
def release(*, config: Path, as_json: bool, feeds: Sequence[str]) -> None:
    """Publish feeds that are held, whatever they announce: every one, or only the FEEDs named.

    A feed is held when it would tell its subscribers of more old entries than
    max_new_entries; `feeds plan` shows which.  Every held feed is released by
    `feeds release` alone: `feeds release all` releases the feed called "all".
    """
    shop = workshop(settings_of(config))
    released = release_held(shop.database, feeds)
    if not released:
        click.echo(to_json([]) if as_json else "No feed is held.")
        return
    report = run_once(shop)
    if as_json:
        click.echo(to_json([asdict(hold) for hold in released]))
    else:
        click.echo("\n".join(_answer(released, still_held(shop.database))))
        click.echo(in_words(report))
    end(report)


def _settings(config: Path) -> Settings:
    try:
        return settings_of(config)
    except SettingsError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise SystemExit(1) from error


def _answer(released: Sequence[Hold], left: Sequence[Hold]) -> Iterator[str]:
    yield f"Released: {', '.join(hold.feed for hold in released)}."
    if left:
        names = ", ".join(hold.feed for hold in left)
        yield f"Only what was named: still held are {names}. `feeds release` without a name releases every feed."


def _as_json(change: FeedChange) -> dict[str, object]:
    return asdict(change) | {"begins": change.begins, "ends": change.ends, "disturbs": change.disturbs}


def _in_words(changes: Sequence[FeedChange], *, in_full: bool) -> str:
    lines: list[str] = []
    for change in changes:
        if in_full or not change.is_nothing:
            lines.append(f"{change.feed}: {_summary(change)}")
            lines.extend(_entries(change, None if in_full else _SOME))
    same = sum(change.is_nothing for change in changes)
    if same and not in_full:
        lines.append("1 feed stays as it is." if same == 1 else f"{same} feeds stay as they are.")
    disturbed = [change.feed for change in changes if change.disturbs]
    if disturbed:
        lines.append(f"Subscribers would be told of old entries again in: {', '.join(disturbed)}.")
    return "\n".join(lines) or "There are no feeds."


def _summary(change: FeedChange) -> str:
    if change.begins:
        return f"a new feed; {_bytes(change.after)}"
    if change.ends:
        return "is published no more"
    counts = [f"{len(getattr(change, kind))} {words}" for kind, words in _KINDS if getattr(change, kind)]
    held = ["held until now"] if change.held else []
    what = ", ".join([*held, *counts]) or ("as it is" if change.is_nothing else "no entry changes, but the document")
    return f"{what}; {_bytes(change.before)} -> {_bytes(change.after)}"


def _entries(change: FeedChange, most: int | None) -> Iterator[str]:
    """Name the entries that something happens to, of each kind at most ``most``."""
    if change.begins or change.ends:
        return
    for kind, words in _KINDS:
        entries: Sequence[Announcement] = getattr(change, kind)
        for entry in entries[:most]:
            yield f"  {words}: {entry.title} ({entry.path}, {entry.published:%Y-%m-%d})"
        if most is not None and len(entries) > most:
            yield f"  {words}: {len(entries) - most} more (--all names them)"


def _bytes(documents: dict[str, int]) -> str:
    sizes = (f"{path.rpartition('.')[2]} {size:,}" for path, size in sorted(documents.items()))
    return f"{', '.join(sizes)} bytes"
