"""A site to measure: its files, its config, its processes."""

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bleach
from markdown_it import MarkdownIt

from bench.processes import family, resident_mb

_FEED = "/feeds/all.rss"

#: Nothing measured here takes longer than this, in seconds.
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Build:
    """How long a build took, in seconds, and the most memory that all its processes had together, in MB."""

    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of a running service, in MB."""

    parent_mb: float
    workers_mb: tuple[float, ...]


class Site:
    """A content directory with a config and a state beside it, below ``root``."""

    def __init__(self, root: Path, content: Path) -> None:
        self._root = root
        self._content = content
        self._port = _free_port()
        self._config = root / "feeds.toml"
        self._config.write_text(
            "[site]\n"
            'title = "Bench"\nurl = "https://example.org"\ntimezone = "Europe/London"\n'
            f'[content]\ndirectory = "{content}"\ngenerator = "jigsaw"\npermalink = "/articles/{{-title}}"\n'
            f'[state]\ndirectory = "{root / "state"}"\n[server]\nport = {self._port}\n'
            # A build writes every archive document, which takes minutes: figures of their own.
            "[defaults]\narchives = false\n",
            encoding="utf-8",
        )

    def build(self) -> Build:
        """Run ``feeds build`` once."""
        started = time.perf_counter()
        process = subprocess.Popen(
            [*_feeds("build"), "--config", str(self._config), "--output", str(self._root / "public")],
            stdout=subprocess.DEVNULL,
        )
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, sum(resident_mb(pid) for pid in family(process.pid)))
            time.sleep(0.25)
        if process.returncode:
            raise SystemExit("feeds build failed: see its message above.")
        return Build(time.perf_counter() - started, peak)

    def restart(self) -> float:
        """Start the service on the state there is; return the seconds until its first feed is answered."""
        started = time.perf_counter()
        with self._process():
            self._wait_for(b"")
            return time.perf_counter() - started

    @contextlib.contextmanager
    def serving(self) -> Iterator["Service"]:
        """Run the service."""
        with self._process() as process:
            self._wait_for(b"")
            time.sleep(3)
            yield Service(self, process.pid)

    def scale(self) -> list[float]:
        """Return how many milliseconds bleach itself takes for a post, a few times: how fast this machine is."""
        files = sorted(self._content.rglob("*.md"))[:100]
        rendered = [MarkdownIt().render(file.read_text(encoding="utf-8")) for file in files]
        taken = []
        for _ in range(3):
            started = time.perf_counter()
            for html in rendered:
                bleach.clean(html, strip=True)
            taken.append((time.perf_counter() - started) / len(rendered) * 1000)
        return taken

    def newest(self) -> Path:
        """Return the file of the newest post."""
        return max(self._content.rglob("*.md"), key=lambda file: file.name)

    def ask(self) -> bytes:
        """Return the feed of all posts, or nothing when nobody answers yet."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
            connection.request("GET", _FEED)
            answer = connection.getresponse()
            return answer.read() if answer.status == http.HTTPStatus.OK else b""
        except OSError:
            return b""
        finally:
            connection.close()

    def _wait_for(self, text: bytes) -> None:
        limit = time.perf_counter() + _PATIENCE
        while not (body := self.ask()) or text not in body:
            if time.perf_counter() > limit:
                raise SystemExit("The service does not answer as it should.")
            time.sleep(0.005)

    def wait_for(self, text: str) -> None:
        """Wait until the feed holds ``text``."""
        self._wait_for(text.encode())

    @contextlib.contextmanager
    def _process(self) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [*_feeds("serve"), "--config", str(self._config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=_PATIENCE)


class Service:
    """A running service."""

    def __init__(self, site: Site, pid: int) -> None:
        self._site = site
        self._pid = pid

    def edit(self, number: int) -> float:
        """Give the newest post another title, by rename as editors do; return the seconds until it is served."""
        time.sleep(0.5)
        file = self._site.newest()
        text = file.read_text(encoding="utf-8")
        title = f"Edited for the {number}th time at {time.time_ns()}"
        new = file.with_suffix(".new")
        new.write_text(re.sub(r"(?m)^title: .*$", f"title: {title}", text, count=1), encoding="utf-8")
        started = time.perf_counter()
        new.replace(file)
        self._site.wait_for(title)
        return time.perf_counter() - started

    def memory(self) -> Memory:
        """Return the resident memory after some requests to every worker."""
        for _ in range(50):
            self._site.ask()
        parent, *others = family(self._pid)
        workers = [resident_mb(pid) for pid in others if b"spawn_main" in _command(pid)]
        return Memory(resident_mb(parent), tuple(workers))


def _feeds(command: str) -> list[str]:
    return [str(Path(sys.executable).parent / "feeds"), command]


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return (Path("/proc") / str(pid) / "cmdline").read_bytes()
    return b""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
