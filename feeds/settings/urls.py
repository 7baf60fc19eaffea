"""One spelling for each URL, so that two spellings of one address never give two feeds.

Every function raises ``ValueError`` with the rest of a sentence that starts
with the name of the key.
"""

import re
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

from feeds.settings.advice import shown

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_PERCENT_CODE = re.compile(r"%[0-9a-fA-F]{2}")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff]")
_SAFE = "/:@!$&'()*+,;=~"


def normalize(url: str) -> str:
    """Give the base URL ``url`` in its one spelling (RFC 3986, 6.2.2 and 6.2.3), without a trailing slash.

    The host is lower-case and ASCII (IDNA), a default port is dropped, the
    path is percent-encoded.  Doing it twice is the same as doing it once.
    """
    split = _split(url)
    if "?" in url or "#" in url:
        raise ValueError(f'{shown(url)} must end before the "?" or "#"')
    return f"{split.scheme}://{_authority(split, url)}{_encoded(split.path.rstrip('/'))}"


def normalize_resource(url: str) -> str:
    """Give the URL of one file in its one spelling: ``normalize``, with the whole path and the query."""
    split = _split(url)
    query = f"?{_encoded(split.query, also='?')}" if split.query else ""
    return f"{split.scheme}://{_authority(split, url)}{_encoded(split.path or '/')}{query}"


def normalize_host(name: str) -> str:
    """Give a host name alone in its one spelling: lower-case, ASCII (IDNA)."""
    if any(sign in name for sign in ":/@"):
        raise ValueError(f"{shown(name)} is not a host name: write it alone, such as example.org")
    return _host(name, name)


def _split(url: str) -> SplitResult:
    if not url:
        raise ValueError("must not be empty: write a URL such as https://example.org")
    if _UNPRINTABLE.search(url):
        raise ValueError("holds a space or a control character: take it out")
    try:
        split = urlsplit(url)
    except ValueError:
        raise ValueError(f"{shown(url)} is not a URL: write it like https://example.org") from None
    if split.scheme not in _DEFAULT_PORTS or not url[len(split.scheme) :].startswith("://"):
        raise ValueError(f"{shown(url)} is not an absolute URL: start it with https:// or http://")
    if "@" in split.netloc:
        # Not shown: it may be a password.
        raise ValueError("must not hold a user name or password: write only host and path")
    return split


def _authority(split: SplitResult, url: str) -> str:
    name = split.hostname or ""
    host = _ipv6(name, url) if "[" in split.netloc else _host(name, url)
    try:
        port = split.port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError(f"{shown(url)} has a port out of range: use 1 to 65535")
    return host if port in (None, _DEFAULT_PORTS[split.scheme]) else f"{host}:{port}"


def _host(host: str, url: str) -> str:
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise ValueError(f"{shown(url)} has no valid host: write it like https://example.org")
    return name


def _ipv6(host: str, url: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError:
        raise ValueError(f"{shown(url)} has no valid IPv6 address in its brackets") from None
    if address.scope_id:
        raise ValueError(f"{shown(url)} has an address with a zone, which only this machine knows: leave the zone out")
    return f"[{address.compressed}]"


def _encoded(text: str, also: str = "") -> str:
    """Percent-encode what a URL cannot carry; codes that are there stay, in upper case."""
    parts = []
    end = 0
    for code in _PERCENT_CODE.finditer(text):
        parts += [quote(text[end : code.start()], safe=_SAFE + also), code[0].upper()]
        end = code.end()
    return "".join([*parts, quote(text[end:], safe=_SAFE + also)])
