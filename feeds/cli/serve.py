"""``feeds serve``: the whole service from one command.

Nothing heavy is imported here: a restart has to answer its first feed before
Markdown, lxml and the database toolkit are loaded for the engine.
"""

import multiprocessing
import os
import signal
import socket
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from feeds.cli.options import config_option, settings_of
from feeds.errors import EngineError, FeedsError
from feeds.model.terms import Terms
from feeds.settings import Settings
from feeds.store.probe import probe

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: How long the engine leaves the processor to the web workers when there is something to serve already, in seconds.
_WORKERS_FIRST = 2.0

#: An engine that misses so many scans, and so many seconds for a long pass, is taken for dead.
_SILENT_SCANS = 3
_LONGEST_PASS = 60

#: How the C library of a worker (glibc; others pass over it) is to get its memory: documents have pages of their own,
#: which go back to the system with them, so that what one leaves is not held by the next beside it.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "131072"}

#: How often the main thread looks whether there was a signal, in seconds.
_LOOK_UP = 1.0

#: Readers have so long to get their answers when the service ends, in seconds; a worker that is not done by then is
#: ended, since one that hangs (Granian's may, rarely, between its own runtime and the interpreter) would never be.
_FAREWELL = 5

#: Threads in each web worker: one answers while another waits for the state.
_THREADS = 2


@click.command()
@config_option
def serve(*, config: Path) -> None:
    """Serve the feeds, and keep them fresh."""
    settings = settings_of(config)
    probe(settings.state.directory)
    _check_port(settings)
    is_restart = any(settings.state.directory.glob("*.sqlite3"))
    for name, value in MEMORY.items():
        os.environ.setdefault(name, value)
    # Workers must not be forks of a process in which an engine's threads run.
    multiprocessing.set_start_method("spawn")
    end = threading.Event()
    failures: list[FeedsError] = []
    keeper = threading.Thread(target=_keep_fresh, args=(settings, end, failures, _WORKERS_FIRST if is_restart else 0.0))
    keeper.start()
    try:
        where = settings.server
        server(where.host, where.port, where.workers).serve(
            target_loader=partial(
                _load_application,
                state=settings.state.directory,
                memory_mb=settings.server.memory_mb,
                archive_mb=settings.server.archive_mb,
                config=settings.file,
                terms=settings.terms,
                overdue=timedelta(seconds=_SILENT_SCANS * settings.scheduler.scan_interval + _LONGEST_PASS),
            )
        )
    finally:
        end.set()
        keeper.join()
    for failure in failures:
        raise failure


def _keep_fresh(settings: Settings, end: threading.Event, failures: list[FeedsError], delay: float) -> None:
    """Run the engine beside the web workers, loaded after them; without an engine, end the whole service."""
    if end.wait(delay):
        return
    from feeds.cli.keeping import keep_fresh

    try:
        keep_fresh(settings, end)
    except FeedsError as error:
        failures.append(error)
        os.kill(os.getpid(), signal.SIGTERM)


def _load_application(
    _target: str,
    *,
    state: Path,
    memory_mb: int,
    archive_mb: int,
    config: Path,
    overdue: timedelta,
    terms: Terms,
) -> "WSGIApplication":
    """Load the application in a worker process, as Granian asks for it."""
    from feeds.bootstrap.serving import application

    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    return application(state, memory_mb, archive_mb, config, overdue, terms).wsgi_app


def _end_with_the_parent() -> None:
    """End this worker when its parent was killed: an orphan would keep the port and serve what grows old."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)


class _Heedful(threading.Event):
    """An event that looks up every second while it is waited for.

    A signal may be taken by any thread, and Python runs its handler in the
    main thread, when that runs the next time: one that waits for ever would
    never hear of it.
    """

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is not None:
            return super().wait(timeout)
        while not super().wait(_LOOK_UP):
            pass
        return True


def server(host: str, port: int, workers: int) -> MPServer:
    """Return the web server, set up as documents are best served."""
    found = MPServer(
        "feeds",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        workers_kill_timeout=_FAREWELL,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    found.main_loop_interrupt = _Heedful()
    return found


def _check_port(settings: Settings) -> None:
    """Find out before anything starts whether the port can be had."""
    family = socket.AF_INET6 if ":" in settings.server.host else socket.AF_INET
    address = (settings.server.host, settings.server.port)
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise EngineError(
                f"Port {address[1]} at {address[0]} cannot be listened at: {error.strerror}. End what uses it, or set "
                "another one with [server] port (or FEEDS_SERVER__PORT)."
            ) from error
