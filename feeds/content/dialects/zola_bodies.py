"""The body of a Zola page without what only Zola understands."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from feeds.content import emoji, footnotes
from feeds.content.addresses import NOWHERE, Addresses
from feeds.content.code import Code, masked
from feeds.content.common_shortcodes import AROUND, ELEMENTS
from feeds.content.dialects.zola_site import zola_site
from feeds.content.github import written_out
from feeds.content.heading_attributes import without_attributes
from feeds.content.passage import Passage
from feeds.content.shortcodes import Shortcode, arguments, indented, placed, replaced

_MARK = re.compile(r"(\{\{|\{%)((?:(?!\{\{|\}\}|\{%|%\}).)*+)(?:\}\}|%\})", re.DOTALL)
_CALL = re.compile(r"-?\s*([A-Za-z_][\w:-]*)\s*\((.*)\)\s*-?", re.DOTALL)
_END = re.compile(r"-?\s*end\s*-?")
_ESCAPED = re.compile(r"/\*(.*)\*/", re.DOTALL)
_INTERNAL = re.compile(r"(\]\(\s*<?|^ {0,3}\[[^\[\]\n]+\]:[ \t]*<?)@/([^\s<>()#?]+)", re.MULTILINE)


def body(passage: Passage) -> str:
    """Return the body as Markdown."""
    text = passage.source.body
    if "{{" in text or "{%" in text:
        marks = tuple(_marks(text))
        text = replaced(text, marks, partial(_said, passage, Code(text)))
    # Headings and links are to be seen whole, with the code that stands in them.
    written, restored = masked(text)
    return footnotes.joined(restored(_without_marks(passage, Addresses(passage.address), written)))


def _marks(body: str) -> Iterator[Shortcode]:
    """Yield the shortcodes; ``{% end %}`` closes the last one that is open, by its name."""
    waiting: list[str] = []
    for found in _MARK.finditer(body):
        opening, written = found[1], found[2]
        start, end = found.span()
        if escaped := _ESCAPED.fullmatch(written):
            shown = f"{opening}{escaped[1]}{'}}' if opening == '{{' else '%}'}"
            yield Shortcode(name="", written=shown, start=start, end=end, stands_alone=True)
        elif call := _CALL.fullmatch(written):
            name = call[1].lower()
            positional, named = arguments(call[2])
            if opening == "{%":
                waiting.append(name)
            yield Shortcode(
                name=name,
                written=found[0],
                start=start,
                end=end,
                positional=positional,
                named=named,
                stands_alone=opening == "{{",
            )
        elif opening == "{%" and waiting and _END.fullmatch(written):
            yield Shortcode(name=waiting.pop(), written=found[0], start=start, end=end, closes=True)


def _said(passage: Passage, code: Code, mark: Shortcode, inner: str | None) -> str:
    if not mark.name:
        return mark.written
    if mark.closes:
        return ""
    if code.holds(mark.start):
        return inner or passage.leave_out(mark.written, mark.start)
    if inner is not None and mark.name in AROUND:
        return indented(passage.source.body, mark, AROUND[mark.name](mark, inner))
    html = ELEMENTS[mark.name](mark) if mark.name in ELEMENTS else ""
    if html:
        return placed(passage.source.body, mark, html) + (inner or "")
    passage.leave_out(mark.written, mark.start)
    return inner or ""


def _without_marks(passage: Passage, addresses: Addresses, text: str) -> str:
    text = written_out(without_attributes(text))
    if "@/" in text:
        text = _INTERNAL.sub(lambda link: link[1] + _address(passage, addresses, link[2]), text)
    if ":" in text and zola_site(passage.customs).emoji:
        text = emoji.replace(text)
    return text


def _address(passage: Passage, addresses: Addresses, content: str) -> str:
    """Return the address of a page or a section by its path within the content; none is noted."""
    site = zola_site(passage.customs)
    path = PurePosixPath(content)
    if path.name.startswith("_index."):
        language = path.stem.partition(".")[2]
        folders = (language if language != site.default else "", *path.parent.parts)
        return "/".join((passage.site.url, *filter(None, folders), ""))
    if address := addresses.first(site.files(content)):
        return address
    shown = content[:80]
    if passage.notes.is_news("link-unresolved", shown):
        message = f'there is no page "@/{shown}" for a link to lead to.'
        line = passage.line(max(0, passage.source.body.find(f"@/{content}")))
        passage.notes.warn("link-unresolved", line, message, "Name a file of the content.", key=shown)
    return NOWHERE
