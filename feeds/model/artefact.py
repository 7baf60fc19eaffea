"""A published document."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """The bytes of one document and what HTTP says of them.

    ``path`` is the URL path, not percent-encoded.  ``etag`` is the opaque part
    of the strong validator of the identity coding (no quotes): the first 20
    hex digits of the SHA-256 of ``body``.  ``last_modified`` is when the bytes
    last changed, a whole second in UTC.  ``self_url`` is the one absolute URL
    that the document names as its own; empty for pages.  A ``lasting`` one
    never changes under its path; ``expires`` is when it must be shown no more.
    """

    path: str
    media_type: str
    body: bytes
    etag: str
    last_modified: datetime
    self_url: str = ""
    lasting: bool = False
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address that answers with ``target``, an absolute URL, percent-encoded.

    ``path`` may end in a query, where only with it the address is an old one.
    ``status`` is 301 for one that leads there for good, 302 where it may soon
    lead elsewhere.
    """

    path: str
    target: str
    status: int = 301


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A path at which a document was, and will not be again: 410."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that keeps the service from doing its work, while it lasts.

    The service is *degraded* as long as there is one; what was published last
    goes on being served.
    """

    code: str
    message: str
    since: datetime
