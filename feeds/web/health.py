"""Whether the service is well, and whether readers may be sent here: for whoever watches over it."""

import json
from dataclasses import asdict
from datetime import datetime

from flask import Blueprint, Response

from feeds.services.serve import Health, Serve
from feeds.web.responses import say, unavailable


def blueprint(serve: Serve) -> Blueprint:
    """``/healthz`` says how the service is, ``/readyz`` whether it has anything to serve."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        # Degraded is 200 as well: a restart would not help, and readers are being served.
        return say(200, _as_json(serve.health()), "application/json")

    @health.get("/readyz")
    def readyz() -> Response:
        if serve.is_ready():
            return say(200, "ready")
        return unavailable("Nothing has been published yet.")

    return health


def _as_json(health: Health) -> str:
    return json.dumps({"status": health.status, **asdict(health)}, default=datetime.isoformat, ensure_ascii=False)
