"""The public routes of the feeds: almost every answer was made before it was asked."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from feeds.model.artefact import Artefact, Redirect
from feeds.services.serve import Serve
from feeds.web.responses import redirect, respond


def blueprint(serve: Serve, find: Callable[[str], Artefact | Redirect]) -> Blueprint:
    """Serve at every path what ``find`` gives for it: documents, pages, and redirects from old addresses."""
    documents = Blueprint("documents", __name__)

    @documents.get("/", defaults={"path": ""})
    @documents.get("/<path:path>")
    def document(path: str) -> Response:
        query = request.query_string.decode(errors="replace")
        found = (serve.find_with_query(f"/{path}", query) if query else None) or find(f"/{path}")
        if isinstance(found, Redirect):
            return redirect(found, serve.max_age())
        return respond(found, request, serve)

    return documents
