"""Giving every post its permanent id, and keeping it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from feeds.disk import FileStat
from feeds.model.breach import breach
from feeds.model.finding import Finding
from feeds.model.mention import Mention
from feeds.model.post import Post
from feeds.services.copies import copies
from feeds.services.editions import Editions
from feeds.services.entering import link
from feeds.services.pinpoint import pinpoint
from feeds.services.reading import Candidate, FileRead, FileToRead, Reading, candidates
from feeds.services.recognition import by_heading, recognise
from feeds.store import identities
from feeds.store.identities import Identity
from feeds.store.worklist import Worklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A post with its id and when it was updated, or the finding that says why it must wait.

    ``moved_from`` is the other path that bore its id until now, "" for none.
    """

    read: FileRead
    post: Post
    refused: Finding | None = None
    moved_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A post with the id that it is to have; ``before`` is what it was so far."""

    found: Candidate
    post: Post
    before: Identity | None = None

    @property
    def id(self) -> str:
        return self.post.id

    @property
    def path(self) -> str:
        return self.found.path


class Ledger:
    """Gives the posts of one pass over the content their ids.

    In this order: the id the author wrote; that of the file that it was before
    (`recognise`); else a new one (RFC 4151).  An id that another file bears, or
    once bore, is never made anew.

    ``work`` tells which files are gone since the last pass, and which this one
    reads, in batches.
    """

    def __init__(self, reading: Reading, now: datetime, work: Worklist) -> None:
        self._reading = reading
        self._now = now
        self._work = work
        self._displaced: set[str] = set()

    def assign(self, connection: Connection, batch: Sequence[FileRead], gone: Sequence[Post] = ()) -> list[Assignment]:
        """Return an assignment for each post of ``batch``, and write the ids given into the ledger.

        ``gone`` are the posts whose files are gone since the last pass, as far as they go with this batch.
        """
        found = candidates(batch)
        own = identities.by_path(connection, (one.path for one in found))
        own = {one.path: own[one.path] for one in found if one.path in own and _is_its_own(one, own[one.path])}
        alike = identities.by_digest(connection, (one.digest for one in found))
        freed = self._freed(alike, found)
        known = self._known(connection, found, own, alike, freed)
        known |= _renamed_and_rewritten(connection, found, own, known, gone)
        fresh = [one for one in found if one.path not in known and not one.authored]
        waiting = copies(connection, fresh, (identity.path for identity in alike if not identity.gone))
        claims = self._claims(connection, [one for one in found if one.path not in waiting], known)
        owners = self._owners(connection, claims, freed)
        taken = {claim.path: _id_taken(claim, owners[claim.id]) for claim in claims if owners[claim.id] != claim.path}
        refused = {path: pinpoint(self._reading, mention) for path, mention in taken.items()}
        accepted = [claim for claim in claims if claim.path not in refused]
        written = self._write(connection, accepted, own)
        held = [(one, finding) for one in found if (finding := (waiting | refused).get(one.path))]
        return written + [Assignment(read=one.read, post=one.post, refused=finding) for one, finding in held]

    def _known(
        self,
        connection: Connection,
        found: Sequence[Candidate],
        own: Mapping[str, Identity],
        alike: Sequence[Identity],
        freed: set[str],
    ) -> dict[str, Identity]:
        """Return, by its path, what each file was before."""
        authored = [one for one in found if one.authored]
        others = [one for one in found if not one.authored]
        movable = [identity for identity in alike if identity.gone or identity.id in freed]
        new = (one.edition.body for one in others if one.path not in own)
        known = recognise(others, own, movable, identities.gone_by_body(connection, new), freed)
        written = identities.by_id(connection, (one.post.id for one in authored))
        for one in authored:
            before = written.get(one.post.id) or own.get(one.path)
            if before:
                known[one.path] = before
        return known

    def _freed(self, alike: Iterable[Identity], found: Iterable[Candidate]) -> set[str]:
        """Return which identities lost their file in this pass: it is gone, or holds something else by now."""
        here = {one.path: one.read for one in found}
        return {identity.id for identity in alike if self._is_free(identity, here.get(identity.path))}

    def _is_free(self, identity: Identity, read: FileRead | None) -> bool:
        if identity.gone:
            return self._work.has_vanished(identity.path) or identity.id in self._displaced
        read = read or self._read_ahead(identity.path)
        if read is None or read.post is None or read.digest == identity.digest:
            return False
        return not (read.authored and read.post.id == identity.id)

    def _read_ahead(self, path: str) -> FileRead | None:
        """Look at a file that a later batch will bring; None if none will."""
        seen = self._work.sighting(path)
        if seen is None:
            return None
        stat = FileStat(seen.size, seen.mtime_ns)
        return self._reading.read(FileToRead(path=path, stat=stat, first_seen=self._now))

    def _claims(
        self, connection: Connection, found: Sequence[Candidate], known: Mapping[str, Identity]
    ) -> list[_Claim]:
        claims = [self._claim(one, known.get(one.path)) for one in found if one.authored or one.path in known]
        fresh = [one for one in found if not one.authored and one.path not in known]
        given = {claim.id for claim in claims}
        bearers = identities.by_id(connection, (one.post.id for one in fresh))
        for one in fresh:
            claim = self._minted(connection, one, bearers.get(one.post.id), given)
            given.add(claim.id)
            claims.append(claim)
        return claims

    def _claim(self, found: Candidate, before: Identity | None) -> _Claim:
        post = self._dated(found, before.first_seen) if before else found.post
        keeps = before is not None and not found.authored
        return _Claim(found=found, post=replace(post, id=before.id) if before and keeps else post, before=before)

    def _minted(self, connection: Connection, found: Candidate, bearer: Identity | None, given: set[str]) -> _Claim:
        """Make a new id; where a file is gone that had the very same page, the post is that one."""
        post = found.post
        if bearer is None and post.id not in given:
            return _Claim(found=found, post=post)
        if bearer and bearer.gone and bearer.link == link(post) and bearer.id not in given:
            return self._claim(found, bearer)
        others = self._reading.other_ids(post)
        free = next(id for id in others if id not in given and not identities.by_id(connection, [id]))
        return _Claim(found=found, post=replace(post, id=free))

    def _dated(self, found: Candidate, first_seen: datetime) -> Post:
        """Give a post without a date the one it had before its file was renamed."""
        read = found.read
        if not read.undated or first_seen == found.post.published:
            return found.post
        again = self._reading.read(FileToRead(path=read.path, stat=read.stat, first_seen=first_seen))
        return replace(again.post, id=found.post.id) if again.post else found.post

    def _owners(self, connection: Connection, claims: Sequence[_Claim], freed: set[str]) -> dict[str, str]:
        """Return whose each id is that is claimed: the file's that bears it and claims no other, else the first's."""
        claimed = {claim.path: claim.id for claim in claims}
        owners: dict[str, str] = {}
        # What was made just now, nobody bears.
        old = (claim.id for claim in claims if claim.before or claim.found.authored)
        for id, bearer in identities.by_id(connection, old).items():
            if not bearer.gone and claimed.get(bearer.path, id) == id and not self._gives_up(bearer, freed):
                owners[id] = bearer.path
        for claim in claims:
            owners.setdefault(claim.id, claim.path)
        return owners

    def _gives_up(self, bearer: Identity, freed: set[str]) -> bool:
        return bearer.id in freed or (bearer.authored and self._is_free(bearer, None))

    def _write(
        self, connection: Connection, accepted: Sequence[_Claim], own: Mapping[str, Identity]
    ) -> list[Assignment]:
        given = {claim.id for claim in accepted}
        others = [claim for claim in accepted if claim.path in own and own[claim.path].id not in given]
        identities.retire(connection, (own[claim.path].id for claim in others if claim.found.authored))
        displaced = {own[claim.path].id for claim in others if not claim.found.authored}
        identities.displace(connection, displaced)
        self._displaced |= displaced
        editions = Editions(connection, self._now, (claim.post for claim in accepted))
        entries = {claim.id: editions.entry(claim.found, claim.post, claim.before) for claim in _in_turn(accepted)}
        identities.save(connection, [entries[claim.id] for claim in accepted])
        return [_assignment(claim, entries[claim.id]) for claim in accepted]


def _renamed_and_rewritten(
    connection: Connection,
    found: Iterable[Candidate],
    own: Mapping[str, Identity],
    known: Mapping[str, Identity],
    gone: Iterable[Post],
) -> dict[str, Identity]:
    """Return, by its path, what files at new paths were that nothing but title and date tells."""
    taken = {identity.id for identity in known.values()}
    new = (one for one in found if not one.authored and one.path not in own and one.path not in known)
    ids = by_heading(new, (post for post in gone if post.id not in taken))
    before = identities.by_id(connection, ids.values())
    return {path: before[id] for path, id in ids.items() if id in before and before[id].gone}


def _in_turn(claims: Sequence[_Claim]) -> list[_Claim]:
    """Sort posts as they are given the seconds of their dates: new ones that appear later than their date come last.

    So they move none that is there, also where all are found at once, as with
    a state that is made anew.  It depends on the posts alone, not on the
    clock, so that nothing moves when they appear either.
    """
    return sorted(claims, key=lambda claim: claim.before is None and claim.post.visible_from > claim.post.published)


def _assignment(claim: _Claim, entry: Identity) -> Assignment:
    updated = max(entry.updated or claim.post.published, claim.post.published)
    before = claim.before
    moved = before is not None and before.id == claim.id and before.path != claim.path
    return Assignment(
        read=claim.found.read,
        post=claim.post if claim.post.updated == updated else replace(claim.post, updated=updated),
        moved_from=before.path if before and moved else "",
    )


def _is_its_own(found: Candidate, before: Identity) -> bool:
    """Tell whether what the path bore, or bore once, is the same post: one that returns has its date or its body."""
    same = (before.digest, before.body_digest, before.published)
    now = (found.digest, found.edition.body, found.post.published)
    return not before.gone or before.published is None or any(a == b for a, b in zip(same, now, strict=True))


def _id_taken(claim: _Claim, owner: str) -> Mention:
    message = f"{owner} already has the id {claim.id}; two posts never share one, so this one is not published."
    return Mention(finding=breach("id-taken", claim.path, message), meaning="id")
