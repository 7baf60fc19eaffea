"""How a message to an operator shows a value and proposes a better one."""

import difflib
import json
from collections.abc import Iterable
from datetime import date, time

#: Longer texts are cut in messages.
LONGEST = 80

#: What other programs call our keys.
SYNONYMS = {
    "base_url": "url",
    "categories": "category",
    "copyright_notice": "copyright",
    "count": "entries",
    "dir": "directory",
    "folder": "directory",
    "interval": "scan_interval",
    "items": "entries",
    "lang": "language",
    "limit": "entries",
    "limits": "entries",
    "link": "url",
    "locale": "language",
    "max_entries": "entries",
    "max_items": "entries",
    "max_size": "max_bytes",
    "memory": "memory_mb",
    "path": "directory",
    "processes": "workers",
    "redirects": "aliases",
    "size": "entries",
    "tz": "timezone",
}


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Give `` (did you mean "…"?)`` with the choice nearest to ``word``, or nothing when none is near."""
    known = sorted(choices)
    synonym = SYNONYMS.get(word.casefold(), "")
    nearest = synonym if synonym in known else _nearest(word, known)
    return f" (did you mean {shown(nearest)}?)" if nearest else ""


def _nearest(word: str, known: list[str]) -> str:
    """Compare without regard to case; the last part of a path (``London``) counts for the whole."""
    lowered = word.casefold()
    by_tail = [choice for choice in known if choice.casefold().rpartition("/")[2] == lowered]
    by_case: dict[str, str] = {}
    for choice in known:
        by_case.setdefault(choice.casefold(), choice)
    close = difflib.get_close_matches(lowered, by_case, n=1)
    return by_tail[0] if by_tail else by_case[close[0]] if close else ""


def shown(value: object) -> str:
    """Show a value as it stands in the file; of lists and tables only what they are."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str) and len(value) > LONGEST:
        value = value[:LONGEST] + "…"
    return json.dumps(value, ensure_ascii=False)


def listed(options: Iterable[str]) -> str:
    """Give ``"a", "b" or "c"``."""
    quoted = [shown(option) for option in options]
    return " or ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part)
