"""Zola: content in sections, pages with or without a folder of their own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from feeds.content import link
from feeds.content.dates import date_from_path
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect
from feeds.content.dialects.zola_bodies import body
from feeds.content.dialects.zola_site import CONFIG_FILES, DATA_FILES, facts, read_config, zola_site
from feeds.content.fields import HIDING, flag, text
from feeds.content.reading import Reading
from feeds.content.sections import is_page
from feeds.content.taxonomies import terms
from feeds.model.customs import Customs
from feeds.model.source import Source, Value

_EXTENSIONS = (".md",)
#: Folders at the root of a site that hold no content, and files there that are about the site.
_BESIDE = frozenset({"node_modules", "public", "sass", "static", "templates", "themes"})
_SAFE = "/:@!$&'()*+,;=-._~%"
#: Zola takes these from the front matter itself alone.
_NOT_EXTRA = HIDING | frozenset({*COMMON_KEYS["published"], *COMMON_KEYS["expires"], "path", "slug", "render"})


def is_post(path: str) -> bool:
    """Tell whether ``path`` may be a page."""
    return is_page(path, _EXTENSIONS, _BESIDE)


def chosen(path: str, customs: Customs) -> bool | None:
    """Tell that a file is none of the site's content, or that the configuration ignores it."""
    site = zola_site(customs)
    content = site.within(path)
    if content is None or any(ignored.match(content) for ignored in site.ignored):
        return False
    return None


def fields(source: Source, customs: Customs) -> Source:
    """Return ``source`` with its extra fields and its terms beside the others, the date of its name, its language."""
    site = zola_site(customs)
    place = site.place(str(source.path))
    found: dict[str, Value] = {**_inner(source, "extra"), **_inner(source, "taxonomies"), **source.fields}
    found |= terms(dict.fromkeys((*site.taxonomies, *_inner(source, "taxonomies"))), found)
    if place.dated and not text(found.get("date", "")):
        found["date"] = place.dated
    if place.language or len(site.languages) > 1:
        found["lang"] = place.language or site.default
    return source if found == source.fields else replace(source, fields=found)


def _inner(source: Source, name: str) -> Mapping[str, Value]:
    table = source.fields.get(name, {})
    if not isinstance(table, dict):
        return {}
    return {key.lower(): value for key, value in table.items() if key.lower() not in _NOT_EXTRA}


def hidden(reading: Reading) -> str:
    """Return why Zola has no page of a file, or none in its feed, as of what has no date; "" where it has."""
    site = zola_site(reading.customs)
    place = site.place(str(reading.source.path))
    rendered = text(reading.source.fields.get("render", ""))
    if rendered and flag(rendered) is False:
        return "render: false"
    if draft := next((folder for folder in site.drafts if place.content.startswith(folder)), ""):
        return f"in the draft {draft}"
    return "a page without a date" if _is_undated(reading) else ""


def _is_undated(reading: Reading) -> bool:
    return not reading.find("published")[0] and not date_from_path(reading.source.path, timezone=reading.timezone)


def shows_future(_customs: Customs) -> bool:
    """Tell that Zola publishes what has a date in the future."""
    return True


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page: its own ``path``, else by a ``pattern`` with braces, else by its folders."""
    own = text(reading.find("link")[1]).strip("/")
    if pattern and not own:
        return link.on_site(reading, link.filled(reading, pattern, published))
    if not own:
        site = zola_site(reading.customs)
        place = site.place(str(reading.source.path))
        slug = site.slug(text(reading.find("slug")[1])) or place.slug
        own = "/".join(filter(None, (place.language, *place.folders, slug)))
    return f"{reading.site.url}/{quote(own, safe=_SAFE)}/"


ZOLA = Dialect(
    name="zola",
    keys={**COMMON_KEYS, "link": ("path",), "slug": ("slug",)},
    permalink="",
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    chosen=chosen,
    fields=fields,
    hidden=hidden,
    shows_future=shows_future,
    body=body,
    config_files=CONFIG_FILES,
    data_files=DATA_FILES,
    read_config=read_config,
    facts=facts,
)
