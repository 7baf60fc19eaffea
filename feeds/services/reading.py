"""From files to posts and bodies: where the pure functions meet the disk.

The nouns here cross process borders, so they hold plain values only, and they
have no slots: pickling frozen ones with slots takes three times as long.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from itertools import count
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feeds.content import compose, identity
from feeds.content.dialects import Dialect, dialect
from feeds.content.edition import Edition
from feeds.content.interpret import interpret
from feeds.content.markup import is_markdown
from feeds.content.notes import Notes
from feeds.content.parse import parse
from feeds.content.passage import Passage
from feeds.content.places import places
from feeds.content.text import plain
from feeds.disk import ContentDirectory, FileStat, Unsettled
from feeds.errors import ContentError
from feeds.model.feed import CategoryPage
from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.model.publication import Publication
from feeds.model.source import Source, Value

_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class FileToRead:
    """A content file as the scan saw it; ``first_seen`` dates a post that says no date."""

    path: str
    stat: FileStat
    first_seen: datetime


@dataclass(frozen=True, kw_only=True)
class FileRead:
    """What a file turned out to hold: a post, the page of a category, or neither for now.

    The post has the id that its author wrote (``authored``), else the one it
    is given if it never had another.
    ``settled`` is False when the file changed while it was read.  ``undated``
    posts were given ``first_seen`` as their date.
    """

    path: str
    stat: FileStat
    digest: str = ""
    authored: bool = False
    post: Post | None = None
    edition: Edition | None = None
    page: CategoryPage | None = None
    findings: tuple[Finding, ...] = ()
    settled: bool = True
    undated: bool = False


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A file that holds a post, on the way to its id: where it is, its SHA-256, whether the author wrote its id."""

    read: FileRead
    post: Post
    edition: Edition
    path: str
    digest: str
    authored: bool


def candidates(batch: Iterable[FileRead]) -> list[Candidate]:
    """Return those of the files that hold posts."""
    return [
        Candidate(
            read=read,
            post=read.post,
            edition=read.edition,
            path=read.path,
            digest=read.digest,
            authored=read.authored,
        )
        for read in batch
        if read.post is not None and read.edition is not None
    ]


@dataclass(frozen=True, kw_only=True)
class BodyToCompose:
    """The body of a post, as the catalogue knows its file; ``key`` is what it is kept under."""

    path: str
    digest: str
    url: str
    key: str


