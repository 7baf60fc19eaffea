"""Giving posts the ids that their readers know from before.

An adoption is planned first and carried out after, so that it can be shown
without being done.  Both belong into one `Refresh.alone`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from feeds.content.adoption import Known, Match, host_of, match
from feeds.content.identity import explicit
from feeds.model.publication import Publication
from feeds.services.gather import Gathered
from feeds.store import identities, posts, runs, sources
from feeds.store.database import Database
from feeds.store.identities import Identity


class Outcome(StrEnum):
    """What becomes of an id; the last three are for someone to look at."""

    ADOPTED = "adopted"
    ALREADY = "already"
    UNMATCHED = "unmatched"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What becomes of one id: the ``path`` of its post, "" for none, or ``why`` it is given to nobody."""

    outcome: Outcome
    id: str
    path: str = ""
    title: str = ""
    link: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would become of all ids, and the ledger's entries as they would be.

    ``departed`` are of files that are not there; ``read_again`` files are to be
    looked at once more, since they may differ from what the ledger will say.
    ``others`` is the number of posts that keep the ids they have.
    """

    adoptions: tuple[Adoption, ...]
    entries: tuple[Identity, ...]
    departed: tuple[Identity, ...] = ()
    read_again: bool = False
    others: int = 0

    @property
    def complete(self) -> bool:
        """Whether every id has found its post."""
        return all(adoption.outcome in (Outcome.ADOPTED, Outcome.ALREADY) for adoption in self.adoptions)


def plan_adoption(database: Database, publication: Publication, gathered: Gathered) -> Plan:
    """Plan to give posts the ids of the entries of an old feed."""
    homes = {host_of(url) for url in (publication.site.url, *gathered.homes)}
    entries = tuple({(entry.id, entry.links): entry for entry in gathered.entries}.values())
    with database.reading() as connection:
        known = (
            Known(path=path, url=url, title=title, published=published)
            for path, url, title, published in posts.addresses(connection)
        )
        matches = match(entries, known, homes=homes, zone=ZoneInfo(publication.site.timezone))
        doubts = _doubts(matches)
        sure = [found for found in matches if found.entry.id not in doubts]
        bearing = identities.by_path(connection, (found.posts[0].path for found in sure))
        wanted = [
            replace(bearing[path], id=found.entry.id) for found in sure if (path := found.posts[0].path) in bearing
        ]
        refused = refusals(connection, wanted, bearing)
        total = posts.total(connection)
    adoptions = tuple(_adoption(found, doubts, bearing, refused) for found in matches)
    accepted = tuple(entry for entry in wanted if entry.id not in refused and bearing[entry.path].id != entry.id)
    return Plan(
        adoptions=_once(adoptions), entries=_each_once(accepted), others=total - len({entry.path for entry in wanted})
    )


def carry_out(database: Database, plan: Plan) -> None:
    """Write the ledger and the catalogue as planned; the next refresh makes the documents."""
    with database.writing() as connection:
        paths = [entry.path for entry in plan.entries]
        given = {entry.path: entry.id for entry in plan.entries}
        before = identities.by_path(connection, paths)
        identities.retire(connection, {identity.id for identity in before.values()} - set(given.values()))
        identities.save(connection, [*plan.departed, *plan.entries])
        changed = posts.find(connection, paths)
        posts.save(connection, [replace(post, id=given[str(post.path)]) for post in changed])
        if plan.read_again:
            sources.forget(connection, paths)
        runs.mark_stale(connection, [runs.EVERY_FEED])


def refusals(connection: Connection, wanted: Sequence[Identity], bearing: Mapping[str, Identity]) -> dict[str, str]:
    """Return, by id, why an entry of the ledger cannot be as it is wanted.

    ``bearing`` is what each path bears now.  An id that a post bears is free if
    that post is given another one.
    """
    refused = {entry.id: why for entry in wanted if (why := _unfit(entry, bearing[entry.path]))}
    bearers = identities.by_id(connection, (entry.id for entry in wanted))
    while True:
        leaving = {entry.path: entry.id for entry in wanted if entry.id not in refused}
        taken = {
            entry.id: f"{bearers[entry.id].path} has this id, so {entry.path} cannot have it too"
            for entry in wanted
            if entry.id not in refused and _is_kept(bearers.get(entry.id), entry, leaving)
        }
        if not taken:
            return refused
        refused |= taken


def _unfit(entry: Identity, now: Identity) -> str:
    if now.id == entry.id:
        return ""
    if explicit(entry.id) != entry.id:
        return "no feed can carry this id as it is: it is not an ASCII URI"
    return f"{entry.path} has the id {now.id} in its front matter" if now.authored else ""


def _is_kept(bearer: Identity | None, entry: Identity, leaving: Mapping[str, str]) -> bool:
    if bearer is None or bearer.gone or bearer.path == entry.path:
        return False
    return leaving.get(bearer.path, entry.id) == entry.id


def _doubts(matches: Iterable[Match]) -> dict[str, tuple[Outcome, str]]:
    """Return which ids cannot be given to one post, and why."""
    doubts: dict[str, tuple[Outcome, str]] = {}
    claims: dict[str, set[str]] = {}
    claimed: dict[str, set[str]] = {}
    for found in matches:
        if not found.posts:
            doubts[found.entry.id] = Outcome.UNMATCHED, "no post has its link, or its title and date"
        elif len(found.posts) > 1:
            files = ", ".join(sorted(post.path for post in found.posts))
            doubts[found.entry.id] = Outcome.AMBIGUOUS, f"its {found.by} could be that of {files}"
        else:
            claims.setdefault(found.posts[0].path, set()).add(found.entry.id)
            claimed.setdefault(found.entry.id, set()).add(found.posts[0].path)
    for id, paths in claimed.items():
        if len(paths) > 1:
            doubts[id] = Outcome.AMBIGUOUS, f"the old feed gives it to several: {', '.join(sorted(paths))}"
    for path, ids in claims.items():
        if len(ids) > 1:
            doubts |= dict.fromkeys(ids, (Outcome.AMBIGUOUS, f"{path} could have any of {len(ids)} ids"))
    return doubts


def _adoption(
    found: Match,
    doubts: Mapping[str, tuple[Outcome, str]],
    bearing: Mapping[str, Identity],
    refused: Mapping[str, str],
) -> Adoption:
    entry = found.entry
    outcome, why = doubts.get(entry.id, (Outcome.ADOPTED, f"found by {found.by}"))
    path = found.posts[0].path if outcome is Outcome.ADOPTED else ""
    if path and path not in bearing:
        outcome, why = Outcome.REFUSED, f"{path} is not published as it stands"
    elif entry.id in refused:
        outcome, why = Outcome.REFUSED, refused[entry.id]
    elif path and bearing[path].id == entry.id:
        outcome, why = Outcome.ALREADY, "the post has it"
    link = next(iter(entry.links), "")
    return Adoption(outcome=outcome, id=entry.id, path=path, title=entry.title, link=link, why=why)


def _once(adoptions: Iterable[Adoption]) -> tuple[Adoption, ...]:
    """Return what became of each id, once: the best of it, where an entry stood in several documents."""
    order = list(Outcome)
    best: dict[str, Adoption] = {}
    for adoption in adoptions:
        known = best.setdefault(adoption.id, adoption)
        if order.index(adoption.outcome) < order.index(known.outcome):
            best[adoption.id] = adoption
    return tuple(best.values())


def _each_once(entries: Iterable[Identity]) -> tuple[Identity, ...]:
    return tuple({entry.id: entry for entry in entries}.values())
