"""The YAML that nearly everyone writes, read line by line: the fast path beside `front_yaml`, which stays the truth.

A key and its value on each line, and nothing that YAML could mean anything
else by.  libyaml takes ten times as long, most of it for events that nobody
needs.  A header with any other line is left to `front_yaml`.
"""

import re

from feeds.model.source import Value

#: What libyaml takes for printable, without what it takes for white space or the end of a line.
_ORDINARY = re.compile("[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
#: What begins something other than text, and what in a list of texts may not even stand inside.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_NOT_IN_LISTS = re.compile(r"[\[\]{}:#?\"']")
_NULLS = frozenset({"~", "null", "Null", "NULL"})

_KEY = "(?!(?:null|Null|NULL):)[A-Za-z_][A-Za-z0-9_.-]{0,63}"
#: Text without a colon or a number sign that YAML would read as one.
_TEXT = rf"[^ \n{re.escape(''.join(sorted(_INDICATORS)))}](?:[^\n:#]+|:(?! |$)|(?<! )\#)*+"
_QUOTED = r"""\"[^"\\\n]*\"|'[^'\\\n]*'"""
_LIST = r"\[.*\]"
_NULL = f"(?:{'|'.join(sorted(_NULLS))})"
#: One line: a key and a text, something else or nothing; neither in a comment and where nothing is.
_LINE = re.compile(
    rf"^(?:({_KEY}):(?: ++(?:(?!{_NULL} *+$)({_TEXT})|({_QUOTED}|{_LIST}|{_NULL}))?)? *+|\#.*|[^\S\n]*+)$", re.MULTILINE
)


class _NotPlain(Exception):
    """The header holds something that only a YAML parser should read."""


def read(header: str, first: int) -> list[tuple[str, Value, int]] | None:
    """Read ``header``, whose first line is line ``first`` of the file, as `front_yaml.read` does.

    Return None where it takes a YAML parser.
    """
    if not _ORDINARY.fullmatch(header):
        return None
    lines = _LINE.findall(header)
    if len(lines) <= header.count("\n"):
        return None
    try:
        return [
            (key, _value(other) if other else text.rstrip(" "), number)
            for number, (key, text, other) in enumerate(lines, first)
            if key
        ]
    except _NotPlain:
        return None


def _value(written: str) -> Value:
    """Return what is no plain text: quoted, a list, or null."""
    if written.startswith("["):
        inner = written[1:-1].strip(" ")
        return [_item(item.strip(" ")) for item in inner.split(",")] if inner else []
    return "" if written in _NULLS else written[1:-1]


def _item(written: str) -> str:
    mark, inner = written[:1], written[1:-1]
    if mark in {'"', "'"} and len(written) > 1 and written[-1] == mark and "\\" not in inner:
        text = inner
    elif mark in _INDICATORS or not mark:
        raise _NotPlain
    else:
        text = "" if written in _NULLS else written
    if _NOT_IN_LISTS.search(text):
        raise _NotPlain
    return text