@dataclass(frozen=True, kw_only=True)
class BodyComposed:
    """A body, or why there is none: the file ``moved_on`` to other content, or has errors among ``findings``.

    ``markdown`` is the body as it was written, "" for one that is not written in Markdown.
    """

    path: str
    digest: str
    key: str
    body: compose.Body | None = None
    markdown: str = ""
    moved_on: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Reads one content directory the way its publication wants it read."""

    directory: ContentDirectory
    publication: Publication

    def read(self, file: FileToRead) -> FileRead:
        """Read one file; whatever is wrong with it is in the findings."""
        path = PurePosixPath(file.path)
        try:
            content = self.directory.read(file.path, file.stat)
        except Unsettled:
            return FileRead(path=file.path, stat=file.stat, settled=False)
        try:
            source = self._parsed(path, content)
            slug = self._dialect.category_page(file.path)
            if slug is not None:
                return _category_page(file, source, slug)
            return self._post(file, source)
        except ContentError as error:
            digest = sha256(content).hexdigest()
            return FileRead(path=file.path, stat=file.stat, digest=digest, findings=error.findings)

    def compose(self, wanted: BodyToCompose) -> BodyComposed:
        """Render the body of one post, if its file still is what the catalogue knows."""
        nothing = BodyComposed(path=wanted.path, digest=wanted.digest, key=wanted.key, moved_on=True)
        stat = self.directory.look(wanted.path)
        if stat is None:
            return nothing
        try:
            content = self.directory.read(wanted.path, stat)
        except Unsettled:
            return nothing
        if sha256(content).hexdigest() != wanted.digest:
            return nothing
        try:
            passage = self._passage(PurePosixPath(wanted.path), content, wanted.url)
            body = compose.compose(passage, self._dialect)
        except ContentError as error:
            return BodyComposed(path=wanted.path, digest=wanted.digest, key=wanted.key, findings=error.findings)
        return BodyComposed(
            path=wanted.path,
            digest=wanted.digest,
            key=wanted.key,
            body=body,
            markdown=passage.source.body if is_markdown(passage.source.path.suffix) else "",
            findings=body.findings,
        )

    def _post(self, file: FileToRead, source: Source) -> FileRead:
        publication = self.publication
        interpretation = interpret(
            source,
            site=publication.site,
            dialect=self._dialect,
            customs=publication.customs,
            permalink=publication.permalink,
            date_formats=publication.date_formats,
            first_seen=file.first_seen,
            size=partial(self._size, source.path),
            authority=_authority(publication),
        )
        post = interpretation.post
        findings = interpretation.findings + self._advice(source, post)
        return FileRead(
            path=file.path,
            stat=file.stat,
            digest=source.digest,
            authored=interpretation.authored,
            post=post,
            edition=interpretation.edition,
            findings=findings,
            undated=interpretation.undated,
        )

    def with_measured(self, post: Post) -> Post:
        """Return a post with the lengths that its files have now, but for those that its author wrote."""
        base = self._dialect.base(post.url, post.path)
        measured = (
            enclosure if enclosure.stated else replace(enclosure, length=self._size(post.path, enclosure.url, base))
            for enclosure in post.enclosures
        )
        return replace(post, enclosures=tuple(measured))

    def _size(self, path: PurePosixPath, address: str, page: str) -> int:
        """Return the bytes of the file at ``address`` that belongs to the post at ``page``; 0 where it is not here."""
        site, customs = self.publication.site, self.publication.customs
        for place in places(address, page=page, site=site.url, post=path, prefix=customs.prefix):
            if size := self.directory.size(place):
                return size
        return 0

    def _advice(self, _source: Source, _post: Post) -> tuple[Finding, ...]:
        """Return what to tell the author beside that: nothing, where nobody asks."""
        return ()

    def other_ids(self, post: Post) -> Iterator[str]:
        """Yield ids for a post whose first choice is another's, without end."""
        authority = _authority(self.publication)
        return (identity.second_mint(authority, post.published, post.url, post.path, n) for n in count())

    def _passage(self, path: PurePosixPath, content: bytes, url: str) -> Passage:
        return Passage(
            source=self._parsed(path, content),
            url=url,
            site=self.publication.site,
            customs=self.publication.customs,
            address=self._address,
            front=self._front,
            notes=Notes(path),
        )

    def _address(self, path: str) -> str:
        """Return the address of another post's page, "" where there is no such post."""
        stat = self.directory.look(path) if self._dialect.takes(path, self.publication.customs) else None
        if stat is None:
            return ""
        # Where a post without a date is does not depend on when it was seen, but in patterns that need a date.
        read = self.read(FileToRead(path=path, stat=stat, first_seen=_SOME_DAY))
        return read.post.url if read.post else ""

    def _front(self, path: str) -> Mapping[str, Value] | None:
        """Return the front matter of another file of the content directory, None where there is no such file."""
        stat = self.directory.look(path)
        if stat is None:
            return None
        try:
            return self._parsed(PurePosixPath(path), self.directory.read(path, stat)).fields
        except (Unsettled, ContentError):
            return None

    def _parsed(self, path: PurePosixPath, content: bytes) -> Source:
        return parse(path, content, header=self._dialect.header)

    @property
    def _dialect(self) -> Dialect:
        return dialect(self.publication.generator)


@cache
def content_suffixes(generator: str) -> frozenset[str]:
    """Return the file name extensions, with their dot, that ``generator`` keeps content in."""
    return frozenset("." + extension.rsplit(".", 1)[-1] for extension in dialect(generator).extensions)


def _authority(publication: Publication) -> str:
    return publication.site.authority or _host(publication.site.url)


@cache
def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _category_page(file: FileToRead, source: Source, slug: str) -> FileRead:
    title = source.fields.get("title", "")
    description = source.fields.get("description", "")
    page = CategoryPage(
        slug=slug,
        title=plain(title if isinstance(title, str) else "") or slug,
        description=plain(description if isinstance(description, str) else ""),
    )
    return FileRead(path=file.path, stat=file.stat, digest=source.digest, page=page, findings=source.findings)
