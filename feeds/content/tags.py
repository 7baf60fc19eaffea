"""Tags as text: cutting them out, or writing them so that there is only one way to read them."""

import re
from collections.abc import Iterable
from html import escape, unescape

#: So many tags can be parsed in any way there is without much effort.
FEW = 1000

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_END_OF_COMMENT = re.compile("-->")
_TAG = re.compile(r"""<(?:(/?)([A-Za-z][A-Za-z0-9:_-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>|[!?/][^<>]*>)?""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


def without_comments(html: str) -> str:
    """Cut comments out; one that is not closed stays."""
    return _cut_out(_COMMENT, _END_OF_COMMENT, html)


def without_elements(html: str, names: Iterable[str]) -> str:
    """Cut the elements ``names`` out with all that is in them; a tag without its other half stays."""
    for name in names:
        start = re.compile(rf"<{name}\b", re.ASCII | re.IGNORECASE)
        if start.search(html):
            end = rf"</{name}\b[^<>]*>"
            element = re.compile(rf"<{name}\b[^<>]*>.*?{end}", re.ASCII | re.DOTALL | re.IGNORECASE)
            html = _cut_out(element, re.compile(end, re.ASCII | re.IGNORECASE), html)
    return html


def tidy(html: str, dropped: frozenset[str]) -> str:
    """Rewrite a document of many tags so that a ``<`` begins a tag, a ``>`` ends it, and nothing else does.

    What is no tag becomes text; comments go, and the elements ``dropped``,
    which parsers read by other rules.  What may be counted in the outcome is
    therefore what every parser will see.  A document of few tags comes back
    as it is.
    """
    if html.count("<") <= FEW:
        return html
    html = without_elements(without_comments(html), sorted(dropped))

    def written(tag: re.Match[str]) -> str:
        end, name, attributes = tag[1], tag[2], tag[3]
        if name is None:
            return "&lt;" if tag[0] == "<" else ""
        if name.lower() in dropped:
            return ""
        return f"<{end}{name}{'' if end else _written(attributes)}>"

    return _TAG.sub(written, html)


def _written(attributes: str) -> str:
    return "".join(
        f' {name}="{escape(unescape(double or single or bare))}"'
        for name, double, single, bare in _ATTRIBUTE.findall(attributes)
    )


def _cut_out(pattern: re.Pattern[str], end: re.Pattern[str], text: str) -> str:
    """Cut what ``pattern`` matches, looking no further than the last ``end``: in linear time, that is."""
    ends = [found.end() for found in end.finditer(text)]
    return pattern.sub("", text[: ends[-1]]) + text[ends[-1] :] if ends else text
