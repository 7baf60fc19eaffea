"""The links and pictures in Markdown, found by their looks: a body is proofread whether or not it is ever rendered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

#: An address in Markdown, where a template may hold spaces.
_ADDRESS = r"""((?:\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|[^)\s>])+)"""
#: Every alternative begins with a letter of its own, so that all other text is passed over quickly.
_REFERENCE = re.compile(
    rf"""!\[([^\[\]\n]*)\]\(\s*<?{_ADDRESS}"""  # ![text](address)
    rf"""|\[[^\[\]\n]*\]\(\s*<?{_ADDRESS}"""  # [text](address)
    rf"""|\]\(\s*<?{_ADDRESS}"""  # the address behind [![text](picture)]
    r"""|<[iI][mM][gG]\b([^<>]*)>"""
    r"""|<[aA]\b[^<>]*\s[hH][rR][eE][fF]\s*=\s*["']?([^"'\s>]+)"""
)
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\[\]\n^]+\]:[ \t]*<?([^\s>]+)", re.MULTILINE)  # [name]: address
#: What most bodies do not hold: telling so costs little.
_MARKS = ("](", "<")
_CODE = re.compile(
    r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)|(?<!`)(`++)[^`\n]++\2(?!`)", re.DOTALL | re.MULTILINE
)
_NOT_A_NEWLINE = re.compile(r"[^\n]+")
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*(=|\s|/|$)""", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:\"]+)", re.IGNORECASE)

_EXAMPLES = ("example.com", "example.org", "example.net", "example.edu")


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or a picture: its address, the text of a picture, and how many lines below the first it stands.

    A picture in HTML that says ``alt=""`` says that it needs no text.
    """

    url: str
    text: str
    picture: bool
    line: int


def references(body: str) -> Iterator[Reference]:
    """Yield the links and pictures of a body without those in code; definitions come last."""
    inline, defined = any(mark in body for mark in _MARKS), "]:" in body
    if not inline and not defined:
        return
    if "`" in body or "~~~" in body:
        body = _CODE.sub(_blank, body)
    for found, line in _with_lines(_REFERENCE if inline else None, body):
        alt, picture, link, outer, image, href = found.groups()
        if image is not None:
            source = _SOURCE.search(image)
            if source:
                yield Reference(source[1], "said" if _ALT.search(image) else "", picture=True, line=line)
        elif picture:
            yield Reference(picture, alt.strip(), picture=True, line=line)
        else:
            yield Reference(link or outer or href, "", picture=False, line=line)
    for found, line in _with_lines(_DEFINITION if defined else None, body):
        yield Reference(found[1], "", picture=False, line=line)


def _with_lines(pattern: re.Pattern[str] | None, body: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield what matches, with the number of lines before it."""
    line = counted = 0
    for found in pattern.finditer(body) if pattern else ():
        line += body.count("\n", counted, found.start())
        counted = found.start()
        yield found, line


def _blank(code: re.Match[str]) -> str:
    return _NOT_A_NEWLINE.sub("", code[0])


def is_template(url: str) -> bool:
    """Tell whether a generator was to fill in the address."""
    return "{{" in url or "{%" in url or "${" in url or url.startswith("link://")


def host(url: str) -> str:
    """Return the host of an absolute web address, "" where there is none."""
    found = _HOST.match(url)
    return found[1].lower() if found else ""


@lru_cache(maxsize=4096)
def is_local(host: str) -> bool:
    """Tell whether a host is only found from one machine or one network."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan"))
    return address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified


def is_example(host: str) -> bool:
    """Tell whether a host stands for an example (RFC 2606)."""
    return host.endswith((".example", ".test", ".invalid")) or any(
        host == name or host.endswith(f".{name}") for name in _EXAMPLES
    )
