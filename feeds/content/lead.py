"""Where the beginning of a body ends, that stands for all of it in lists."""

import re

_MARK = re.compile(r"<!--+\s*(?:more|read[ -]?more|excerpt|truncate|end[ -]?excerpt|teaser_end)\s*--+>", re.IGNORECASE)
_CODE = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]++\](?!:)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n^]++\]:[^\n]*", re.MULTILINE)


def marked(body: str) -> str:
    """Return what stands before the author's mark, such as ``<!-- more -->``; "" where there is none."""
    code = [match.span() for match in _CODE.finditer(body)]
    for mark in _MARK.finditer(body):
        if not any(start <= mark.start() < end for start, end in code):
            return _whole(body[: mark.start()].rstrip(), body[mark.end() :])
    return ""


def _whole(lead: str, rest: str) -> str:
    """Return ``lead`` with the addresses of its links that stand below it, and without marks of footnotes."""
    lead = _FOOTNOTE.sub("", lead) if "[^" in lead else lead
    definitions = _DEFINITION.findall(rest) if "]:" in rest and "[" in lead else []
    return "\n".join((lead, "", *definitions)) if definitions else lead
