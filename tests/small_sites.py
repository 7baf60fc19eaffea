"""Small sites written for one test, and what is read of them."""

from datetime import UTC, datetime
from pathlib import Path

from feeds.model.post import Post
from feeds.services.reading import BodyToCompose, FileRead
from generator_sites import read_all, reading_of

#: When sites are looked at.
TODAY = datetime(2026, 7, 1, tzinfo=UTC)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def page(**fields: str) -> str:
    lines = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return f"---\n{lines}\n---\nText.\n"


def reads(content: Path, generator: str) -> dict[str, FileRead]:
    return {read.path: read for read in read_all(reading_of(content, generator))}


def posts(content: Path, generator: str) -> dict[str, Post]:
    return {path: read.post for path, read in reads(content, generator).items() if read.post}


def shown(content: Path, generator: str) -> dict[str, Post]:
    """Return the posts that readers see today."""
    return {path: post for path, post in posts(content, generator).items() if post.is_visible(TODAY)}


def html(content: Path, generator: str, path: str) -> str:
    """Return the body of one post."""
    reading = reading_of(content, generator)
    read = next(read for read in read_all(reading) if read.path == path)
    assert read.post
    composed = reading.compose(BodyToCompose(path=path, digest=read.digest, url=read.post.url, key="")).body
    return composed.html if composed else ""
