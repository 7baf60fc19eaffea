"""What is at hand is answered at once, whatever else is being waited for."""

import time
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from werkzeug.test import EnvironBuilder, run_wsgi_app

from builders import ShelfInMemory, an_artefact, day
from feeds.model.terms import Terms
from feeds.services.serve import LOOK_EVERY, Serve
from feeds.web.allowance import Allowance
from feeds.web.app import create_app
from feeds.web.edge import Edge, Said
from feeds.web.lane import Lane, Reply

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SAID: Said = ("200 OK", [("ETag", '"x"')], b"<rss/>")
PATIENCE = 10.0


@dataclass
class Sent:
    """Where the answer to one request arrives."""

    said: list[tuple[int, list[tuple[str, str]], bytes]] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.said.append((status, headers, body))
        self.arrived.set()


def at_once(asked: "WSGIEnvironment") -> Said | None:
    return None if asked["PATH_INFO"] == "/slow" else SAID


def test_what_is_at_hand_does_not_wait_for_what_has_to_be_made() -> None:
    made, slow, fast = Event(), Sent(), Sent()

    def slowly(reply: Reply, _asked: "WSGIEnvironment") -> None:
        made.wait(PATIENCE)
        reply.response_bytes(200, [], b"made")

    lane = Lane(at_once, slowly, 1)
    lane(slow, {"PATH_INFO": "/slow"})
    lane(fast, {"PATH_INFO": "/fast"})

    assert fast.said == [(200, SAID[1], SAID[2])]
    assert not slow.said
    made.set()
    assert slow.arrived.wait(PATIENCE)
    assert slow.said == [(200, [], b"made")]


def test_a_failure_is_answered_too() -> None:
    def slowly(_reply: Reply, _asked: "WSGIEnvironment") -> None:
        raise ValueError("no")

    sent = Sent()
    Lane(at_once, slowly, 1)(sent, {"PATH_INFO": "/slow"})

    assert sent.arrived.wait(PATIENCE)
    assert sent.said == [(500, [], b"")]


def test_whoever_looks_what_is_published_does_so_in_another_thread() -> None:
    seconds = [0.0]
    document = an_artefact()
    serve = Serve(ShelfInMemory(document), memory_bytes=1_000_000, clock=lambda: day(1), monotonic=lambda: seconds[0])
    allowance = Allowance(Terms(), time.monotonic)
    edge = Edge(create_app(serve, allowance=allowance), serve, allowance)
    asked = EnvironBuilder(path=document.path).get_environ()
    asked.pop("REQUEST_URI"), asked.pop("RAW_URI")

    assert edge.without_waiting(asked) is None
    run_wsgi_app(edge, dict(asked))
    assert edge.without_waiting(asked)
    seconds[0] += LOOK_EVERY
    assert edge.without_waiting(asked) is None
    assert edge.at_once(asked)
    assert edge.without_waiting(asked)
