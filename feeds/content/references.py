"""The links and pictures in Markdown, found by their looks: a body is proofread whether or not it is ever rendered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

#: An address in Markdown, where a template may hold spaces.
_ADDRESS = r"""((?:\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|[^)\s>])+)"""
_REFERENCE = re.compile(
    rf"""(!?)\[([^\[\]\n]*)\]\(\s*<?{_ADDRESS}"""  # [text](address), ![text](address)
    rf"""|\]\(\s*<?{_ADDRESS}"""  # the address behind [![text](picture)]
    r"""|<img\b([^<>]*)>"""
    r"""|<a\b[^<>]*\shref\s*=\s*["']?([^"'\s>]+)"""
    r"""|^[ ]{0,3}\[[^\[\]\n^]+\]:[ \t]*<?([^\s>]+)""",  # [name]: address
    re.IGNORECASE | re.MULTILINE,
)
#: What most bodies do not hold: telling so costs little.
_ANY = re.compile(r"\]\(|<img|<a |\]:", re.IGNORECASE)
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
    """A link or a picture: its address, its text, and how many lines below the first it stands.

    The text of a link in HTML is not looked for.  A picture in HTML that says
    ``alt=""`` says that it needs none.
    """

    url: str
    text: str
    picture: bool
    line: int


def references(body: str) -> Iterator[Reference]:
    """Yield the links and pictures of a body in their order, without those in code."""
    if _ANY.search(body) is None:
        return
    if "`" in body or "~~~" in body:
        body = _CODE.sub(_blank, body)
    line, counted = 0, 0
    for found in _REFERENCE.finditer(body):
        line += body.count("\n", counted, found.start())
        counted = found.start()
        mark, text, inline, outer, image, href, defined = found.groups()
        if image is not None:
            source = _SOURCE.search(image)
            if source:
                yield Reference(source[1], "said" if _ALT.search(image) else "", picture=True, line=line)
        elif inline:
            yield Reference(inline, text.strip(), picture=mark == "!", line=line)
        else:
            yield Reference(outer or href or defined, "", picture=False, line=line)


def _blank(code: re.Match[str]) -> str:
    return _NOT_A_NEWLINE.sub("", code[0])


def is_template(url: str) -> bool:
    """Tell whether a generator was to fill in the address."""
    return "{{" in url or "{%" in url or "${" in url


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
