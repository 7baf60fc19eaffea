"""A publication to work on: real files, a real database, and a clock that tests set."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from builders import a_site
from feeds.disk import ContentDirectory
from feeds.errors import NotPublished
from feeds.model.artefact import Artefact, Condition
from feeds.model.feed import FeedDefinition, Selection
from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.model.report import Report
from feeds.model.site import Site
from feeds.services.proofreading import Proofreading
from feeds.services.reading import Reading, content_suffixes
from feeds.services.refresh import Refresh
from feeds.store import artefacts, findings, posts, runs
from feeds.store.database import open_database
from feeds.store.shelf import StoreShelf

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

USUAL = (
    FeedDefinition(name="all"),
    FeedDefinition(name="featured", selection=Selection(featured=True)),
    FeedDefinition(name="category/{category}", for_each="category"),
)


def a_publication(**changes: Any) -> Publication:
    facts: dict[str, Any] = {
        "site": a_site(),
        "generator": "plain",
        "permalink": "",
        "date_formats": (),
        "definitions": USUAL,
    }
    return Publication(**(facts | changes))


class Workbench:
    """A content directory below ``folder``, and everything that turns it into feeds."""

    def __init__(self, folder: Path, publication: Publication | None = None) -> None:
        self.content = folder / "content"
        self.content.mkdir(parents=True, exist_ok=True)
        self.state = folder / "state"
        self.database = open_database(self.state)
        self.publication = publication or a_publication()
        self._written = 0

    @property
    def site(self) -> Site:
        return self.publication.site

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file, long enough ago that nobody can be writing to it still."""
        file = self.content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        self._written += 1
        long_ago = 1_700_000_000 + self._written
        os.utime(file, (long_ago, long_ago))
        return file

    def post(self, name: str, body: str = "Hello.", **fields: object) -> Path:
        """Write a post; fields with the value None are left out."""
        facts = {"title": name.replace("-", " ").title(), "date": "2026-01-02T03:04:05Z"} | fields
        lines = [f"{key}: {value}" for key, value in facts.items() if value is not None]
        return self.write(f"{name}.md", "\n".join(["---", *lines, "---", body, ""]))

    def directory(self) -> ContentDirectory:
        return ContentDirectory(self.content, content_suffixes(self.publication.generator))

    def reading(self) -> Reading:
        return Reading(directory=self.directory(), publication=self.publication)

    def refresh(self, now: datetime = NOON, *touched: str) -> Report:
        """Run one pass, with everything made anew as after a restart; only over ``touched``, if any are given."""
        refresh = Refresh(self.database, self.reading(), self._lock())
        return refresh.run(now, touched=frozenset(touched) if touched else None)

    def check(self, now: datetime = NOON) -> Report:
        """Run one pass as a check does it."""
        proofreading = Proofreading(directory=self.directory(), publication=self.publication)
        return Refresh(self.database, proofreading, self._lock()).run(now)

    def _lock(self) -> FileLock:
        return FileLock(self.state / "refresh.lock", timeout=10)

    def artefact(self, path: str) -> Artefact:
        with self.database.reading() as connection:
            found = artefacts.find(connection, path)
        if not isinstance(found, Artefact):
            raise NotPublished(path)
        return found

    def body(self, path: str = "/feeds/all.rss") -> bytes:
        return self.artefact(path).body

    def paths(self) -> list[str]:
        with self.database.reading() as connection:
            return artefacts.published_paths(connection)

    def everything(self) -> dict[str, bytes]:
        """Return the bytes of every published document by its path."""
        return {path: self.body(path) for path in self.paths()}

    def findings(self, path: str = "") -> list[Finding]:
        with self.database.reading() as connection:
            return findings.all_findings(connection, path)

    def codes(self, path: str = "") -> list[str]:
        return [finding.code for finding in self.findings(path)]

    def conditions(self) -> tuple[Condition, ...]:
        with self.database.reading() as connection:
            return runs.standing_conditions(connection)

    def catalogued(self, name: str) -> Post:
        with self.database.reading() as connection:
            (post,) = posts.find(connection, [f"{name}.md"])
        return post

    def shelf(self) -> StoreShelf:
        return StoreShelf(self.database)

    def close(self) -> None:
        self.database.close()
