"""An old feed whole: its first document and, from the web, those before it (RFC 5005)."""

from dataclasses import dataclass
from pathlib import Path

from feeds import outbound
from feeds.content.adoption import host_of
from feeds.content.foreign import ForeignEntry, read_feed
from feeds.errors import ForeignFeedError
from feeds.services.working import Progress

#: The most documents of one feed that are looked at.
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Every entry of an old feed, newest documents first, and the homes that these name.

    ``cut`` tells that there were more documents than are looked at.
    """

    entries: tuple[ForeignEntry, ...]
    homes: tuple[str, ...]
    documents: int
    cut: bool = False


def is_address(source: str) -> bool:
    """Tell whether ``source`` is on the web rather than a file."""
    return source.lower().startswith(("http://", "https://"))


def read_file(file: Path) -> bytes:
    """Return what a file holds; raises `ForeignFeedError`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise ForeignFeedError(str(file), f"{error.strerror}") from error


def gather_file(body: bytes, file: str) -> Gathered:
    """Read one document; nothing that it links to is fetched."""
    feed = read_feed(body, file)
    return Gathered(entries=feed.entries, homes=(feed.home,), documents=1)


def gather(url: str, progress: Progress) -> Gathered:
    """Fetch the feed at ``url`` and the older documents that it links to on the same host.

    Raises `OutboundError` or `ForeignFeedError` when one of them cannot be had:
    half of a feed would leave the rest with other ids.
    """
    entries: list[ForeignEntry] = []
    homes: dict[str, None] = {}
    seen: set[str] = set()
    wanted = url
    while wanted and wanted not in seen and len(seen) < MOST:
        seen.add(wanted)
        fetched = outbound.fetch(wanted)
        feed = read_feed(fetched.body, fetched.url)
        entries += feed.entries
        homes |= dict.fromkeys((feed.home, fetched.url))
        progress("Fetching documents", len(seen), len(seen) + bool(feed.older))
        wanted = feed.older if host_of(feed.older) in (host_of(url), host_of(fetched.url)) else ""
    return Gathered(
        entries=tuple(entries),
        homes=tuple(filter(None, homes)),
        documents=len(seen),
        cut=bool(wanted) and wanted not in seen,
    )
