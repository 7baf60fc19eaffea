"""Paths from the top of a site that does not begin at the top of its host: its own base comes before them."""

import re
from collections.abc import Iterable, Mapping

from feeds.content.code import replaced
from feeds.content.dialects.dialect import COMMON_KEYS
from feeds.model.source import Value

#: Keys of the front matter that hold addresses of files, or maps and lists of them.
FILES = (
    *(key for meaning in ("picture", "enclosures", "video") for key in COMMON_KEYS[meaning] if "." not in key),
    *("transcript", "transcripts", "transcript_url", "transcript_file", "chapters", "chapters_url", "chapters_file"),
    *("podcast_transcript", "podcast_chapters", "podcast_image", "episode_image", "itunes_image", "itunes", "header"),
)
_WORDS = frozenset({"alt", "title", "label", "caption", "name", "description", "credit"})

#: What stands before an address in Markdown, and in HTML.
_IN_MARKDOWN = re.compile(r"(?:\]\(<?|^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]{1,20}<?)(?=/(?!/))", re.MULTILINE)
_IN_HTML = re.compile(r"""\s(?:src|href|poster)=["'](?=/(?!/))""")


def below(base: str, address: str) -> str:
    """Return ``address`` with ``base``, a path without a slash at its end, before it if it begins with one slash."""
    apart = not address.startswith("/") or address.startswith(("//", f"{base}/")) or address == base
    return address if apart else base + address


def files_below(base: str, fields: Mapping[str, Value], keys: Iterable[str] = FILES) -> Mapping[str, Value]:
    """Return those of ``fields``, among ``keys``, whose addresses begin otherwise with ``base`` before them."""
    return {key: _moved(base, fields[key]) for key in keys if key in fields} if base else {}


def _moved(base: str, value: Value) -> Value:
    if isinstance(value, str):
        return below(base, value)
    if isinstance(value, list):
        return [_moved(base, item) for item in value]
    return {key: item if key.lower() in _WORDS else _moved(base, item) for key, item in value.items()}


def markdown_below(base: str, text: str) -> str:
    """Return Markdown whose links and pictures have ``base`` before their paths, outside of code."""
    if not base or "/" not in text:
        return text
    return replaced(text, _IN_MARKDOWN, lambda found: _opened(base, found))


def html_below(base: str, text: str) -> str:
    """Return HTML whose links and pictures have ``base`` before their paths."""
    return _IN_HTML.sub(lambda found: _opened(base, found), text) if base else text


def _opened(base: str, found: re.Match[str]) -> str:
    """Return what stands before a path, and ``base`` where the path does not begin with it already."""
    return found[0] if found.string.startswith(f"{base}/", found.end()) else found[0] + base
