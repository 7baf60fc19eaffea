"""Why a post is kept from readers."""

from feeds.content.fields import HIDING, find, flag, hides, text
from feeds.content.reading import Reading
from feeds.content.timing import is_date

_FLAGS = frozenset({"draft", "hidden", "unlisted", "private", "published", "publish"})
_DRAFTS = "_drafts"

#: What generators also make of Markdown: sitemaps, feeds, indexes.
_NO_PAGES = (".xml", ".json", ".txt", ".rss", ".atom", ".ics", ".webmanifest")
_LONGEST = 80

#: What generators do not publish although nobody said so: their authors may not know.
_INCOMPLETE = frozenset({"no title", "no date", "a page without a date", "neither section nor date"})


def hidden(reading: Reading) -> str:
    """Return the first reason for which readers must not see the post, "" where there is none.

    A flag that is neither yes nor no is read to the safe side, and noted; so is
    that the generator leaves out what lacks a date or a title.
    """
    fields = reading.source.fields
    reasons = [reason for key in fields if key in HIDING and (reason := _reason(reading, key))]
    if reasons:
        return reasons[0]
    for key in reading.keys("link"):
        value = find(fields, (key,))[1]
        if value and flag(value) is False:
            return f"{key}: false"
        if _is_no_page(text(value)):
            return f"{key}: {text(value)[:_LONGEST]}"
    if f"/{_DRAFTS}/" in f"/{reading.source.path}".lower():
        return f"in {_DRAFTS}"
    reason = reading.dialect.hidden(reading)
    if reason in _INCOMPLETE:
        message = f"not published, as the {reading.dialect.name} generator does: {reason}."
        reading.inform("page-hidden", "", message, "Give it what it lacks if it is a post.")
    return reason


def _is_no_page(address: str) -> bool:
    """Tell whether an address is of something that nobody reads as a page; a whole one may be anywhere."""
    return address.lower().endswith(_NO_PAGES) and not address.lower().startswith(("http://", "https://"))


def _reason(reading: Reading, key: str) -> str:
    value = reading.source.fields[key]
    reason = hides(key, value)
    if key in _FLAGS and flag(value) is None:
        if key in {"published", "publish"} and is_date(reading, text(value)):
            return ""
        reason = reason or f"{key}: {text(value) or '…'}"
        reading.warn("flag", key, f"{key} is neither yes nor no: the post is kept back.", "Write true or false.")
    return reason


def featured(reading: Reading) -> bool:
    """Tell whether the author puts the post before others; what is neither yes nor no is a no."""
    key, value = reading.find("featured")
    chosen = flag(value)
    if chosen is None:
        reading.warn("flag", key, f"{key} is neither yes nor no: read as no.", "Write true or false.")
    return chosen is True
