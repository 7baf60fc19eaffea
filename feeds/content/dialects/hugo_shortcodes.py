"""Hugo's shortcodes, ``{{< name … >}}`` and ``{{% name … %}}``, also around a text."""

import re
from collections.abc import Iterator
from functools import partial

from feeds.content.code import Code
from feeds.content.common_shortcodes import AROUND, ELEMENTS
from feeds.content.dialects.hugo_config import lowered, table
from feeds.content.dialects.hugo_references import Pages
from feeds.content.fields import lookup, text
from feeds.content.passage import Passage
from feeds.content.shortcodes import Shortcode, arguments, indented, placed, replaced

_MARK = re.compile(r"\{\{([<%])((?:(?!\{\{[<%]|[>%]\}\}).)*+)[>%]\}\}|\{\{[<%]", re.DOTALL)
_NAME = re.compile(r"\s*(/?)\s*([\w./-]*)")
#: The name of what only begins like a shortcode.
_UNCLOSED = "?"
_REFERENCES = frozenset({"ref", "relref"})
_ESCAPED = re.compile(r"\s*/\*(.*)\*/\s*", re.DOTALL)


def rendered(passage: Passage, pages: Pages) -> str:
    """Return the body with every shortcode replaced by what it stands for; what is unknown is left out, and noted.

    Hugo fills them in everywhere, in code too; there only texts make sense.
    """
    body = passage.source.body
    marks = tuple(_marks(body))
    return replaced(body, marks, partial(_said, passage, pages, Code(body))) if marks else body


def _marks(body: str) -> Iterator[Shortcode]:
    for found in _MARK.finditer(body):
        written = found[2]
        start, end = found.span()
        if written is None:
            shown = body[start : start + 40].partition("\n")[0]
            yield Shortcode(name=_UNCLOSED, written=shown, start=start, end=end, stands_alone=True)
            continue
        if escaped := _ESCAPED.fullmatch(written):
            closing = ">" if found[1] == "<" else "%"
            shown = f"{{{{{found[1]}{escaped[1]}{closing}}}}}"
            yield Shortcode(name="", written=shown, start=start, end=end, stands_alone=True)
            continue
        stands_alone = written.rstrip().endswith("/")
        named = _NAME.match(written)
        closes, name = (named[1] == "/", named[2]) if named else (False, "")
        behind = written[named.end() if named else 0 :].rstrip().removesuffix("/" if stands_alone else "")
        positional, by_name = arguments(behind)
        yield Shortcode(
            name=name.lower().removesuffix(".html"),
            written=found[0],
            start=start,
            end=end,
            positional=positional,
            named=by_name,
            closes=closes,
            stands_alone=stands_alone,
        )


def _said(passage: Passage, pages: Pages, code: Code, mark: Shortcode, inner: str | None) -> str:
    if not mark.name:
        return mark.written if mark.stands_alone else ""
    if mark.closes:
        return ""
    if mark.name == _UNCLOSED:
        in_code = code.holds(mark.start)
        return passage.source.body[mark.start : mark.end] if in_code else passage.leave_out(mark.written, mark.start)
    if mark.name in _REFERENCES:
        return pages.reference(mark)
    if mark.name == "param":
        return _param(passage, mark)
    if code.holds(mark.start):
        return inner or passage.leave_out(mark.written, mark.start)
    if mark.name.endswith(".inline"):
        return passage.leave_out(mark.written, mark.start)
    meaning = AROUND.get(mark.name)
    if meaning and inner is not None:
        return indented(passage.source.body, mark, meaning(mark, inner))
    element = ELEMENTS.get(mark.name)
    html = element(mark) if element else ""
    if html:
        return placed(passage.source.body, mark, html) + (inner or "")
    passage.leave_out(mark.written, mark.start)
    return inner or ""


def _param(passage: Passage, mark: Shortcode) -> str:
    """Return a parameter of the page, else of the site."""
    key = mark.get("name", place=0).lower()
    own = table(lowered(dict(passage.source.fields)))
    for fields in (table(own.get("params", {})), own, table(passage.customs.settings.get("params", {}))):
        value = fields
        *outer, last = key.split(".")
        for name in outer:
            value = table(value.get(name, {}))
        if found := text(lookup(value, last)):
            return found
    return passage.leave_out(mark.written, mark.start)
