"""The lane of readers who need not wait: one thread answers what is at hand, and nothing else.

A web server that asks the application in several threads pays for it with
every request: each wakes the others, who wait for the interpreter.  With one
thread nobody is woken, but whatever takes time there keeps everybody waiting.
So the server asks here, in its one thread; what takes a look at the shelf, or
has to be made first, is answered by threads of our own, as it always was.

It stands where Granian has what it needs for an answer but has not made WSGI
of it yet, which spares that too.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

import structlog

from feeds.web.edge import Said

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_log = structlog.get_logger()


class Reply(Protocol):
    """Where the server takes the answer to one request, once, from any thread."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send the answer."""
        ...


class Lane:
    """Answers with what ``at_once`` has, and leaves to ``slowly``, in so many threads, what it has not."""

    def __init__(
        self,
        at_once: Callable[["WSGIEnvironment"], Said | None],
        slowly: Callable[[Reply, "WSGIEnvironment"], object],
        threads: int,
    ) -> None:
        self._at_once = at_once
        self._slowly = slowly
        self._threads = ThreadPoolExecutor(threads, "slow")

    def __call__(self, reply: Reply, asked: "WSGIEnvironment") -> None:
        """Answer one request, now or later."""
        said = self._at_once(asked)
        if said is None:
            self._threads.submit(self._answer, reply, asked)
        else:
            status, headers, body = said
            reply.response_bytes(int(status[:3]), headers, body)

    def _answer(self, reply: Reply, asked: "WSGIEnvironment") -> None:
        try:
            self._slowly(reply, asked)
        except Exception as error:
            # Neither the query nor any header is logged: that is where secrets travel.
            _log.error("a request failed", path=asked.get("PATH_INFO"), exc_info=error)
            reply.response_bytes(500, [], b"")
