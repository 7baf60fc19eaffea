"""From any HTML to HTML that is safe inside other people's applications: the one door to bleach and nh3.

nh3 parses as browsers do and goes first, so that nothing reaches bleach that
two parsers could read in two ways.  bleach is the policy.  Each of them alone
lets nothing through that is not on the list below.
"""

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from feeds.content.absolutize import (
    LINKS,
    RESOURCES,
    absolute,
    absolute_srcset,
    allowed,
)
from feeds.content.text import legal

if TYPE_CHECKING:
    import nh3

#: What feed readers show.
TAGS = frozenset(
    (
        *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "span"),
        *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "details", "summary"),
        *("em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark"),
        *("abbr", "cite", "q", "code", "kbd", "samp", "var", "time", "bdi", "bdo", "ruby", "rt", "rp"),
        *("a", "img", "figure", "figcaption"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    )
)

#: What may be said of them; "*" of every one.
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"dir", "lang"}),
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"src", "srcset", "alt", "title", "width", "height"}),
    "blockquote": frozenset({"cite"}),
    "q": frozenset({"cite"}),
    "del": frozenset({"cite", "datetime"}),
    "ins": frozenset({"cite", "datetime"}),
    "time": frozenset({"datetime"}),
    "ol": frozenset({"start", "reversed"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}

#: What is dropped with everything in it: never text for people.
DROPPED = frozenset(
    (
        *("script", "style", "title", "template", "noscript", "noembed", "noframes", "xmp", "plaintext"),
        *("textarea", "select", "button", "datalist", "svg", "math"),
        *("iframe", "object", "embed", "applet", "audio", "video", "canvas"),
    )
)

#: What the list has another name for.
RENAMED: Mapping[str, str] = {
    **dict.fromkeys(("section", "article", "aside", "header", "footer", "main", "nav", "address", "center"), "div"),
    "strike": "s",
    "tt": "code",
    "acronym": "abbr",
}

_SCHEMES = {"href": LINKS, "cite": LINKS, "src": RESOURCES}

#: Raised by one when what `sanitize` does to the same list changes.
_REVISION = 1


def _digest_of_lists() -> str:
    attributes = {tag: sorted(names) for tag, names in ATTRIBUTES.items()}
    lists = (sorted(TAGS), attributes, sorted(DROPPED), dict(RENAMED), sorted(LINKS), sorted(RESOURCES))
    return hashlib.sha256(repr(lists).encode()).hexdigest()[:16]


#: Another one, and every body is rendered again.
POLICY = f"{_REVISION}-{_digest_of_lists()}"

#: How deep elements may be nested, and how deep all of them together: parsers are quadratic in either.
MAX_DEPTH = 256
MAX_TOTAL_DEPTH = 1_000_000

#: What bleach can chew in some seconds.
MAX_TAGS = 30_000
MAX_ENTITIES = 200_000

#: Elements that are empty, and those that end where the next begins, so that sloppy HTML leaves thousands open.
_NOT_NESTING = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
        *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rt"),
        *("rp", "a", "nobr"),
    )
)

_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)[^>]*>", re.ASCII | re.IGNORECASE)
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(sorted(RENAMED))})(?=[\s/>])", re.ASCII | re.IGNORECASE)
_FIRST_NEWLINE = re.compile(r"(<pre(?: [^<>]*)?>)\n")
_TEXT = r"[^<&]+|&(?:amp|lt|gt|nbsp);"
#: Attributes that two parsers write alike.
_ATTRIBUTES = (
    '(?: (?:href|src)="https?://(?:[A-Za-z0-9._~:/?#@!$()*+,;=%-]|&amp;)+"'
    '| (?:alt|title|width|height|lang|dir|start|colspan|rowspan|datetime)="[^"<>&]*")*'
)
#: Text in the elements that most posts are made of.
_PROSE = re.compile(
    rf"(?:{_TEXT}"
    r"|</?(?:p|br|hr|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|b|i|u|s|del|ins|sub|sup|kbd|small|mark"
    r"|a|abbr|cite|q|time|div|span|table|caption|thead|tbody|tfoot|tr|th|td|img(?=[^<>]* src=))"
    rf"{_ATTRIBUTES}>)*+"
)
_CHARACTER = r"[A-Za-z0-9._~:/@!$()*+,;=-]|%[0-9A-Fa-f]{2}|&amp;"
#: Addresses that are absolute and spelt as `absolute` would spell them.
_ADDRESS = (
    rf"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/(?:{_CHARACTER})*+)?(?:\?(?:{_CHARACTER}|\?)*+)?(?:#(?:{_CHARACTER})*+)?"
)
_IMAGE = rf'<img src="{_ADDRESS}"(?: (?:alt|title)="[^"<>&]*")*>'
_STRESSED = "|".join(f"<{name}>(?:{_TEXT})*+</{name}>" for name in ("em", "strong", "code"))
_LINE = rf'(?:{_TEXT}|<br>|{_IMAGE}|{_STRESSED}|<a href="{_ADDRESS}">(?:{_TEXT})*+</a>)*+'
_PARAGRAPH = rf"<p>{_LINE}</p>\n?"
_HEADING = "|".join(f"<h{level}>{_LINE}</h{level}>\n?" for level in range(1, 7))
#: Paragraphs of text and of elements that hold text alone: there is nothing that a parser could move elsewhere.
_PARAGRAPHS = re.compile(rf"(?:{_PARAGRAPH}|<blockquote>\n(?:{_PARAGRAPH})*+</blockquote>\n?|{_HEADING})*+")


