"""The fast path: plain questions about documents in memory, answered as the application answered them before.

Nothing here knows how an answer is made.  The application behind is asked
once for every answer there is, and what it said is said again, byte for byte
and field for field; only ``Date`` and ``max-age`` go with the clock.
Whatever is not a plain question goes to the application as it came.
"""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug.datastructures import Accept
from werkzeug.http import http_date, parse_accept_header, parse_date

from feeds.model.artefact import Artefact, Redirect
from feeds.services.deltas import Deltas
from feeds.services.demand import may_combine
from feeds.services.serve import Kept, Serve
from feeds.web.allowance import Allowance
from feeds.web.codings import SMALLEST, Coding, negotiate

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Header fields that make a question one for the application.
_NOT_PLAIN = ("HTTP_IF_MATCH", "HTTP_RANGE")

#: Where servers tell how the path was spelt.
_SPELLINGS = ("RAW_URI", "REQUEST_URI")

#: One entity tag as we write them, perhaps weakened on the way (RFC 9110 section 8.8.3).
_TAG = re.compile('(?:W/)?("[0-9a-z-]+")')

_MAX_AGE = re.compile("(.*max-age=)([0-9]+)(.*)")

#: Longer values than these are nobody's, and would fill the memory for what was understood.
_LONGEST_ACCEPT = 200
_LONGEST_DATE = 40

_UNDERSTOOD = 1_000

Header = tuple[str, str]


#: What tells one answer about a document from another: the method, the coding, and whether the reader has it.
Question = tuple[str, Coding | None, bool]

#: The fields with which a question is asked, as they came.
Words = tuple[str, str | None, str | None, str | None]

#: Status, header fields and body of an answer.
Said = tuple[str, list[Header], bytes]


@dataclass(slots=True, kw_only=True)
class Prepared:
    """An answer but for the clock: its fields are those that were said, of which two are renewed.

    ``dated`` and ``cached`` are the places of ``Date`` and ``Cache-Control``,
    and ``around`` is what stands around the ``max-age`` of the latter.
    ``said`` are the fields as they were said last, in which second, and until
    when the ``max-age`` is right.
    """

    status: str
    headers: tuple[Header, ...]
    dated: int
    cached: int
    max_age: int
    around: tuple[str, str]
    body: bytes
    said: tuple[int, float, list[Header]] = (0, 0.0, [])

    def at(self, date: Header, max_age: int) -> list[Header]:
        """Return the header fields as they are said at one moment."""
        headers = list(self.headers)
        headers[self.dated] = date
        if max_age != self.max_age:
            before, after = self.around
            headers[self.cached] = ("Cache-Control", f"{before}{max_age}{after}")
        return headers


