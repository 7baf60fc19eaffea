"""Hugo: content in sections, pages with or without a folder of their own."""

from feeds.content import text
from feeds.content.dates import date_from_path
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.dialects.hugo_bodies import body
from feeds.content.dialects.hugo_config import CONFIG_FILES, DATA_FILES, facts, read_config, table
from feeds.content.dialects.hugo_fields import fields
from feeds.content.dialects.hugo_links import url
from feeds.content.dialects.hugo_site import hugo_site
from feeds.content.fields import flag
from feeds.content.fields import text as one_line
from feeds.content.reading import Reading
from feeds.content.sections import is_page
from feeds.model.customs import Customs

_EXTENSIONS = (".md", ".markdown", ".mdown", ".html", ".htm")
#: Folders at the root of a site that hold no content, and files there that are about the site.
_BESIDE = frozenset({"archetypes", "layouts", "node_modules", "public", "resources", "static", "themes"})
_ROOT = "content"
_NEVER = frozenset({"never", "local"})


def is_post(path: str) -> bool:
    """Tell whether ``path`` may be a page."""
    return is_page(path, _EXTENSIONS, _BESIDE)


def chosen(path: str, customs: Customs) -> bool | None:
    """Tell that a file is none of the site's content."""
    return False if hugo_site(customs).place(path).outside else None


def shows_future(customs: Customs) -> bool:
    """Tell whether the site is built with posts that have a date in the future."""
    return flag(customs.settings.get("buildfuture", "")) is True


def part_of(path: str) -> tuple[str, ...]:
    """Return the pages that a file is a part of where they are there: ``index.md`` in a folder above it."""
    folders, name, _ = split(path)
    depth = len(folders) - 1 if name.partition(".")[0] == "index" else len(folders)
    above = ("/".join(folders[:number]) for number in range(depth, 0, -1))
    return tuple(f"{folder}/index{end}" for folder in above if folder != _ROOT for end in (".md", ".html"))


def category_page(path: str) -> str | None:
    """Return the slug of ``categories/SLUG/_index.md``, None for any other file."""
    folders, name, extension = split(path)
    of_categories = [folder.lower() for folder in folders[-2:-1]] == ["categories"]
    return text.slug(folders[-1]) or None if of_categories and name == "_index" and extension in _EXTENSIONS else None


def hidden(reading: Reading) -> str:
    """Return why Hugo has no page of a file, or does not list it; "" where it does."""
    site = hugo_site(reading.customs)
    place = site.place(str(reading.source.path))
    own = reading.source.fields
    if place.tongue.disabled:
        return f"language {place.tongue.code}: disabled"
    if place.bundle and flag(own.get("headless", "")) is True:
        return "headless"
    if reading.source.path.suffix.lower() in {".html", ".htm"} and not reading.source.lines:
        return "HTML without front matter"
    build = {key.lower(): value for key, value in table(own.get("build") or own.get("_build") or {}).items()}
    for name in ("list", "render"):
        how = one_line(build.get(name, "")).lower()
        if how in _NEVER or (how and flag(how) is False):
            return f"build.{name}: {how}"
    if site.known and not place.folders and _is_undated(reading):
        return "neither section nor date"
    return ""


def _is_undated(reading: Reading) -> bool:
    return not reading.find("published")[0] and not date_from_path(reading.source.path, timezone=reading.timezone)


HUGO = Dialect(
    name="hugo",
    keys={
        **COMMON_KEYS,
        "published": ("date", "publishdate", "pubdate", "published", "lastmod", "modified", *COMMON_KEYS["published"]),
        "embargo": ("publishdate", "pubdate"),
        "updated": ("lastmod", "modified", *COMMON_KEYS["updated"]),
        "expires": ("expirydate", "unpublishdate", *COMMON_KEYS["expires"]),
        "categories": ("categories", "category", "topics", "topic"),
        "link": ("url",),
        "slug": ("slug",),
    },
    permalink="",
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    chosen=chosen,
    shows_future=shows_future,
    part_of=part_of,
    category_page=category_page,
    fields=fields,
    hidden=hidden,
    body=body,
    config_files=CONFIG_FILES,
    data_files=DATA_FILES,
    read_config=read_config,
    facts=facts,
)
