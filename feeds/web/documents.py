"""The public routes of the feeds: almost every answer was made before it was asked."""

import re
from collections.abc import Callable

from flask import Blueprint, Request, Response, request

from feeds.model.artefact import Artefact, Redirect
from feeds.services.deltas import Deltas
from feeds.services.serve import Serve
from feeds.web.allowance import Allowance
from feeds.web.responses import redirect, respond, too_many

#: Signs of a combination of terms, "+", "," and "-", where they need no escaping.
_ESCAPED = re.compile("%2[bcd]", re.IGNORECASE)


def blueprint(
    serve: Serve, find: Callable[[str], Artefact | Redirect], allowance: Allowance, deltas: Deltas | None
) -> Blueprint:
    """Serve at every path what ``find`` gives for it: documents, pages, and redirects from old addresses.

    Documents are sent as often as ``allowance`` allows; with ``deltas``, of
    them what is new to a reader.
    """
    documents = Blueprint("documents", __name__)

    @documents.get("/", defaults={"path": ""})
    @documents.get("/<path:path>")
    def document(path: str) -> Response:
        query = request.query_string.decode(errors="replace")
        found = (serve.find_with_query(f"/{path}", query) if query else None) or find(f"/{path}")
        if isinstance(found, Redirect):
            return redirect(found, serve.max_age())
        if found.self_url and _ESCAPED.search(_raw_path(request)):
            # Readers that compare addresses byte for byte would take two spellings for two feeds.
            return redirect(Redirect(path=found.path, target=found.self_url, status=308), serve.max_age())
        if seconds := allowance.wait(request.environ, found):
            return too_many(seconds)
        return respond(found, request, serve, deltas)

    return documents


def _raw_path(request: Request) -> str:
    """Return the path as it was spelt, "" where the server does not tell.

    WSGI has only what is left of it after decoding; gunicorn, uWSGI, waitress
    and mod_wsgi tell more, Granian does not.
    """
    uri: str = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    return uri.partition("?")[0]
