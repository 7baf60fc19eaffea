"""Giving every post its permanent id, and keeping it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Connection

from feeds.model.finding import Finding, Severity
from feeds.model.post import Post
from feeds.services.reading import FileRead, Reading
from feeds.store import identities
from feeds.store.identities import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A post with its id, when it was first seen, or the finding that says why it must wait."""

    read: FileRead
    post: Post
    first_seen: datetime
    refused: Finding | None = None


class Ledger:
    """Assigns ids to one batch of posts that were read, inside one transaction.

    In this order: the id the author wrote; the id the path bore before; the id
    of a file that is gone and had the same bytes, or the same body, if there is
    just one; else a new one (RFC 4151).  An id that another file bears is never
    given twice.
    """

    def __init__(self, connection: Connection, reading: Reading, now: datetime) -> None:
        self._connection = connection
        self._reading = reading
        self._now = now

    def assign(self, batch: Sequence[FileRead]) -> list[Assignment]:
        """Return an assignment for each post of ``batch``, and write the ids given into the ledger."""
        posts = [(read, read.post) for read in batch if read.post is not None]
        by_path = identities.by_path(self._connection, (read.path for read, _ in posts))
        renamed = self._renamed([read for read, _ in posts if read.path not in by_path])
        chosen = [(read, post, by_path.get(read.path) or renamed.get(read.path)) for read, post in posts]
        wanted = {read.path: _wanted(read, post, before) for read, post, before in chosen}
        owners = self._owners(wanted.values())

        assignments: list[Assignment] = []
        for read, post, before in chosen:
            first_seen = before.first_seen if before else self._now
            id = wanted[read.path]
            owner = owners.get(id)
            if owner not in (None, read.path) and not read.authored:
                id = self._reading.second_id(post)
                owner = owners.get(id)
            refused = _refusal(read, id, owner) if owner not in (None, read.path) else None
            if not refused:
                owners[id] = read.path
            assignments.append(Assignment(read=read, post=_with_id(post, id), first_seen=first_seen, refused=refused))
        identities.save(self._connection, [_entry(a) for a in assignments if not a.refused])
        return assignments

    def _owners(self, ids: Iterable[str]) -> dict[str, str]:
        """Return which file that is still there bears each id."""
        known = identities.by_id(self._connection, ids)
        return {id: found.path for id, found in known.items() if not found.gone}

    def _renamed(self, fresh: Sequence[FileRead]) -> dict[str, Identity]:
        """Recognise new files that are old ones under another name."""
        orphans = identities.orphans(
            self._connection, (read.digest for read in fresh), (read.body_digest for read in fresh)
        )
        found: dict[str, Identity] = {}
        for same in ("digest", "body_digest"):
            left = [orphan for orphan in orphans if orphan not in found.values()]
            gone = Counter(getattr(orphan, same) for orphan in left)
            come = Counter(getattr(read, same) for read in fresh if read.path not in found)
            certain = {getattr(o, same): o for o in left if gone[getattr(o, same)] == come[getattr(o, same)] == 1}
            for read in fresh:
                if read.path not in found and getattr(read, same) and getattr(read, same) in certain:
                    found[read.path] = certain[getattr(read, same)]
        return found


def _with_id(post: Post, id: str) -> Post:
    return post if post.id == id else replace(post, id=id)


def _wanted(read: FileRead, post: Post, before: Identity | None) -> str:
    return before.id if before and not read.authored else post.id


def _entry(assignment: Assignment) -> Identity:
    return Identity(
        id=assignment.post.id,
        path=assignment.read.path,
        digest=assignment.read.digest,
        body_digest=assignment.read.body_digest,
        first_seen=assignment.first_seen,
    )


def _refusal(read: FileRead, id: str, owner: str | None) -> Finding:
    return Finding(
        path=PurePosixPath(read.path),
        line=0,
        code="id-taken",
        severity=Severity.ERROR,
        message=f"{owner} already has the id {id}; two posts never share one, so this one is not published.",
        advice="Give one of the two another id in its front matter, or remove the copy.",
    )
