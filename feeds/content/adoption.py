"""Finding the posts that entries of another feed stand for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from feeds.content.foreign import ForeignEntry

_DEFAULT_PORTS = {"http": 80, "https": 443}
_INDEX = frozenset({"index.html", "index.htm", "index.php"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A post, as far as one of its old entries could know it."""

    path: str
    url: str
    title: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry and the posts that it may be: one if all is well, found ``by`` its link, or its title and date."""

    entry: ForeignEntry
    posts: tuple[Known, ...]
    by: str = ""


def match(
    entries: Sequence[ForeignEntry], posts: Iterable[Known], *, homes: Collection[str], zone: ZoneInfo
) -> list[Match]:
    """Find the post of each entry: by its link, else by its title and the day of its publication.

    ``homes`` are all hosts of the site, old and new, in lower case: on them a
    path is a path.  A post is found by its title only where no link leads to it.
    """
    wanted_links = {place(link, homes) for entry in entries for link in entry.links}
    wanted_days = {day for entry in entries for day in _days(entry.title, entry.published, zone)}
    by_link: defaultdict[str, list[Known]] = defaultdict(list)
    by_day: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for post in posts:
        where = place(post.url, homes)
        if where in wanted_links:
            by_link[where].append(post)
        for day in _days(post.title, post.published, zone):
            if day in wanted_days:
                by_day[day].append(post)

    def titled(entry: ForeignEntry) -> list[Known]:
        found = {post.path: post for day in _days(entry.title, entry.published, zone) for post in by_day[day]}
        return list(found.values())

    linked = [_linked(entry, by_link, homes) for entry in entries]
    taken = {found[0].path for found in linked if len(found) == 1}
    matches: list[Match] = []
    for entry, found in zip(entries, linked, strict=True):
        if not found:
            left = tuple(post for post in titled(entry) if post.path not in taken)
            matches.append(Match(entry=entry, posts=left, by="title and date" if left else ""))
        elif len(found) == 1:
            matches.append(Match(entry=entry, posts=tuple(found), by="link"))
        else:
            sure = [post for post in titled(entry) if post in found]
            matches.append(Match(entry=entry, posts=tuple(sure or found), by="link"))
    return matches


def place(url: str, homes: Collection[str]) -> str:
    """Return what is left of an address when all is gone that may differ for one page.

    That is the scheme, the case of the host, ``www.``, a default port, how
    characters are percent-encoded, a slash or ``index.html`` at the end,
    ``utm_`` parameters and the fragment; and the host itself if it is one of
    ``homes``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = host_of(url)
    if port and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    segments = unquote(parts.path).strip("/").split("/")
    path = "/".join(segments[:-1] if segments[-1].lower() in _INDEX else segments)
    query = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not key.startswith("utm_")
    ]
    return f"{'' if host in homes else host}/{path}" + (f"?{urlencode(query)}" if query else "")


def host_of(url: str) -> str:
    """Return the host of an address, in lower case and without ``www.``."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _linked(entry: ForeignEntry, by_link: dict[str, list[Known]], homes: Collection[str]) -> list[Known]:
    """Return the posts at the first of the entry's links that leads to any."""
    return next((found for link in entry.links if (found := by_link.get(place(link, homes)))), [])


def _days(title: str, published: datetime | None, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Yield what two entries of one title and day have in common: the day of the site, or of the world."""
    if title and published:
        key = " ".join(title.casefold().split())
        yield key, f"{published.astimezone(UTC).date()}"
        yield key, f"{_local(published, zone)}"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    try:
        return f"{moment.astimezone(zone).date()} there"
    except OverflowError:
        return ""
