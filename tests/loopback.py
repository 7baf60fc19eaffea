"""What a workbench published, at a real address: a server on this machine, for readers that fetch by themselves."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server

from feeds.services.archive_shelf import ArchiveShelf
from feeds.services.archives import MadeOnDemand
from feeds.services.serve import Serve
from feeds.web.app import create_app
from workbench import NOON, Workbench


@dataclass(kw_only=True)
class Loopback:
    """A server of one publication; ``statuses`` are those of its answers, by path, in the order of requests."""

    url: str
    now: datetime = NOON
    statuses: list[tuple[str, int]] = field(default_factory=list)

    def statuses_of(self, url: str) -> list[int]:
        path = urlsplit(url).path
        return [status for asked, status in self.statuses if asked == path]


@contextmanager
def at_loopback(bench: Workbench) -> Iterator[Loopback]:
    """Serve ``bench`` until the end of the block; its public URL becomes the address."""
    counter = itertools.count()
    loopback = Loopback(url="")

    class Quiet(WSGIRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            loopback.statuses.append((urlsplit(self.path).path, int(code)))

    shelf = ArchiveShelf(bench.shelf(), lambda: MadeOnDemand(bench.database, room=1 << 24, clock=lambda: loopback.now))
    serve = Serve(shelf, memory_bytes=1 << 20, clock=lambda: loopback.now, monotonic=lambda: float(next(counter)))
    server = make_server("127.0.0.1", 0, create_app(serve), threaded=True, request_handler=Quiet)
    loopback.url = f"http://127.0.0.1:{server.server_port}"
    bench.publication = replace(bench.publication, site=replace(bench.site, public_url=loopback.url))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield loopback
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
