"""Rules about the HTML inside an entry, which readers embed as it stands."""

import re
from collections.abc import Iterator

from lxml import etree

#: What the W3C validator calls a security risk, and what is no HTML to it.
_FORBIDDEN = (
    *("script", "style", "link", "meta", "base", "title", "slot", "template", "noscript"),
    *("iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math"),
    *("form", "input", "button", "select", "textarea"),
    *("basefont", "marquee", "blink", "xmp", "plaintext"),
)
_ADDRESSES = ("href", "src", "srcset", "cite", "poster", "action", "background", "longdesc")

_ABSOLUTE = re.compile(r"(?!(java|vb)script:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CANDIDATE = re.compile(r"\s*([^\s,]\S*)[^,]*,?")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_TAG = re.compile(r"""</?[A-Za-z](?:[^"'>]|"[^"]*"|'[^']*')*+>|<!--.*?-->""", re.DOTALL)

#: A tag as sanitizers write it, in which nothing can be wrong.
_HARMLESS = re.compile(
    rf"</?(?!(?:{'|'.join(_FORBIDDEN)})\b)[a-z][a-z0-9]*"
    r'(?: (?:(?:href|src|cite)="(?:https?://|mailto:)[^"]*"'
    rf'|(?!on|style|{"|".join(_ADDRESSES)})[a-z]+="[^"]*"))*>'
)


def problems(html: str) -> Iterator[str]:
    """Find forbidden elements and attributes, addresses that are not absolute, and unescaped ``&`` and ``<``."""
    if _BARE_AMPERSAND.search(html):
        yield 'there is an unescaped "&" in HTML'
    rest = _HARMLESS.sub("", html)
    if "<" in rest:  # worth the time to parse it
        if "<" in _TAG.sub("", rest):
            yield 'there is an unescaped "<" in HTML'
        root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(no_network=True))
        yield from (f"there is <{element.tag}> in HTML" for element in root.iter(*_FORBIDDEN))
        for element in root.iter("*"):
            for name, value in element.items():
                yield from _attribute_problems(str(name), str(value))


def _attribute_problems(name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name == "style":
        yield f"there is the attribute {name} in HTML"
    if name in _ADDRESSES:
        addresses = _CANDIDATE.findall(value) if name == "srcset" else [value.strip()]
        yield from (
            f'{name}="{address}" in HTML is not an absolute URL'
            for address in addresses
            if not _ABSOLUTE.match(address)
        )
