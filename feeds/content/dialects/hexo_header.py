"""Hexo's other headers: without a fence before them, and of JSON without braces before ``;;;``."""

import re

import yaml

from feeds.content.dialects.dialect import Header
from feeds.content.front_data import read_json
from feeds.content.front_yaml import Pair, strictly
from feeds.content.notes import Notes

#: A longer header is none that an author writes: such a file is read like any other.
_LONGEST = 64 * 1024

_SEPARATOR = re.compile(r"^(?:---|(;;;))", re.MULTILINE)
_REST = re.compile(r"-*;*[^\S\n]*\n?")
_OPENING = re.compile(r";{3,}[^\S\n]*\n")
_JSON_KEY = re.compile(r"""\s*["'\w][^:\n]*:""")
_YAML_KEY = re.compile(r"""(?:[^\S\n]*\n|#[^\n]*\n)*+(?:"[^"\n]*"|'[^'\n]*'|[^\W\d_][^:\n]*):(?=\s)""")
_TABS = re.compile(r"\n(\t+)")


def header(text: str, _suffix: str, notes: Notes) -> Header | None:
    """Read YAML up to a line that begins with ``---``, or pairs of JSON up to one with ``;;;``.

    As Hexo has it, what stands before such a line is a header only where it is
    a map: a rule below prose is a rule.  None for front matter between fences,
    and for none.  Raises ContentError where pairs of JSON cannot be read: Hexo
    would show them to readers, though they may say that nobody is to.
    """
    opening = _OPENING.match(text)
    if text.startswith(("---", ";;;")) and not opening:
        return None
    start = opening.end() if opening else 0
    separator = _SEPARATOR.search(text, max(start, 1))
    if separator is None or separator.start() - start > _LONGEST:
        return None
    written = text[start : separator.start()]
    pairs = _json(written, 1 + bool(opening), notes) if separator[1] else None if opening else _yaml(written, notes)
    rest = _REST.match(text, separator.start())
    return Header(pairs=pairs, body=text[rest.end() if rest else separator.end() :]) if pairs else None


def _json(written: str, first: int, notes: Notes) -> list[Pair] | None:
    return read_json("{" + written + "}", first, notes) if _JSON_KEY.match(written) else None


def _yaml(written: str, notes: Notes) -> list[Pair] | None:
    if not _YAML_KEY.match(written):
        return None
    try:
        return strictly(_TABS.sub(lambda tabs: "\n" + "  " * len(tabs[1]), written), 1, notes)
    except yaml.YAMLError:
        return None
