"""The WSGI application: HTTP in, artefact out."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from feeds.errors import Ended, NotPublished, NotReady, StoreError
from feeds.model.terms import Terms
from feeds.services.deltas import Deltas
from feeds.services.demand import Demand
from feeds.services.serve import Serve
from feeds.web import documents, health
from feeds.web.allowance import Allowance
from feeds.web.responses import ended, not_allowed, not_found, options, say, unavailable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_log = structlog.get_logger()


class HostBlind(Flask):
    """A Flask application to which every request names the same host.

    Whatever is in the ``Host`` field, even what no URL could hold, the answer
    is the same to the byte: all our URLs come from the configuration.
    """

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        environ["HTTP_HOST"] = "localhost"
        return super().wsgi_app(environ, start_response)


def create_app(
    serve: Serve, demand: Demand | None = None, allowance: Allowance | None = None, deltas: Deltas | None = None
) -> Flask:
    """Put the public routes together.  No cookies, no files, no redirect that was not configured.

    With ``demand``, what it makes is found as well; with ``allowance``, no client fetches more than
    that; with ``deltas``, readers that ask for it get what is new to them.
    """
    allowance = allowance or Allowance(Terms(), time.monotonic)
    app = HostBlind("feeds.web", static_folder=None, template_folder=None)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.register_blueprint(health.blueprint(serve))
    app.register_blueprint(documents.blueprint(serve, demand.find if demand else serve.find, allowance, deltas))
    app.before_request(_answer_options)
    _map_errors(app, serve)
    return app


def _answer_options() -> Response | None:
    return options() if request.method == "OPTIONS" else None


def _map_errors(app: Flask, serve: Serve) -> None:
    """Say in HTTP what went wrong: the only place where an error becomes a status."""

    @app.errorhandler(Ended)
    def _(_error: Ended) -> Response:
        return ended()

    @app.errorhandler(NotPublished)
    def _(_error: NotPublished) -> Response:
        return not_found(serve.max_age()) if serve.is_ready() else unavailable("Nothing has been published yet.")

    @app.errorhandler(NotReady)
    def _(error: NotReady) -> Response:
        return unavailable(f"This cannot be made at the moment. {error}")

    @app.errorhandler(StoreError)
    def _(error: StoreError) -> Response:
        _log.warning("the state cannot be read", path=request.path, error=str(error))
        return unavailable("This cannot be read at the moment.")

    @app.errorhandler(HTTPException)
    def _(error: HTTPException) -> Response:
        if isinstance(error, MethodNotAllowed):
            return not_allowed()
        return not_found(serve.max_age()) if isinstance(error, NotFound) else say(error.code or 500, error.name)

    @app.errorhandler(Exception)
    def _(error: Exception) -> Response:
        # Neither the query nor any header is logged: that is where secrets travel.
        _log.error("a request failed", method=request.method, path=request.path, exc_info=error)
        return say(500, "Something went wrong here. It has been noted.")
