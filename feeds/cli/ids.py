"""``feeds ids``: the permanent ids of posts, to look at, to take along, to bring from elsewhere."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from feeds.bootstrap.working import Workshop, workshop
from feeds.cli.bars import bars
from feeds.cli.options import config_option, json_option, settings_of, to_json
from feeds.cli.publish import run_once
from feeds.disk import write_atomically
from feeds.errors import EngineError
from feeds.services.adopt import Adoption, Outcome, Plan, carry_out, plan_adoption
from feeds.services.gather import Gathered, gather, gather_file, is_address, read_file
from feeds.services.register import document, plan_return, read_document, register, to_plain
from feeds.store.identities import Identity


@click.group()
def ids() -> None:
    """Show, keep and adopt the permanent ids of posts."""


@ids.command(name="list")
@config_option
@json_option
def list_ids(*, config: Path, as_json: bool) -> None:
    """List every id that was ever given, with the file that bears it."""
    shop = workshop(settings_of(config))
    run_once(shop)
    found = register(shop.database)
    if as_json:
        click.echo(to_json([to_plain(identity) for identity in found]))
        return
    click.echo("\n".join(_table(found)))


@ids.command(name="export")
@config_option
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write. Without it, standard output."
)
def export_ids(*, config: Path, output: Path | None) -> None:
    """Write all ids as JSON, for `feeds ids import` on another machine."""
    shop = workshop(settings_of(config))
    run_once(shop)
    text = "\n".join(document(shop.database)) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        write_atomically(output, text.encode())
    except OSError as error:
        raise EngineError(f"{output}: could not be written: {error.strerror}.") from error


@ids.command(name="import")
@config_option
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@json_option
@click.argument("sources", metavar="URL_OR_FILE...", nargs=-1, required=True)
def import_ids(*, config: Path, dry_run: bool, as_json: bool, sources: tuple[str, ...]) -> None:
    """Adopt the ids of an existing feed, so that its readers see no post twice.

    URL_OR_FILE is a feed (RSS, Atom or JSON Feed) of the system that published
    the posts until now; the older documents that a feed on the web links to
    are fetched too.  Or it is a file that `feeds ids export` wrote.

    Exits with 1 when an id found no post, or was refused.
    """
    shop = workshop(settings_of(config))
    run_once(shop)
    # Everything is read before anything is written.
    found = [_found(source) for source in sources]
    plans: list[Plan] = []
    for each in found:
        with shop.refresh.alone():
            plans.append(_plan(shop, each))
            if not dry_run:
                carry_out(shop.database, plans[-1])
    if not dry_run:
        run_once(shop)
    adoptions = [adoption for plan in plans for adoption in plan.adoptions]
    click.echo(_as_json(adoptions, dry_run=dry_run) if as_json else _in_words(adoptions, dry_run=dry_run))
    if not all(plan.complete for plan in plans):
        raise SystemExit(1)


def _found(source: str) -> Gathered | list[Identity]:
    if is_address(source):
        with bars() as progress:
            gathered = gather(source, progress)
        if gathered.cut:
            click.echo(f"{source}: only the newest {gathered.documents} documents were looked at.", err=True)
        return gathered
    body = read_file(Path(source))
    kept = read_document(body, source)
    return gather_file(body, source) if kept is None else kept


def _plan(shop: Workshop, found: Gathered | list[Identity]) -> Plan:
    if isinstance(found, Gathered):
        return plan_adoption(shop.database, shop.publication, found)
    return plan_return(shop.database, found)


def _table(found: list[Identity]) -> list[str]:
    width = max((len(identity.path) for identity in found), default=0)
    heading = f"{'FILE':<{width}}  {'FIRST SEEN':<10}  {'UPDATED':<20}  ID"
    return [heading, *(_row(identity, width) for identity in found)]


def _row(identity: Identity, width: int) -> str:
    updated = f"{identity.updated:%Y-%m-%dT%H:%M:%SZ}" if identity.updated else ""
    note = "  (gone)" if identity.gone else ""
    return f"{identity.path:<{width}}  {identity.first_seen:%Y-%m-%d}  {updated:<20}  {identity.id}{note}"


def _as_json(adoptions: list[Adoption], *, dry_run: bool) -> str:
    return to_json({"dry_run": dry_run, **_counts(adoptions), "ids": [asdict(adoption) for adoption in adoptions]})


def _counts(adoptions: list[Adoption]) -> dict[str, int]:
    counted = Counter(adoption.outcome for adoption in adoptions)
    return {outcome.value: counted[outcome] for outcome in Outcome}


def _in_words(adoptions: list[Adoption], *, dry_run: bool) -> str:
    counts = _counts(adoptions)
    done = "would be adopted" if dry_run else "adopted"
    lines = [
        f"{adoption.outcome}: {adoption.id} ({adoption.title or adoption.path}): {adoption.why}."
        for adoption in adoptions
        if adoption.outcome in (Outcome.UNMATCHED, Outcome.AMBIGUOUS, Outcome.REFUSED)
    ]
    lines.append(
        f"{len(adoptions)} ids: {counts['adopted']} {done}, {counts['already']} there already, "
        f"{counts['unmatched']} unmatched, {counts['ambiguous']} ambiguous, {counts['refused']} refused."
    )
    return "\n".join(lines)
