"""The one HTTP client: what others publish, fetched within bounds.

Only ``http`` and ``https`` are spoken, redirects lead to nothing else and
never from ``https`` back to ``http``.
"""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urljoin, urlsplit

from feeds.errors import OutboundError

#: The most that one document may hold, in bytes, and how long it may take, in seconds.
MAX_BYTES = 20 * 1024 * 1024
DEADLINE = 30.0

_SILENCE = 10.0
_REDIRECTS = 5
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was found at ``url``, which is the last address after redirects."""

    url: str
    body: bytes


def fetch(url: str, *, max_bytes: int = MAX_BYTES, deadline: float = DEADLINE) -> Fetched:
    """Get the document at the absolute ``url``; raises `OutboundError` for anything but a whole one."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise OutboundError(url, "only http and https addresses are fetched")
    end = time.monotonic() + deadline
    try:
        with _opener().open(url, timeout=min(_SILENCE, deadline)) as response:
            return Fetched(url=response.url, body=_body(response, url, max_bytes, end))
    except urllib.error.HTTPError as error:
        reason = f"the answer was {error.code} {error.reason}"
        error.close()
        raise OutboundError(url, reason) from error
    except urllib.error.URLError as error:
        raise OutboundError(url, str(error.reason)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise OutboundError(url, str(error) or type(error).__name__) from error


def _body(response: IO[bytes], url: str, max_bytes: int, end: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise OutboundError(url, f"the document is larger than {max_bytes} bytes")
        if time.monotonic() > end:
            raise OutboundError(url, "the answer took too long")
    return b"".join(pieces)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects from http and https to https, and from http to http."""

    max_redirections = _REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        target = urljoin(req.full_url, newurl)
        scheme = urlsplit(target).scheme
        if scheme not in ("http", "https") or (req.type == "https" and scheme == "http"):
            raise OutboundError(req.full_url, f"it redirects to {target}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, target)


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener that knows no files, no FTP and no data."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "feeds"), ("Accept", "application/atom+xml, application/rss+xml, */*;q=0.5")]
    return opener
