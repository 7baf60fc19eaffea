"""Where the beginning of a body ends, that stands for all of it in lists."""

import re

_MARK = re.compile(r"<!--+\s*(?:more|read[ -]?more|excerpt|truncate|end[ -]?excerpt|teaser_end)\s*--+>", re.IGNORECASE)
_CODE = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)


def marked(body: str) -> str:
    """Return what stands before the author's mark, such as ``<!-- more -->``; "" where there is none."""
    code = [match.span() for match in _CODE.finditer(body)]
    for mark in _MARK.finditer(body):
        if not any(start <= mark.start() < end for start, end in code):
            return body[: mark.start()].rstrip()
    return ""
