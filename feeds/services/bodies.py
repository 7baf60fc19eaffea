"""The bodies of the posts that documents show: rendered once, kept by what they were made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from feeds.content import compose
from feeds.model.post import Post
from feeds.services.reading import BodyComposed, BodyToCompose, Reading
from feeds.services.working import Workers
from feeds.store import bodies, findings, sources
from feeds.store.bodies import StoredBody
from feeds.store.database import Database
from feeds.store.sources import Role

_BATCH = 500

#: About how long rendering one body takes, in seconds.
_COMPOSING = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Posts whose bodies cannot be had, not even an earlier one that was good.

    ``broken`` ones are left out of documents; documents that show ``moving``
    ones, whose files changed this very moment, wait for the next look.
    ``made`` are those whose bodies are there since a moment ago.
    """

    broken: frozenset[str]
    moving: frozenset[str]
    made: frozenset[str] = frozenset()


class Bodies:
    """Renders what is missing and hands out what is kept."""

    def __init__(self, database: Database, reading: Reading) -> None:
        self._database = database
        self._reading = reading
        self._markdown = any(definition.source_markdown for definition in reading.publication.definitions)

    def prepare(self, shown: Iterable[Post], workers: Workers) -> Missing:
        """Have the bodies of these posts ready; return those that cannot be had, by path."""
        wanted = {post.path: wanted_body(self._reading, post) for post in shown}
        with self._database.reading() as connection:
            ready = known(connection, wanted.values(), markdown=self._markdown)
        pieces = [wanted[path] for path in sorted(wanted) if wanted[path].key not in ready]
        failed: list[BodyComposed] = []
        batch: list[BodyComposed] = []
        for result in workers.work(self._reading.compose, pieces, stage="Rendering posts", cost=_COMPOSING):
            batch.append(result)
            if len(batch) == _BATCH:
                failed.extend(self._keep(batch))
                batch = []
        failed.extend(self._keep(batch))
        made = frozenset(piece.path for piece in pieces)
        return replace(self._missing(failed), made=made)

    def find(self, posts: Sequence[Post]) -> Mapping[str, StoredBody]:
        """Return the kept bodies of these posts, by the path of the post; of broken ones the last good."""
        keys = {str(post.path): wanted_body(self._reading, post).key for post in posts}
        with self._database.reading() as connection:
            kept = bodies.find(connection, keys.values())
            found = {path: kept[key] for path, key in keys.items() if key in kept}
            return found | bodies.last_good(connection, keys.keys() - found.keys())

    def _keep(self, results: Sequence[BodyComposed]) -> list[BodyComposed]:
        """Keep what was rendered and what was found; return what could not be rendered."""
        if not results:
            return []
        judged = [result for result in results if not result.moved_on]
        with self._database.preparing() as connection:
            made = (stored_body(result, markdown=self._markdown) for result in judged)
            bodies.save(connection, filter(None, made))
            found = (finding for result in judged for finding in result.findings)
            findings.replace(connection, findings.COMPOSING, (result.path for result in judged), found)
        return [result for result in results if result.body is None]

    def _missing(self, failed: Sequence[BodyComposed]) -> Missing:
        broken = {result.path for result in failed if not result.moved_on}
        moving = {result.path for result in failed if result.moved_on}
        if moving:
            # A file that waits for its author to mend it will not come back by itself.
            with self._database.reading() as connection:
                known = sources.find(connection, moving)
            broken |= {path for path, record in known.items() if record.role is Role.WAITING}
        with self._database.reading() as connection:
            saved = bodies.last_good(connection, broken).keys()
        return Missing(broken=frozenset(broken - saved), moving=frozenset(moving - broken))


def wanted_body(reading: Reading, post: Post) -> BodyToCompose:
    """Return what is to be rendered for a post, and what it is kept under."""
    key = compose.key(post.digest, url=post.url, convention=reading.publication.convention)
    return BodyToCompose(path=str(post.path), digest=post.digest, url=post.url, key=key)


def known(connection: Connection, wanted: Iterable[BodyToCompose], *, markdown: bool) -> set[str]:
    """Return the keys of those bodies that are kept; with ``markdown``, kept as they were written too."""
    keys = (piece.key for piece in wanted)
    return bodies.with_markdown(connection, keys) if markdown else bodies.known(connection, keys)


def stored_body(result: BodyComposed, *, markdown: bool) -> StoredBody | None:
    """Return what is kept of a body, with its ``markdown`` or without; None where it could not be rendered."""
    if result.body is None:
        return None
    return StoredBody(
        key=result.key,
        path=result.path,
        digest=result.digest,
        html=result.body.html,
        excerpt=result.body.excerpt,
        markdown=result.markdown if markdown else None,
    )
