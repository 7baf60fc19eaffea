"""Rules about the HTML inside an entry, which readers embed as it stands."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

from feeds.syndication.rules.fault import Fault, doubtful, faulty

#: What the W3C validator calls a security risk, and what takes control of the page it is embedded in.
_FORBIDDEN = (
    *("script", "style", "link", "meta", "base", "title", "slot", "template", "noscript"),
    *("iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math"),
    *("form", "input", "button", "select", "textarea"),
    *("basefont", "marquee", "blink", "xmp", "plaintext"),
)
_KNOWN = frozenset(
    (
        *("a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "bdi", "bdo", "big"),
        *("blockquote", "br", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del"),
        *("details", "dfn", "dir", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd", "label", "legend", "li", "main", "map"),
        *("mark", "menu", "meter", "nav", "nobr", "ol", "optgroup", "option", "output", "p", "picture", "pre"),
        *(
            "progress",
            "q",
            "rb",
            "rp",
            "rt",
            "rtc",
            "ruby",
            "s",
            "samp",
            "section",
            "small",
            "source",
            "span",
            "strike",
        ),
        *("strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track"),
        *("tt", "u", "ul", "var", "video", "wbr", "html", "body"),
        *_FORBIDDEN,
    )
)
_EMPTY = frozenset({"area", "br", "col", "hr", "img", "source", "track", "wbr", *("input", "link", "meta", "base")})
_ADDRESSES = ("href", "src", "srcset", "cite", "poster", "action", "background", "longdesc")

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_CANDIDATE = re.compile(r"\s*([^\s,]\S*)[^,]*,?")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_ANY_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9-]*)(?:[^"'>]|"[^"]*"|'[^']*')*+>|<!--.*?-->""", re.DOTALL)

#: Most tags are these, without attributes: there is no need to compare them with all that is forbidden.
_FREQUENT = "(?:p|a|em|strong|li|code|br|blockquote|h[1-6]|ul|ol|pre)"

#: A tag as sanitizers write it, in which nothing can be wrong.
_HARMLESS = re.compile(
    rf"<(/?(?:{_FREQUENT}(?=>)|(?!(?:{'|'.join(_FORBIDDEN)})\b)[a-z][a-z0-9]*))"
    r'(?: (?:(?:href|src|cite)="(?:https?://|mailto:)[^"]*"'
    rf'|(?!on|style|{"|".join(_ADDRESSES)})[a-z]+="[^"]*"))*>'
)


def problems(html: str) -> tuple[Fault, ...]:
    """Find forbidden elements and attributes, addresses that are not absolute, and what is no good HTML."""
    return _problems(html) if "<" in html or "&" in html else ()


@lru_cache(maxsize=1024)
def _problems(html: str) -> tuple[Fault, ...]:
    """Judge each text once: the formats of a feed, and often other feeds, show the same."""
    return tuple(_found(html))


def _found(html: str) -> Iterator[Fault]:
    if _BARE_AMPERSAND.search(html):
        yield doubtful("document-html", 'there is an unescaped "&" in HTML')
    pieces = _HARMLESS.split(html)
    rest = "".join(pieces[::2])
    if "<" not in rest:
        yield from _unbalanced(pieces[1::2])
        return
    # Worth the time to parse it.
    if "<" in _ANY_TAG.sub("", rest):
        yield doubtful("document-html", 'there is an unescaped "<" in HTML')
    root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(no_network=True))
    yield from (
        faulty("document-html-element", f"there is <{element.tag}> in HTML") for element in root.iter(*_FORBIDDEN)
    )
    for element in root.iter("*"):
        for name, value in element.items():
            yield from _attribute_problems(str(name), str(value))
    yield from _unbalanced(tag[1] + tag[2].lower() for tag in _ANY_TAG.finditer(html) if tag[2])


def _unbalanced(tags: Iterable[str]) -> Iterator[Fault]:
    """Find elements that HTML does not know, and those that are not closed in the order in which they were opened."""
    open_elements: list[str] = [""]
    for tag in tags:
        if tag[0] == "/":
            if open_elements[-1] != tag[1:]:
                yield doubtful("document-html", f"<{tag}> closes nothing in HTML")
                return
            open_elements.pop()
        elif tag not in _EMPTY:
            open_elements.append(tag)
            if tag not in _KNOWN:
                yield doubtful("document-html", f"<{tag}> is no element of HTML")
    if len(open_elements) > 1:
        yield doubtful("document-html", f"<{open_elements[-1]}> is never closed in HTML")


def _attribute_problems(name: str, value: str) -> Iterator[Fault]:
    if name.startswith("on") or name == "style":
        yield faulty("document-html-attribute", f"there is the attribute {name} in HTML")
    if name in _ADDRESSES:
        addresses = _CANDIDATE.findall(value) if name == "srcset" else [value.strip()]
        for address in addresses:
            scheme = _SCHEME.match(address)
            if scheme is None:
                yield doubtful("document-relative", f'{name}="{address}" in HTML is not an absolute URL')
            elif scheme[1].lower() not in _SAFE_SCHEMES:
                yield faulty("document-html-attribute", f'{name}="{address}" in HTML is not an absolute URL of the web')