class Edge:
    """The WSGI application in front of ``app``, over the same ``serve``, ``allowance`` and ``deltas``."""

    def __init__(
        self, app: "WSGIApplication", serve: Serve, allowance: Allowance, deltas: Deltas | None = None
    ) -> None:
        self._app = app
        self._serve = serve
        self._allowance = allowance
        self._deltas = deltas
        self._date: tuple[int, Header] = (0, ("Date", ""))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        said = self.at_once(environ)
        if said is None:
            return self._ask(environ, start_response)
        status, headers, body = said
        start_response(status, headers)
        return [body] if body else []

    def at_once(self, environ: "WSGIEnvironment") -> Said | None:
        """Return the answer to a request if it was prepared, None if it takes the application to tell.

        What the environment says of the server is not looked at.
        """
        path: str = environ["PATH_INFO"]
        words = _words(environ) if path.isascii() else None
        kept = self._serve.at_hand(path) if words else None
        prepared = kept.prepared.get(words) if kept is not None else None
        if kept is None or not isinstance(prepared, Prepared):
            return self._understood(environ)
        return self._say(prepared, kept.found, environ)

    def _understood(self, environ: "WSGIEnvironment") -> Said | None:
        """Answer in the same way what was asked for in other words before."""
        path = _plain_path(environ)
        kept = self._serve.at_hand(path) if path is not None else None
        if path is None or kept is None or not isinstance(artefact := kept.found, Artefact):
            return None
        question = _question(environ, artefact)
        if question is None or ("HTTP_A_IM" in environ and self._deltas and not question[2]):
            return None
        prepared = kept.prepared.get(question)
        if not isinstance(prepared, Prepared):
            return None
        if words := _lasting_words(environ, path, question):
            self._serve.prepare(path, kept, {words: prepared})
        return self._say(prepared, artefact, environ)

    def _say(self, prepared: Prepared, found: Artefact | Redirect, environ: "WSGIEnvironment") -> Said | None:
        if not isinstance(found, Artefact):
            return None
        if prepared.body and self._allowance.wait(environ, found):
            # Who has to wait was not counted, so the application comes to the same end.
            return None
        second, until, headers = prepared.said
        if second != int(time.time()) or until <= self._serve.monotonic():
            headers = self._renew(prepared, found)
        # The server may do with the list what it likes (PEP 3333).
        return prepared.status, headers[:], prepared.body

    def _renew(self, prepared: Prepared, artefact: Artefact) -> list[Header]:
        second, date = self._now()
        until = self._serve.same_until(artefact)
        headers = prepared.at(date, self._serve.max_age_of(artefact))
        prepared.said = second, until, headers
        return headers

    def _now(self) -> tuple[int, Header]:
        now = int(time.time())
        if now != self._date[0]:
            self._date = now, ("Date", http_date(now))
        return self._date

    def _ask(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let the application answer, and prepare that answer for the next reader."""
        path = _plain_path(environ)
        # Of combinations it is noted that somebody asked for them: by the application.
        if path is None or may_combine(path):
            return self._app(environ, start_response)
        said: list[tuple[str, list[Header]]] = []

        def listen(
            status: str, headers: list[Header], exc_info: "OptExcInfo | None" = None, /
        ) -> Callable[[bytes], object]:
            said.append((status, headers))
            return start_response(status, headers, exc_info)

        mark = self._serve.mark
        body = self._app(environ, listen)
        kept = self._serve.at_hand(path)
        if kept and kept.generation == mark and len(said) == 1:
            self._prepare(path, environ, kept, *said[0])
        return body

    def _prepare(self, path: str, environ: "WSGIEnvironment", kept: Kept, status: str, headers: list[Header]) -> None:
        artefact = kept.found
        question = _question(environ, artefact) if isinstance(artefact, Artefact) else None
        if question is None or not isinstance(artefact, Artefact):
            return
        prepared = _prepared(question, kept, status, headers, self._serve.max_age_of(artefact))
        if prepared:
            words = _lasting_words(environ, path, question)
            self._serve.prepare(path, kept, {question: prepared} | ({words: prepared} if words else {}))


def _words(environ: "WSGIEnvironment") -> Words | None:
    """Return in which words something is asked for, but for its path; None where they are more than usual."""
    if (
        environ.get("QUERY_STRING")
        or "HTTP_IF_MATCH" in environ
        or "HTTP_RANGE" in environ
        or "HTTP_A_IM" in environ
        or "RAW_URI" in environ
        or "REQUEST_URI" in environ
    ):
        return None
    return (
        environ["REQUEST_METHOD"],
        environ.get("HTTP_ACCEPT_ENCODING"),
        environ.get("HTTP_IF_NONE_MATCH"),
        environ.get("HTTP_IF_MODIFIED_SINCE"),
    )


def _lasting_words(environ: "WSGIEnvironment", path: str, question: Question) -> Words | None:
    """Return the words of a question if others will ask in the same.

    Not those of who has something else, since it may be anything.
    """
    is_held = bool(environ.get("HTTP_IF_NONE_MATCH") or environ.get("HTTP_IF_MODIFIED_SINCE"))
    return _words(environ) if path.isascii() and is_held == question[2] else None


def _plain_path(environ: "WSGIEnvironment") -> str | None:
    """Return the path that a plain GET or HEAD asks for, None for any other request."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
        return None
    for name in _NOT_PLAIN:
        if name in environ:
            return None
    for name in _SPELLINGS:
        if name in environ and "%" in (environ[name] or ""):
            return None
    path: str = environ.get("PATH_INFO", "")
    if path.isascii():
        return path
    try:
        return path.encode("latin-1").decode()
    except UnicodeError:
        return None


def _question(environ: "WSGIEnvironment", artefact: Artefact) -> Question | None:
    """Return what is asked about the document, None where it takes more than a look to tell."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if len(accepted) > _LONGEST_ACCEPT:
        return None
    coding = _coding(accepted, min(len(artefact.body), SMALLEST))
    is_known = False
    if held := environ.get("HTTP_IF_NONE_MATCH"):
        tag = _tag(artefact, coding)
        is_known = held == tag
        if not is_known:
            other = _TAG.fullmatch(held)
            if other is None:
                return None
            is_known = other[1] == tag
    elif since := environ.get("HTTP_IF_MODIFIED_SINCE"):
        if len(since) > _LONGEST_DATE:
            return None
        date = _date(since)
        is_known = date is not None and artefact.last_modified <= date
    return environ["REQUEST_METHOD"], coding, is_known


def _tag(artefact: Artefact, coding: Coding | None) -> str:
    return f'"{artefact.etag}-{coding}"' if coding else f'"{artefact.etag}"'


@lru_cache(_UNDERSTOOD)
def _coding(accepted: str, size: int) -> Coding | None:
    return negotiate(parse_accept_header(accepted, Accept), size)


_date = lru_cache(_UNDERSTOOD)(parse_date)


def _prepared(question: Question, kept: Kept, status: str, headers: list[Header], max_age: int) -> Prepared | None:
    """Return the answer that was given to a question, None if it is not the one to expect."""
    method, coding, is_known = question
    artefact = kept.found
    if not isinstance(artefact, Artefact) or not status.startswith("304" if is_known else "200"):
        return None
    places = {name: place for place, (name, _) in enumerate(headers)}
    fields = dict(headers)
    caching = _MAX_AGE.fullmatch(fields.get("Cache-Control", ""))
    is_sent = method == "GET" and not is_known
    body = kept.body(coding) if is_sent else b""
    is_expected = fields.get("ETag") == _tag(artefact, coding) and len(places) == len(headers)
    if not caching or int(caching[2]) != max_age or "Date" not in places:
        return None
    if not is_expected or body is None:
        return None
    return Prepared(
        status=status,
        headers=tuple(_shared(header) for header in headers),
        dated=places["Date"],
        cached=places["Cache-Control"],
        max_age=max_age,
        around=(caching[1], caching[3]),
        body=body,
    )


@lru_cache(_UNDERSTOOD)
def _shared(header: Header) -> Header:
    """Return the same object for the same field: most are said of every document."""
    return header
