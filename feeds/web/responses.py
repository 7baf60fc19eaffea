"""Every answer the web gives, with the headers that go with it (RFC 9110, 9111, 5861; Fetch for CORS)."""

import re
from base64 import b64encode
from functools import partial
from hashlib import sha256
from http import HTTPStatus

from flask import Request, Response
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from feeds.model.artefact import Artefact, Redirect
from feeds.services.deltas import Delta, Deltas
from feeds.services.serve import Serve
from feeds.web.codings import encode, negotiate

#: What may be asked of any path.
ALLOW = "GET, HEAD, OPTIONS"

#: In seconds: when to come back while nothing can be served.
RETRY_AFTER = 5

#: Our validators, in any coding.
_VERSION = re.compile("([0-9a-f]{20})(?:-[a-z]+)?")

_EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "X-Content-Type-Options": "nosniff",
}


def respond(artefact: Artefact, request: Request, serve: Serve, deltas: Deltas | None = None) -> Response:
    """Answer a GET or HEAD with a document, or with 304 when the reader has it.

    Each coding has its own strong ETag (RFC 9110 section 8.8.3.3).  What the
    reader has already is never encoded.  With ``deltas``, who asks for it gets
    226 and what is new to it.
    """
    coding = negotiate(request.accept_encodings, len(artefact.body))
    response = _answer(200, b"", artefact.media_type)
    response.set_etag(f"{artefact.etag}-{coding}" if coding else artefact.etag)
    response.last_modified = artefact.last_modified
    response.headers["Vary"] = "Accept-Encoding, A-IM" if deltas and deltas.covers(artefact) else "Accept-Encoding"
    response.headers["Cache-Control"] = _cache_control(artefact, serve)
    if artefact.self_url:
        response.headers["Link"] = f'<{artefact.self_url}>; rel="self"'
    if artefact.media_type.startswith("text/html"):
        response.headers["Content-Security-Policy"] = _content_security_policy(artefact.body)
        response.headers["Referrer-Policy"] = "no-referrer"
    response.make_conditional(request)
    if response.status_code == 200:
        delta = deltas.since(artefact, _versions_held(request)) if deltas and _wants_delta(request) else None
        body = delta.body if delta else artefact.body
        if coding:
            make = partial(encode, coding=coding)
            held = deltas.encoded(artefact, delta, coding, make) if deltas and delta else None
            body = held or serve.encoded(artefact, coding, make)
            response.headers["Content-Encoding"] = coding
        response.set_data(body)
        if delta:
            _say_im_used(response, delta)
    return response


def _say_im_used(response: Response, delta: Delta) -> None:
    """Say that a body is what is new since another version (RFC 3229 section 10): for this reader, and no cache."""
    response.status = "226 IM Used"
    response.headers["IM"] = "feed"
    response.headers["Delta-Base"] = f'"{delta.base}"'
    response.headers["Cache-Control"] = "no-store, im"


def _wants_delta(request: Request) -> bool:
    """Tell whether the reader takes the instance manipulation "feed" (RFC 3229 section 10.5.3)."""
    wanted = parse_accept_header(request.headers.get("A-IM"), Accept)
    return any(name.lower() == "feed" and weight > 0 for name, weight in wanted)


def _versions_held(request: Request) -> list[str]:
    """Return the ETags of the versions that the reader has, without their codings."""
    tags = request.if_none_match.as_set(include_weak=True)
    return [found[1] for tag in tags if tag and (found := _VERSION.fullmatch(tag))]


def redirect(old: Redirect, max_age: int) -> Response:
    """Send a reader from one address to another, for good or (302) for now.

    The location is absolute, from the configuration: neither the host that the
    reader names nor a path that a proxy takes away has a part in it.
    """
    said = "At present" if old.status == HTTPStatus.FOUND else "Moved for good"
    response = say(old.status, f"{said}: {old.target}")
    response.headers["Location"] = old.target
    response.headers["Cache-Control"] = _cacheable(max_age)
    return response


def say(status: int, text: str, media_type: str = "text/plain; charset=utf-8") -> Response:
    """Answer with a short text that no cache keeps."""
    response = _answer(status, f"{text}\n".encode(), media_type)
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(max_age: int) -> Response:
    """Answer 404, which a cache keeps for a minute at most: a feed may be published here soon."""
    response = say(404, "Nothing is published here. The list of all feeds is at /")
    response.headers["Cache-Control"] = f"public, max-age={min(max_age, 60)}"
    return response


def ended() -> Response:
    """Answer 410, which readers take for the end of a feed."""
    response = say(410, "What was published here has ended. The list of all feeds is at /")
    response.headers["Cache-Control"] = "public, max-age=900"
    return response


def not_allowed() -> Response:
    """Answer 405, naming what is allowed."""
    response = say(405, f"Only {ALLOW} are understood here.")
    response.headers["Allow"] = ALLOW
    return response


def unavailable(text: str) -> Response:
    """Answer 503, saying when to come back."""
    response = say(503, text)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def too_many(seconds: int) -> Response:
    """Answer 429: how a reader is spared the waiting (RFC 6585 section 4)."""
    response = say(
        429,
        "This was fetched from your address too often. Send If-None-Match with the ETag of your copy, or "
        f"If-Modified-Since with its Last-Modified: then you may ask at any time. Else come back in {seconds} seconds.",
    )
    response.headers["Retry-After"] = str(seconds)
    return response


def options() -> Response:
    """Answer 204: what may be asked, and what a script on another site may send along."""
    response = _answer(204, b"", "")
    del response.headers["Content-Type"]
    response.headers["Allow"] = ALLOW
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, A-IM"
    return response


def _answer(status: int, body: bytes, media_type: str) -> Response:
    response = Response(body, status=status, content_type=media_type)
    response.headers.update(_EVERYWHERE)
    return response


def _cacheable(max_age: int) -> str:
    return f"public, max-age={max_age}, stale-while-revalidate=3600, stale-if-error=86400"


def _cache_control(artefact: Artefact, serve: Serve) -> str:
    """Return what caches may do with a document; what lasts needs no asking again, as long as nothing in it expires."""
    max_age = serve.max_age_of(artefact)
    if not artefact.lasting:
        return _cacheable(max_age)
    return f"public, max-age={max_age}" if artefact.expires else f"public, max-age={max_age}, immutable"


def _content_security_policy(page: bytes) -> str:
    """Return the policy for a page that holds one style element, links and pictures.

    The style is named by its digest, taken from the page itself: the page may
    have been published by another version of this program.
    """
    _, _, rest = page.partition(b"<style>")
    style, _, _ = rest.partition(b"</style>")
    digest = b64encode(sha256(style).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src https: http:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
