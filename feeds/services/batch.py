"""Bringing what was read into the state: posts with their ids, and what it makes stale."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from feeds.content.dialects import dialect
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.services.burial import bury
from feeds.services.held import affected_combinations
from feeds.services.ledger import Ledger
from feeds.services.reading import FileRead
from feeds.store import categories, findings, identities, posts, runs, sources
from feeds.store.records import Role, SourceRecord
from feeds.syndication.derive import affected

#: More changes than this make every feed stale: finding out which would cost more.
MANY = 500


class Batch:
    """Some of the files of a pass, brought into the state in one transaction, each as the ledger has it."""

    def __init__(self, connection: Connection, ledger: Ledger, publication: Publication, now: datetime) -> None:
        self._connection = connection
        self._ledger = ledger
        self._publication = publication
        self._now = now

    def write(self, read: Sequence[FileRead], gone: Sequence[str]) -> None:
        """Remember what was ``read``, and forget the paths that are ``gone``."""
        before = posts.find(self._connection, [*gone, *(file.path for file in read)])
        self._forget(gone)
        lost = set(gone)
        assignments = self._ledger.assign(self._connection, read, [post for post in before if str(post.path) in lost])
        refused = {a.read.path: a.refused for a in assignments if a.refused}
        before += self._moved({a.moved_from: a.post.id for a in assignments if a.moved_from})
        after = [a.post for a in assignments if not a.refused]
        posts.save(self._connection, after)
        for file in read:
            if file.page:
                categories.save(self._connection, file.path, file.page)
        bury(self._connection, self._publication.definitions, before, now=self._now)
        sources.save(self._connection, (_record(file, refused.keys()) for file in read))
        found = [finding for file in read for finding in file.findings]
        found.extend(refusal for refusal in refused.values() if refusal)
        findings.replace(self._connection, findings.READING, (file.path for file in read), found)
        changed = [*before, *after]
        oldest = min((post.published for post in changed), default=self._now)
        runs.mark_stale(self._connection, self._stale(changed, read, gone), since=oldest)

    def _forget(self, gone: Sequence[str]) -> None:
        sources.forget(self._connection, gone)
        identities.let_go(self._connection, gone)
        posts.remove(self._connection, gone)
        findings.forget(self._connection, gone)
        for path in gone:
            categories.remove(self._connection, path)

    def _is_page(self, path: str) -> bool:
        return dialect(self._publication.generator).category_page(path) is not None

    def _moved(self, ids: Mapping[str, str]) -> list[Post]:
        """Take out of the catalogue the posts, by their old paths, that are at new ones now."""
        moved = [post for post in posts.find(self._connection, ids) if post.id == ids[str(post.path)]]
        posts.remove(self._connection, (str(post.path) for post in moved))
        return moved

    def _stale(self, changed: Sequence[Post], read: Sequence[FileRead], gone: Sequence[str]) -> Iterable[str]:
        if any(file.page for file in read) or any(map(self._is_page, gone)) or len(changed) > MANY:
            return [runs.EVERY_FEED]
        combined = affected_combinations(self._connection, self._publication, changed)
        return combined | affected(self._publication.definitions, changed)


def _record(file: FileRead, refused: Iterable[str]) -> SourceRecord:
    if file.post:
        role = Role.DUPLICATE if file.path in refused else Role.POST
    else:
        role = Role.CATEGORY if file.page else Role.WAITING
    return SourceRecord(file.path, file.stat.size, file.stat.mtime_ns, file.digest, role)
