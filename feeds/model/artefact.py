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
    """A path that leads to ``target``, the path of an artefact.

    For good (301), unless it is ``passing`` (302): then it leads to another
    document of the same folder, and may lead elsewhere soon.
    """

    path: str
    target: str
    passing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that keeps the service from doing its work, while it lasts.

    The service is *degraded* as long as there is one; what was published last
    goes on being served.
    """

    code: str
    message: str
    since: datetime
