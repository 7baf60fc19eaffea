"""Small sites of generators, and what is understood of them: the texts that golden files hold.

``PYTHONPATH=. python tests/generator_sites.py NAME GENERATOR FOLDER`` writes
that of the site NAME, whose posts are below FOLDER, anew: read the difference
before you commit it.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import a_site
from feeds.bootstrap.surroundings import customs_of
from feeds.content.compose import Body
from feeds.content.dialects import dialect
from feeds.disk import ContentDirectory, FileStat
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.services.reading import BodyToCompose, FileRead, FileToRead, Reading, content_suffixes

#: Where the sites are, each in a folder of its own.
SITES = Path(__file__).parent / "golden" / "generators"

#: Where posts of real sites are, if they are.
SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "content"

FIRST_SEEN = datetime(2026, 6, 1, 12, tzinfo=UTC)


def reading_of(content: Path, generator: str, **site: str) -> Reading:
    """Return what reads the directory ``content``, with the URL and the timezone that the site's own files say."""
    its = dialect(generator)
    customs, _ = customs_of(content, its)
    facts = its.facts(customs)
    said = {"url": facts.url or "https://example.org", "timezone": facts.timezone or "UTC"}
    publication = Publication(
        site=a_site(**(said | site)),
        generator=generator,
        customs=customs,
        permalink="",
        date_formats=(),
        definitions=(),
    )
    return Reading(directory=ContentDirectory(content, content_suffixes(generator)), publication=publication)


def read_all(reading: Reading) -> list[FileRead]:
    """Read every file of a directory that holds a post, in the order of their paths."""
    its, customs = dialect(reading.publication.generator), reading.publication.customs
    files = {path: stat for path, stat in reading.directory.scan().files.items() if its.takes(path, customs)}
    alone = {path: stat for path, stat in files.items() if not any(whole in files for whole in its.part_of(path))}
    return [_read(reading, path, stat) for path, stat in sorted(alone.items())]


def understood(site: Path, generator: str, content: str) -> str:
    """Tell what is understood of every post below the folder ``content`` of ``site``, in a text to be read."""
    reading = reading_of(site / content, generator)
    return "\n".join(_told(reading, read) for read in read_all(reading))


def _read(reading: Reading, path: str, stat: FileStat) -> FileRead:
    return reading.read(FileToRead(path=path, stat=stat, first_seen=FIRST_SEEN))


def _told(reading: Reading, read: FileRead) -> str:
    lines = [f"==== {read.path}"]
    body: Body | None = None
    findings = list(read.findings)
    if read.post:
        wanted = BodyToCompose(path=read.path, digest=read.digest, url=read.post.url, key="")
        composed = reading.compose(wanted)
        body, findings = composed.body, [*findings, *composed.findings]
        lines += _facts(read.post)
    lines += [f"{finding.code} {finding.line}: {finding.message}" for finding in dict.fromkeys(findings)]
    if body:
        lines += [f"excerpt: {body.excerpt}", "", body.html]
    return "\n".join([*lines, ""])


def _facts(post: Post) -> list[str]:
    facts = {
        "title": post.title,
        "url": post.url,
        "published": f"{post.published:%Y-%m-%dT%H:%M:%SZ}",
        "updated": "" if post.updated == post.published else f"{post.updated:%Y-%m-%dT%H:%M:%SZ}",
        "appears": "" if post.visible_from == post.published else f"{post.visible_from:%Y-%m-%dT%H:%M:%SZ}",
        "expires": f"{post.visible_until:%Y-%m-%dT%H:%M:%SZ}" if post.visible_until else "",
        "language": post.language,
        "categories": "; ".join(term.label for term in post.categories),
        "tags": "; ".join(term.label for term in post.tags),
        "authors": "; ".join(f"{author.name} {author.url}".strip() for author in post.authors),
        "picture": f"{post.picture.url} {post.picture.alt}".strip() if post.picture else "",
        "id": post.id if not post.id.startswith("tag:") else "",
        "summary": post.summary,
        "hidden": post.hidden,
    }
    return [f"{name}: {value}" for name, value in facts.items() if value]


def golden(name: str) -> str:
    """Return the golden file of the site ``name``: what is understood of it."""
    return (SITES / f"{name}.txt").read_text(encoding="utf-8")


def sample(name: str) -> Path:
    """Return the folder of posts of a real site; skips the test where they are not on this machine."""
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"the posts of {name} are not here: they are kept beside the project, in shared/")
    return folder


if __name__ == "__main__":
    site, its_generator, folder = sys.argv[1:]
    (SITES / f"{site}.txt").write_text(understood(SITES / site, its_generator, folder), encoding="utf-8")