def sanitize(html: str, base_url: str) -> str:
    """Return ``html`` with nothing but what the lists of this module allow, and every URL in it absolute.

    ``base_url`` is the absolute URL of the post.  A link whose address is
    refused keeps its text, a picture is dropped.  The outcome is well-formed
    HTML of characters that XML can carry; sanitizing it again changes nothing.
    `too_much` and `too_deep` must have been asked before.
    """
    normal = legal(normalise(html, base_url))
    return normal if _is_clean(normal, base_url) else clean(normal, base_url)


def _is_clean(normal: str, base_url: str) -> bool:
    """Tell whether bleach would give ``normal`` back as it is: for most posts, in a fiftieth of its time."""
    if _PARAGRAPHS.fullmatch(normal):
        return True
    return _PROSE.fullmatch(normal) is not None and normalise(normal, base_url) == normal


def normalise(html: str, base_url: str) -> str:
    """Return ``html`` as nh3 leaves it: safe, with absolute URLs."""
    _page.address = base_url
    return _with_first_newlines(_cleaner().clean(_RENAMED_TAG.sub(_rename, legal(html))))


class _Page(threading.local):
    """Where the document is that this thread is at work on."""

    address: str = ""


_page = _Page()


@cache
def _cleaner() -> "nh3.Cleaner":
    # Slow to import, and most passes have nothing to sanitize.  To make one takes a quarter of the time of its work.
    import nh3

    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=lambda _tag, name, value: _with_absolute_url(name, value, _page.address),
        link_rel=None,
        url_schemes=LINKS,
    )


def clean(html: str, base_url: str) -> str:
    """Return ``html`` as bleach leaves it: safe, with absolute URLs."""
    # The iterator of tokens that a generator returns is all that bleach wants of a filter; its types want a class.
    absolute_urls: Any = partial(_with_absolute_urls, base_url=base_url)
    # Slow to import, and most passes have nothing to sanitize.
    from bleach.sanitizer import Cleaner

    # Cleaners are not thread-safe, but cheap.
    cleaner = Cleaner(tags=TAGS, attributes=_may_stay, protocols=LINKS, strip=True, filters=[absolute_urls])
    return _with_first_newlines(cleaner.clean(html))


def too_much(html: str) -> bool:
    """Tell whether ``html`` has more tags or entities than are worth the time: none that people write has."""
    return html.count("<") > MAX_TAGS or html.count("&") > MAX_ENTITIES


def too_deep(html: str) -> bool:
    """Tell whether sanitizing ``html`` could take more than linear time; itself it takes no more.

    Every element counts from its start tag to its end tag, except those that
    are empty or end by themselves.  A document of many tags must be tidy
    (`feeds.content.tags.tidy`), or else the count can be misled.
    """
    open_elements: Counter[str] = Counter()
    depth = total = 0
    for end, written in _TAG.findall(html):
        name = written.lower()
        if end and open_elements[name]:
            open_elements[name] -= 1
            depth -= 1
        elif not end and name not in _NOT_NESTING:
            open_elements[name] += 1
            depth += 1
        total += depth
        if depth > MAX_DEPTH or total > MAX_TOTAL_DEPTH:
            return True
    return False


def _rename(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{RENAMED[tag[2].lower()]}"


def _with_first_newlines(html: str) -> str:
    """Write the newline that parsers drop at the beginning of ``pre``, so that the one behind it stays."""
    return _FIRST_NEWLINE.sub(r"\1\n\n", html) if "<pre" in html else html


def _may_stay(tag: str, name: str, value: str) -> bool:
    """Check an attribute for bleach, which takes the digits of ``javascript:123`` for a port."""
    if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
        return False
    schemes = _SCHEMES.get(name)
    return schemes is None or allowed(unescape(value), schemes)


def _with_absolute_urls(source: Iterable[dict[str, Any]], base_url: str) -> Iterator[dict[str, Any]]:
    """Pass on html5lib's tokens with absolute URLs, and without pictures that have no address left."""
    for token in source:
        if isinstance(token.get("data"), dict):
            attributes = ((key, _rewritten(key[1], value, base_url)) for key, value in token["data"].items())
            token["data"] = {key: value for key, value in attributes if value is not None}
        if token.get("name") != "img" or (None, "src") in token["data"]:
            yield token


def _rewritten(name: str, value: str, base_url: str) -> str | None:
    """Return the value of an attribute, None for none; bleach reads and writes values with their entities."""
    if name != "srcset" and name not in _SCHEMES:
        return value
    written = _with_absolute_url(name, unescape(value), base_url)
    return escape(written, quote=False) if written else None


def _with_absolute_url(name: str, value: str, base_url: str) -> str | None:
    """Return the value of an attribute with the URLs in it absolute, None where none is left."""
    if name == "srcset":
        return absolute_srcset(value, base_url) or None
    return absolute(value, base_url, schemes=_SCHEMES[name]) if name in _SCHEMES else value
