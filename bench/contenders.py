"""Servers of the same bytes, side by side, each in processes of its own."""

import contextlib
import gzip
import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Nothing takes longer to start, in seconds.
_PATIENCE = 60.0

_NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on;
  types {{ application/rss+xml rss; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/root; add_header Cache-Control "public, max-age=900"; }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A running server: how to name it, where it listens, the process that all others are children of."""

    name: str
    port: int
    pid: int

    def url(self, path: str) -> str:
        """Return the address of a document."""
        return f"http://127.0.0.1:{self.port}{path}"

    def ask(self, path: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """Return status, header fields and body of a document, compressed with gzip."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except OSError:
            return 0, [], b""
        finally:
            connection.close()

    def ask_in_turn(self, paths: Sequence[str]) -> None:
        """Ask once for every document, compressed with gzip, so that what is remembered of them is."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            for path in paths:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                connection.getresponse().read()

    def etag(self, path: str) -> str:
        """Return the validator of a document, compressed with gzip."""
        return dict(self.ask(path)[1])["ETag" if self.name == "nginx" else "etag"]


@contextlib.contextmanager
def contenders(folder: Path, paths: Sequence[str]) -> Iterator[list[Contender]]:
    """Run nginx, ``feeds serve`` on the site in ``folder``, its application alone, and a dictionary of ``paths``."""
    with contextlib.ExitStack() as stack:
        feeds = stack.enter_context(
            running("feeds serve", [feeds_command(), "serve", "--config", folder / "feeds.toml"])
        )
        wait_for(feeds, paths)
        _write_down(folder, feeds, paths)
        port = free_port()
        (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port))
        nginx = stack.enter_context(running("nginx", ["nginx", "-c", folder / "nginx.conf"], port))
        plain = stack.enter_context(web_server("Flask alone", "plain", folder))
        dictionary = stack.enter_context(web_server("a dictionary on Granian", "dictionary", folder))
        for each in (nginx, plain, dictionary):
            wait_for(each, paths)
        yield [nginx, feeds, plain, dictionary]


@contextlib.contextmanager
def web_server(name: str, kind: str, folder: Path, *, workers: int = 2) -> Iterator[Contender]:
    """Run one of bench/webserver.py."""
    port = free_port()
    with running(name, [sys.executable, "-m", "bench.webserver", kind, folder, str(port), str(workers)], port) as found:
        yield found


@contextlib.contextmanager
def running(name: str, words: Sequence[str | Path], port: int | None = None) -> Iterator[Contender]:
    """Run a server at ``port``, or at one that ``feeds`` is told by its environment."""
    chosen = port or free_port()
    process = subprocess.Popen(
        words,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"FEEDS_SERVER__PORT": str(chosen)},
    )
    try:
        yield Contender(name=name, port=chosen, pid=process.pid)
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def wait_for(server: Contender, paths: Sequence[str]) -> None:
    """Wait until every document is answered."""
    limit = time.monotonic() + _PATIENCE
    while any(server.ask(path)[0] != http.HTTPStatus.OK for path in paths):
        if time.monotonic() > limit:
            raise SystemExit(f"{server.name} does not answer.")
        time.sleep(0.1)
    time.sleep(1)


def write_site(folder: Path, kilobytes: dict[str, int]) -> None:
    """Write a site with a feed for each name, whose RSS document has about so many kilobytes in 50 entries."""
    lots = random.Random(1)
    words = ["".join(lots.choices("abcdefghijklmnopqrstuvwxyz", k=lots.randint(2, 9))) for _ in range(3000)]
    (folder / "content").mkdir()
    feeds = ""
    for name, size in kilobytes.items():
        feeds += f'[[feed]]\nname = "{name}"\nformats = ["rss"]\nwhere = {{ tag = "{name}" }}\n'
        for number in range(50):
            text = " ".join(lots.choices(words, k=(size * 1000 // 50 - 900) // 7))
            head = f"title: {name} {number}\ndate: 2026-01-01T00:{number:02}:00Z\ntags: [{name}]"
            (folder / "content" / f"{name}-{number}.md").write_text(f"---\n{head}\n---\n{text}\n")
    (folder / "feeds.toml").write_text(
        '[site]\ntitle = "Bench"\nurl = "https://example.org"\n[content]\ndirectory = "content"\n'
        f'[state]\ndirectory = "state"\n[defaults]\narchives = false\nmax_bytes = 900000\n{feeds}'
    )


def feeds_command() -> Path:
    """Return the command of this environment."""
    return Path(sys.executable).parent / "feeds"


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write_down(folder: Path, feeds: Contender, paths: Sequence[str]) -> None:
    """Give the others what ``feeds`` says: files for nginx, answers for the dictionary."""
    shutil.rmtree(folder / "root", ignore_errors=True)
    (folder / "answers").mkdir(exist_ok=True)
    for number, path in enumerate(paths):
        _, headers, body = feeds.ask(path)
        file = folder / "root" / path.strip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.decompress(body))
        packed = file.with_name(f"{file.name}.gz")
        packed.write_bytes(body)
        for each in (file, packed):
            os.utime(each, (1_700_000_000, 1_700_000_000))
        said = [header for header in headers if header[0].lower() != "date"]
        spared = {"content-type", "content-length", "content-encoding", "last-modified"}
        answer = folder / "answers" / f"{number}.json"
        answer.with_suffix(".gz").write_bytes(body)
        answer.write_text(
            json.dumps(
                {
                    "path": path,
                    "etag": dict(headers)["etag"],
                    "whole": said,
                    "known": [header for header in said if header[0].lower() not in spared],
                }
            )
        )
    for each in (folder, folder / "root", *(folder / "root").rglob("*")):
        each.chmod(0o755)
