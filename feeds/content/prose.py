"""Paragraphs, headings and quotations of plain words become HTML without a parser, in a tenth of its time.

Most of what people write is made of them, with a link or an emphasis here and
there.  The parser is the truth: it gets every block that might be read in
another way, and what it does not get comes out the same to the byte.
"""

import re
from collections.abc import Callable

#: What concerns other blocks than its own, or goes on behind blank lines: no block is certain beside it.
_FAR_REACHING = ("]:", "[^", "^[", "```", "<!", "<?", "\r", "\0")
_FAR_REACHING_LINE = re.compile(r"\n[ \t]*+[:~]")
_FAR_REACHING_TAGS = re.compile(r"<(?:script|pre|style|textarea)", re.IGNORECASE)

_BLANK_LINES = re.compile(r"(?:[ \t]*+\n)*+")
_END_OF_BLOCK = re.compile(r"\n(?:[ \t]*+\n)++")

#: Words: without an "&" that begins an entity, and a "!" that begins a picture.
_WORDS = r"(?:[^\n!&*<\[\\\]_`~]++|!(?!\[)|&(?![#\w]+;))"
_CODE = r"`(?! )[^`\n]++(?<! )`(?!`)"
#: Between white space and a word, or a word and its end, marks can mean one thing only.
_EMPHASIS = "|".join(
    rf"(?<![^ \n]){mark}(?=[^\W_]|[\"'(“‘]){_WORDS}++"
    rf"(?:(?<=[^\W_]){mark}(?=[ \n.,;:!?)]|\Z)|(?<=\S){mark}(?=[ \n]|\Z))"
    for mark in (r"\*\*", r"\*", "__", "_")
)
_ADDRESS = r"(?:https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=[/)])|(?=/(?!/)))(?:[A-Za-z0-9._/?=&#+~-]|%[0-9A-Fa-f]{2})*+"
_LINK = rf"!?\[{_WORDS}++\]\({_ADDRESS}\)"
_MARKED = rf"{_CODE}|{_EMPHASIS}|{_LINK}"
_MARK = re.compile(rf"(?=[!&*<>\[_`\"])(?:{_MARKED}|[&<>\"])")
_MARKS = re.compile(r"[*\[_`]")

#: How a line begins that is in a paragraph, whatever stands before it.
_PROSE = r"(?=[^#>+=:|\s-])(?![0-9]+[.)](?:\s|\Z))"
_BLOCK = re.compile(
    rf"(?:\#{{1,6}} ++(?=\S)|(?:> ?)?{_PROSE})(?:{_WORDS}|{_MARKED}|\n{_PROSE})++"
    r"(?:\n(?:[ \t]*+\n)++|\n?[ \t]*+\Z)"
)
_SIGN = re.compile(r"#+ +|> ?|")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def render(text: str, parse: Callable[[str], str]) -> str:
    """Return what ``parse`` makes of ``text``, a document of CommonMark, asking it only for what is not plain."""
    if _reaches_far(text):
        return parse(text)
    pieces: list[str] = []
    done = position = _end(_BLANK_LINES.match(text), text)
    while position < len(text):
        block = _BLOCK.match(text, position)
        html = _html(block[0]) if block else ""
        if block and html:
            pieces += (parse(text[done:position]) if done < position else "", html)
            done = position = block.end()
        else:
            position = _end(_END_OF_BLOCK.search(text, position), text)
    if done < position:
        pieces.append(parse(text[done:]))
    return "".join(pieces)


def _reaches_far(text: str) -> bool:
    return (
        any(sign in text for sign in _FAR_REACHING)
        or _FAR_REACHING_LINE.search("\n" + text) is not None
        or ("<" in text and _FAR_REACHING_TAGS.search(text) is not None)
    )


def _end(found: re.Match[str] | None, text: str) -> int:
    return found.end() if found else len(text)


def _html(block: str) -> str:
    """Return a block as HTML, "" where only the parser knows."""
    sign = _SIGN.match(block)
    start = sign.end() if sign else 0
    text = block[start:].rstrip(" \t\n\xa0")
    if text[-1:].isspace() or " \n" in text or (start and ("\n" in text or text.endswith("#"))):
        return ""
    words = _MARK.sub(_written, text) if _MARKS.search(text) else _escaped(text)
    if block[0] == "#":
        level = block[:start].count("#")
        return f"<h{level}>{words}</h{level}>\n"
    paragraph = f"<p>{words}</p>\n"
    return f"<blockquote>\n{paragraph}</blockquote>\n" if start else paragraph


def _written(found: re.Match[str]) -> str:
    mark = found[0]
    if mark in _ESCAPED:
        return _ESCAPED[mark]
    if mark[0] == "`":
        return f"<code>{_escaped(mark[1:-1])}</code>"
    if mark[0] in "*_":
        length = 2 if mark[1] == mark[0] else 1
        name = "strong" if length > 1 else "em"
        return f"<{name}>{_escaped(mark[length:-length])}</{name}>"
    label, _, address = _escaped(mark[1:-1]).rpartition("](")
    if mark[0] == "!":
        return f'<img src="{address}" alt="{label[1:]}" />'
    return f'<a href="{address}">{label}</a>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
