"""What may be set and is probably not what was meant, as far as the settings alone tell."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from feeds.model.doubt import Doubt, KeyPath, doubt, hint
from feeds.settings.countries import LANGUAGES, MEANT, countries
from feeds.settings.podcasts import podcast_doubts
from feeds.settings.settings import Settings
from feeds.settings.tables import DefaultsTable, FeedTable

#: About what an entry takes at the least, in bytes.
_LEAST_ENTRY = 800

#: So few posts and readers that look once a day miss some.
_FEW_ENTRIES = 4

#: JSON Feed calls more than this bad; the W3C validator reads no more than that.
_LARGE, _TOO_LARGE = 1_000_000, 5_000_000

#: More often than this costs a scan for nothing; less often is late, in seconds.
_OFTEN, _SELDOM = 5, 3600

_IMAGES = (".gif", ".jpeg", ".jpg", ".png")
_EVERYBODY = frozenset({"0.0.0.0", "::", "*"})  # noqa: S104 - compared, not listened at


def doubts(settings: Settings) -> Iterator[Doubt]:
    """Give everything doubtful in ``settings``."""
    yield from _addresses(settings)
    yield from _site(settings)
    yield from _icon(settings)
    yield from _language(settings.site.language, ("site", "language"))
    yield from _state(settings)
    yield from _sizes(settings.defaults, settings.defaults, ("defaults",))
    for place, feed in enumerate(settings.feed):
        yield from _sizes(feed, settings.defaults, ("feed", place))
        if podcast := settings.podcast(feed):
            yield from podcast_doubts(podcast, ("feed", place, "podcast"))
    yield from _scheduler(settings)


def _addresses(settings: Settings) -> Iterator[Doubt]:
    site = settings.site
    key = ("site", "public_url") if "public_url" in site.model_fields_set else ("site", "url")
    if is_local(site.public_url):
        if settings.server.host in _EVERYBODY or not _is_loopback(settings.server.host):
            message = (
                f"documents name themselves at {site.public_url}, but the service listens at {settings.server.host}"
            )
            yield doubt("config-url-local", key, message)
        return
    if site.url.startswith("http:") and not is_local(site.url):
        yield hint("config-url-http", ("site", "url"), f"the site is at {site.url}, without TLS")
    for name in ("public_url", "icon"):
        if site.url.startswith("https:") and getattr(site, name).startswith("http:"):
            yield doubt("config-scheme", ("site", name), f"{name} has http, while the site has https")
    if site.url.startswith("http:") and site.public_url.startswith("https:"):
        yield doubt("config-scheme", ("site", "url"), "url has http, while public_url has https")


def is_local(url: str) -> bool:
    """Tell whether only this machine or its network finds ``url``."""
    host = urlsplit(url).hostname or ""
    return _is_loopback(host) or host.endswith((".localhost", ".local", ".internal")) or _is_private(host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def _site(settings: Settings) -> Iterator[Doubt]:
    site = settings.site
    if not site.author:
        yield hint("config-author", ("site", "author"), "no author is named")
    if "description" not in site.model_fields_set or site.description.casefold() == (site.title or "").casefold():
        yield hint("config-description", ("site", "description"), "the description says no more than the title")
    if "timezone" not in site.model_fields_set:
        yield hint("config-timezone", ("site", "timezone"), "dates without zone are taken for UTC")


def _icon(settings: Settings) -> Iterator[Doubt]:
    icon = settings.site.icon
    if not icon:
        yield hint("config-icon", ("site", "icon"), "no icon is named")
    elif not urlsplit(icon).path.lower().endswith(_IMAGES):
        yield doubt("config-icon-format", ("site", "icon"), f"the icon {icon} is neither GIF nor JPEG nor PNG")


def _language(tag: str, key: KeyPath) -> Iterator[Doubt]:
    language, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == len("GB")), "")
    for code, known in ((language, LANGUAGES), (region, countries() if region else ())):
        if len(code) == len("en") and code not in known:
            better = f' (did you mean "{MEANT[code]}"?)' if code in MEANT else ""
            yield doubt("config-language", key, f'"{code}" of the language "{tag}" is not one that there is{better}')


def _state(settings: Settings) -> Iterator[Doubt]:
    if settings.state.directory.is_relative_to(settings.content.directory):
        message = f"the state is kept inside of the content directory {settings.content.directory}"
        yield doubt("config-state-in-content", ("state", "directory"), message)


def _sizes(table: DefaultsTable | FeedTable, defaults: DefaultsTable, key: KeyPath) -> Iterator[Doubt]:
    """Doubt the sizes that the table itself sets."""
    entries = table.entries or defaults.entries
    most = table.max_bytes or defaults.max_bytes
    own = {name for name in ("entries", "max_bytes") if name in table.model_fields_set}
    if own and entries * _LEAST_ENTRY > most:
        message = f"{entries} entries never fit into {most} bytes"
        yield doubt("config-entries", (*key, "entries" if "entries" in own else "max_bytes"), message)
    if "entries" in own and entries < _FEW_ENTRIES:
        yield hint("config-entries", (*key, "entries"), f"a document shows only {entries} posts")
    if "max_bytes" in own and most > _TOO_LARGE:
        yield doubt("config-max-bytes", (*key, "max_bytes"), f"a document may have {most} bytes: no validator reads it")
    elif "max_bytes" in own and most > _LARGE:
        yield hint("config-max-bytes", (*key, "max_bytes"), f"a document may have {most} bytes")


def _scheduler(settings: Settings) -> Iterator[Doubt]:
    seconds = settings.scheduler.scan_interval
    key = ("scheduler", "scan_interval")
    if seconds < _OFTEN:
        yield doubt("config-scan-interval", key, f"the whole content is scanned every {seconds:g} seconds")
    elif seconds > _SELDOM:
        yield hint(
            "config-scan-interval", key, f"changes are seen after {seconds:g} seconds where there are no file events"
        )
