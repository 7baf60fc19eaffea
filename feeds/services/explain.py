"""Why a file is in the feeds it is in, or in none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection

from feeds.content.dialects import dialect
from feeds.disk import ContentDirectory
from feeds.model.feed import Feed
from feeds.model.finding import Finding, Severity
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.services.roster import roster
from feeds.store import findings, posts, sources
from feeds.store.database import Database
from feeds.store.sources import Role
from feeds.syndication.select import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What became of one file; ``unknown`` if it is no content at all.

    ``shown`` are the names of the feeds whose documents show it; ``beyond``
    those it belongs to, but where newer posts fill the document.
    """

    path: str
    verdict: str
    post: Post | None = None
    shown: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown: bool = False


def explain(
    database: Database, directory: ContentDirectory, publication: Publication, file: Path, *, now: datetime
) -> Explanation:
    """Explain ``file``, given below the content directory or as it stands in the file system."""
    path = _relative(directory.root, file)
    if not path.isprintable():
        verdict = "Not read: its name holds a control character or is not UTF-8. Rename it."
        return Explanation(path=ascii(path)[1:-1], verdict=verdict, unknown=True)
    with database.reading() as connection:
        record = sources.find(connection, [path]).get(path)
        post = next(iter(posts.find(connection, [path])), None)
        found = tuple(findings.all_findings(connection, path))
        feeds = _feeds_of(connection, publication, post, now) if post else ()
        shown: list[str] = []
        beyond: list[str] = []
        for feed in feeds:
            newest = posts.newest(connection, feed.selection, now=now, limit=feed.entries)
            (shown if post in newest else beyond).append(feed.name)
    if record is None:
        return Explanation(path=path, verdict=_unknown(directory, publication, path), unknown=True)
    visible = post is not None and post.is_visible(now)
    return Explanation(
        path=path,
        verdict=_verdict(record.role, post, found, now),
        post=post,
        shown=tuple(shown) if visible else (),
        beyond=tuple(beyond) if visible else (),
        findings=found,
    )


def _feeds_of(connection: Connection, publication: Publication, post: Post, now: datetime) -> tuple[Feed, ...]:
    feeds, _ = roster(connection, publication, now=now)
    return tuple(feed for feed in feeds if matches(feed.selection, post))


def _relative(root: Path, file: Path) -> str:
    absolute = file.resolve()
    if absolute.is_file() and absolute.is_relative_to(root.resolve()):
        return absolute.relative_to(root.resolve()).as_posix()
    return PurePosixPath(file.as_posix()).as_posix()


def _unknown(directory: ContentDirectory, publication: Publication, path: str) -> str:
    its = dialect(publication.generator)
    if not (directory.root / path).exists():
        return f"There is no such file in {directory.root}."
    if not its.is_post(path):
        return f"Not a post: the {its.name} generator keeps its posts elsewhere, or under other names."
    for whole in its.part_of(path):
        if whole != path and directory.look(whole):
            return f"Not a post by itself: it belongs to {whole}."
    return "Not read: it is hidden, a link that leads out of the content directory, or not a regular file."


def _verdict(role: Role, post: Post | None, found: Sequence[Finding], now: datetime) -> str:
    if role is Role.CATEGORY:
        return "The page of a category: it gives the category's feed its title and description."
    if role is Role.DUPLICATE:
        return "Not published: another post has its id, or says the same byte for byte."
    if role is Role.WAITING:
        kept = " Its last good version stays published." if post and post.is_visible(now) else ""
        return f"Not published as it stands: it cannot be read.{kept}"
    if post and post.is_visible(now) and any(finding.severity is Severity.ERROR for finding in found):
        return "Published, but not as it stands: its last good version is shown, or none if it never had one."
    return _visibility(post, now) if post else "Not read yet."


def _visibility(post: Post, now: datetime) -> str:
    if post.hidden:
        return f"Not published: {post.hidden}."
    if now < post.visible_from:
        return f"Not published yet: it appears at {post.visible_from:%Y-%m-%dT%H:%M:%SZ}."
    if post.visible_until and post.visible_until <= now:
        return f"Published no more: it expired at {post.visible_until:%Y-%m-%dT%H:%M:%SZ}."
    return "Published."
