"""Plain texts: only characters that every reader can take, and nothing that looks like markup.

The one door to python-slugify.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from slugify import slugify

from feeds.content.tags import without_comments, without_elements

#: What XML 1.0 (2.2) cannot carry, and what HTML calls an error: controls, lone surrogates, noncharacters.
#: Told by what is legal, since a character that is found in a set costs a tenth of one that is not.
_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    + "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17))
    + "]"
)

#: What most texts are made of throughout: finding that out first costs a thirtieth of looking for what is illegal.
_ORDINARY = re.compile("[\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]*")

#: What a C1 control was meant to be: the character that Windows-1252 has in its place.
_MEANT = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "bdi", "bdo", "big", "button"),
        *("canvas", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed"),
        *("font", "frame", "frameset", "head", "i", "iframe", "img", "input", "ins", "kbd", "label"),
        *("legend", "link", "map", "mark", "marquee", "math", "meta", "meter", "noembed", "noframes"),
        *("noscript", "object", "optgroup", "option", "output", "param", "picture", "progress", "q", "rp"),
        *("rt", "ruby", "s", "samp", "script", "select", "slot", "small", "source", "span", "strike"),
        *("strong", "style", "sub", "sup", "svg", "template", "textarea", "time", "title", "track", "tt"),
        *("u", "var", "video", "wbr", "xmp"),
    )
)

# Only what HTML knows is a tag: in "Vec<T>" nothing is lost.
_TAG = re.compile(
    rf"</?(?:({'|'.join(sorted(_BLOCKS))})|{'|'.join(sorted(_INLINE))})(?:[\s/][^<>]*)?>", re.ASCII | re.IGNORECASE
)
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY_LIKE = re.compile(r"&(?=[A-Za-z#])")
_MARKED = re.compile("[<&]")
#: Words of ASCII without markup, one space between them: most names and titles.
_PLAIN = re.compile("[!-%'-;=-~]+(?: [!-%'-;=-~]+)*")
_WHITESPACE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")
_AROUND = "\ufeff\u200b\u2060" + "".join(character for character in map(chr, range(0x3001)) if character.isspace())
_ROUNDS = 3

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS, _END_OF_EMBEDDING = "\u202a\u202b\u202d\u202e", "\u202c"
_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"

_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_SAFE_TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^>]*>")
_ELLIPSIS = "…"


def legal(text: str) -> str:
    """Drop what no reader can take; read C1 controls as the Windows-1252 characters they were meant to be."""
    if _ORDINARY.fullmatch(text) or _ILLEGAL.search(text) is None:
        return text
    return _ILLEGAL.sub(lambda found: _MEANT.get(found[0], ""), text)


def plain(text: str) -> str:
    """Return ``text`` as one line without markup, for titles, names and summaries.

    Entities are decoded and tags dropped, also those that decoding brought to
    light.  No ``<`` is left before a letter, ``/``, ``!`` or ``?``, and no
    entity, so that who takes it for HTML sees the same text.  What is plain
    already comes back unchanged: ``plain(plain(x)) == plain(x)``.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = legal(text)
    if _MARKED.search(text):
        text = _without_markup(text)
    return _one_line(_unmistakable(_balanced(text)))


def excerpt(html: str, limit: int = 300) -> str:
    """Return the beginning of safe HTML as plain text of at most ``limit`` characters.

    Paragraphs come before everything else; what does not fit is cut between
    words and ends in an ellipsis.
    """
    text = _beginning(_paragraphs(html), limit) or _beginning(iter([html]), limit)
    cut = text if len(text) <= limit else _cut(text, limit - len(_ELLIPSIS)) + _ELLIPSIS
    return _one_line(_balanced(cut))


def slug(text: str) -> str:
    """Return ``text`` as it stands in URLs: lower case, Unicode, words joined by hyphens; "" if nothing is left."""
    return slugify(text, allow_unicode=True)


def ascii_slug(text: str) -> str:
    """Return ``text`` as it stands in URLs in ASCII alone, whatever script it is in: letters by their sound."""
    return slugify(text.replace(",", " "))


def _without_markup(text: str) -> str:
    for _ in range(_ROUNDS):
        before = text
        text = legal(unescape(text))
        text = without_elements(without_comments(text), ("script", "style"))
        text = _TAG.sub(_space_for_a_block, text)
        if text == before:
            break
    return text


def _space_for_a_block(tag: re.Match[str]) -> str:
    return " " if tag[1] else ""


def _unmistakable(text: str) -> str:
    """Put a space behind each ``<`` that could begin a tag, and behind ``&`` where entities are left."""
    text = _TAG_LIKE.sub("< ", text)
    return text if unescape(text) == text else _ENTITY_LIKE.sub("& ", text)


def _one_line(text: str) -> str:
    return _WHITESPACE.sub(" ", text).strip(_AROUND)


def _balanced(text: str) -> str:
    """Close bidirectional controls that are left open, drop those that close nothing (Unicode UAX 9)."""
    if _BIDI.search(text) is None:
        return text
    open_until: list[str] = []

    def keep(control: re.Match[str]) -> str:
        if control[0] in _EMBEDDINGS:
            open_until.append(_END_OF_EMBEDDING)
        elif control[0] in _ISOLATES:
            open_until.append(_END_OF_ISOLATE)
        elif open_until and open_until[-1] == control[0]:
            open_until.pop()
        else:
            return ""
        return control[0]

    return _BIDI.sub(keep, text) + "".join(reversed(open_until))


def _paragraphs(html: str) -> Iterator[str]:
    return (paragraph[1] for paragraph in _PARAGRAPH.finditer(html))


def _beginning(pieces: Iterator[str], enough: int) -> str:
    """Return the text of the first ``pieces``, joined until there is ``enough``."""
    beginning = ""
    for piece in pieces:
        text = _SAFE_TAG.sub(lambda tag: " " if tag[1] in _BLOCKS else "", piece)
        beginning = _one_line(f"{beginning} {_unmistakable(_balanced(legal(unescape(text))))}")
        if len(beginning) > enough:
            break
    return beginning


def _cut(text: str, length: int) -> str:
    """Cut ``text`` to at most ``length``, between words or else between characters as people count them."""
    words = text[: length + 1].rpartition(" ")[0]
    if len(words) > length // 2:
        return words.rstrip(" ,;:–—-")
    while length > 1 and _continues(text, length):
        length -= 1
    return text[:length]


def _continues(text: str, position: int) -> bool:
    """Tell whether the character at ``position`` belongs to the one before it."""
    joiner = "\u200d"
    return (
        unicodedata.category(text[position]).startswith("M")
        or text[position] == joiner
        or text[position - 1] == joiner
        or "\U0001f3fb" <= text[position] <= "\U0001f3ff"
    )
