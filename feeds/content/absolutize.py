"""From a reference in an attribute to an absolute URI that every reader can follow (RFC 3986)."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, quote, urljoin, urlsplit

#: The schemes a link may have, and those of what is fetched and shown.
LINKS = frozenset({"http", "https", "mailto", "tel"})
RESOURCES = frozenset({"http", "https"})

# Browsers strip the first two and overlook the third, so a scheme must be looked for behind them (WHATWG URL, 4.4).
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN = str.maketrans("", "", "\t\n\r")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB_PREFIX = re.compile(r"(https?):[/\\]*", re.ASCII | re.IGNORECASE)
_PATH = r"(?:[A-Za-z0-9._~:/@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
_QUERY = r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
_VALID = re.compile(rf"https?://[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d{{1,4}})?(?:/{_PATH})?(?:\?{_QUERY})?(?:#{_QUERY})?")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PCHAR = "/:@!$&'()*+,;=~%"

_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)([^,]*)")
_DESCRIPTOR = re.compile(r"\d+w|\d+(?:\.\d+)?x")


def allowed(url: str, schemes: frozenset[str]) -> bool:
    """Tell whether a browser would take ``url``, as found in an attribute, for a relative one or one of ``schemes``."""
    scheme = _SCHEME.match(_as_browsers_read(url))
    return scheme is None or scheme[1].lower() in schemes


def absolute(url: str, base: str, *, schemes: frozenset[str] = LINKS) -> str | None:
    """Return the absolute URI that ``url``, as found in an attribute, has in the document at ``base``.

    ``base`` is an absolute http(s) URL.  Spaces and what lies beyond ASCII are
    percent-encoded, host names in IDNA.  None where the scheme is not one of
    ``schemes``, or where there is no way to understand it.
    """
    # Most need nothing done to them.
    if _VALID.fullmatch(url) and schemes >= RESOURCES:
        return url
    url = _as_browsers_read(url)
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in schemes:
        return None
    try:
        if scheme and scheme[1].lower() not in RESOURCES:
            return _opaque(scheme[1].lower(), url[scheme.end() :])
        written = _forward(url)
        return _web(written if scheme else urljoin(base, written))
    except ValueError:
        return None


def absolute_srcset(value: str, base: str) -> str:
    """Return ``srcset`` with absolute URIs; candidates that cannot be had are left out, "" if none is left."""
    return _joined(_candidates(value, base))


def _as_browsers_read(url: str) -> str:
    return url.strip(_AROUND).translate(_WITHIN)


def _forward(url: str) -> str:
    """Give a web address its two slashes and turn those of Windows round, as browsers do."""
    url = _WEB_PREFIX.sub(lambda prefix: f"{prefix[1].lower()}://", url, count=1) if _WEB_PREFIX.match(url) else url
    if "\\" not in url:
        return url
    end = min((found for mark in "?#" if (found := url.find(mark)) >= 0), default=len(url))
    return url[:end].replace("\\", "/") + url[end:]


def _opaque(scheme: str, rest: str) -> str | None:
    written = quote(_LONE_PERCENT.sub("%25", rest), safe=_PCHAR + "?")
    return f"{scheme}:{written}" if written else None


def _web(url: str) -> str | None:
    if _VALID.fullmatch(url):
        return url
    parts = urlsplit(url)
    authority = _authority(parts)
    if authority is None:
        return None
    url = f"{parts.scheme}://{authority}{_encoded(parts.path, _PCHAR)}"
    if parts.query:
        url += "?" + _encoded(parts.query, _PCHAR + "?")
    if parts.fragment:
        url += "#" + _encoded(parts.fragment, _PCHAR + "?")
    return url


def _authority(parts: SplitResult) -> str | None:
    """Return host and port; a name and a password in a URL are for no one who reads a feed."""
    host = (parts.hostname or "").lower()
    if not host.isascii():
        host = host.encode("idna").decode()
    if not _HOST.fullmatch(host):
        return None
    return host if parts.port is None else f"{host}:{parts.port}"


def _encoded(part: str, safe: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=safe)


def _candidates(value: str, base: str) -> Iterator[tuple[str, str]]:
    for written, descriptor in _written(value):
        url = absolute(written, base, schemes=RESOURCES)
        if url and (not descriptor or _DESCRIPTOR.fullmatch(descriptor)):
            # A comma at its end would be taken for the end of the candidate.
            yield re.sub(r",+$", lambda commas: "%2C" * len(commas[0]), url), descriptor


def _written(value: str) -> Iterator[tuple[str, str]]:
    """Yield URL and descriptor of each candidate as written (HTML, "parse a srcset attribute")."""
    position = 0
    while found := _CANDIDATE.match(value, position):
        url, descriptor = found[1], found[2].strip()
        position = found.end()
        if url.endswith(","):
            url, descriptor, position = url.rstrip(","), "", found.end(1)
        yield url, descriptor


def _joined(candidates: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{url} {descriptor}".rstrip() for url, descriptor in candidates)
