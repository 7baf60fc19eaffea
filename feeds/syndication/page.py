"""The list of all feeds, as a page for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from feeds.model.feed import Feed, Format
from feeds.model.site import Site

if TYPE_CHECKING:
    from jinja2 import Template

#: An entry as the page names it: title (plain text), absolute URL, and when it was published.
Newest: TypeAlias = tuple[str, str, datetime]

_LABELS = {Format.RSS: "RSS", Format.ATOM: "Atom", Format.JSON: "JSON"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A feed as the page shows it.

    ``entries`` counts those in the document, ``updated`` is the document's.
    ``latest`` are the newest, newest first.  ``urls`` are absolute, one for
    each format that is published.
    """

    feed: Feed
    entries: int
    updated: datetime
    latest: tuple[Newest, ...]
    urls: Mapping[Format, str]


def render_index(site: Site, listings: Sequence[Listing]) -> bytes:
    """Render the list of feeds, in the order given: one self-contained HTML document in UTF-8.

    It holds a single style element, no script, and nothing from elsewhere but
    the site's icon; it names each document for autodiscovery.  Dates are in
    the site's time zone.  The same arguments give the same bytes.
    """
    text = _template().render(site=site, listings=listings, labels=_LABELS, zone=ZoneInfo(site.timezone))
    return text.encode()


@cache
def _template() -> "Template":
    # Slow to import, and most passes have no page to render.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("feeds.syndication"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = _day
    environment.filters["breakable"] = _breakable
    return environment.get_template("index.html")


def _day(moment: datetime, zone: ZoneInfo) -> str:
    """Write a date for people, whatever the locale of the process."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    local = moment.astimezone(zone)
    return f"{local.day} {months[local.month - 1]} {local.year}"


def _breakable(url: str) -> Markup:
    """Let a long address break behind its slashes; who copies it copies no break."""
    return escape(url).replace("/", Markup("/<wbr>"))
