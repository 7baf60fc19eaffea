"""The filters of Liquid and Jekyll that write dates: of what is known, never of the moment at which a page is made."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from feeds.content.dates import parse_date
from feeds.content.liquid.values import Filter
from feeds.content.strftime import written
from feeds.model.source import Value

_FORMATS = {
    "date_to_string": "%d %b %Y",
    "date_to_long_string": "%d %B %Y",
    "date_to_rfc822": "%a, %d %b %Y %H:%M:%S ",
    "date_to_xmlschema": "%Y-%m-%dT%H:%M:%S",
}


def time_filters(timezone: str) -> Mapping[str, Filter]:
    """Return the filters for dates, which they write in ``timezone``."""
    zone = ZoneInfo(timezone)
    return {
        "date": lambda value, formats: written(_moment(value, zone), formats[0]),
        "date_to_string": lambda value, _: written(_moment(value, zone), _FORMATS["date_to_string"]),
        "date_to_long_string": lambda value, _: written(_moment(value, zone), _FORMATS["date_to_long_string"]),
        "date_to_rfc822": lambda value, _: _with_zone(_moment(value, zone), "date_to_rfc822", ""),
        "date_to_xmlschema": lambda value, _: _with_zone(_moment(value, zone), "date_to_xmlschema", ":"),
    }


def written_out(value: Value, timezone: str) -> Value:
    """Return a date as Jekyll writes one that no filter changes; what is none stays."""
    try:
        moment = _moment(value, ZoneInfo(timezone))
    except ValueError:
        return value
    return written(moment, "%F %T ") + moment.strftime("%z")[:5]


def _with_zone(moment: datetime, name: str, separator: str) -> str:
    offset = moment.strftime("%z")
    return f"{written(moment, _FORMATS[name])}{offset[:3]}{separator}{offset[3:5]}"


def _moment(value: Value, zone: ZoneInfo) -> datetime:
    """Return the moment that a text means; raises ValueError."""
    moment = parse_date(value, formats=(), timezone=zone) if isinstance(value, str) else None
    if not isinstance(moment, datetime):
        raise ValueError(value)
    return moment.astimezone(zone)
