"""``feeds`` as a user runs it: commands and servers in processes of their own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FEEDS = str(Path(sys.executable).parent / "feeds")

#: Longer than anything here takes, in seconds.
PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(kw_only=True)
class Place:
    """A config file, a content directory and a state in one folder."""

    folder: Path
    port: int = field(default_factory=lambda: free_port())
    config_name: str = "feeds.toml"

    def __post_init__(self) -> None:
        self.content.mkdir(parents=True, exist_ok=True)
        self.configure()

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def config(self) -> Path:
        return self.folder / self.config_name

    def configure(self, title: str = "Small Notes", more: str = "", scan_interval: float = 60) -> None:
        text = (
            f'[site]\ntitle = "{title}"\nurl = "https://example.org"\n[content]\ndirectory = "content"\n'
            f"[server]\nport = {self.port}\nworkers = 1\n[scheduler]\nscan_interval = {scan_interval}\n{more}"
        )
        new = self.config.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(self.config)

    def post(self, name: str, title: str, body: str = "Hello.", **fields: str) -> Path:
        """Write a post as editors do: all of it, then into its place."""
        facts = {"title": title, "date": "2026-01-02T03:04:05Z"} | fields
        head = "".join(f"{key}: {value}\n" for key, value in facts.items())
        file = self.content / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".tmp")
        new.write_text(f"---\n{head}---\n{body}\n", encoding="utf-8")
        new.replace(file)
        return file

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``feeds`` with this config."""
        command, *rest = words
        return run(command, "--config", str(self.config), *rest, **environment)

    @contextlib.contextmanager
    def serving(self, *, until_answered: bool = True, **environment: str) -> Iterator[subprocess.Popen[str]]:
        """Run ``feeds serve`` until the end of the block."""
        process = subprocess.Popen(
            [FEEDS, "serve", "--config", str(self.config)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=clean_environment() | environment,
        )
        try:
            if until_answered:
                self.wait_until(lambda: self.get("/readyz").status == http.HTTPStatus.OK, process)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate(timeout=PATIENCE)
                raise

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask the service once; status 0 when nobody listens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={key.replace("_", "-"): value for key, value in headers.items()})
            answer = connection.getresponse()
            found = {key.lower(): value for key, value in answer.getheaders()}
            return Answer(status=answer.status, headers=found, body=answer.read())
        except OSError:
            return Answer(status=0, headers={}, body=b"")
        finally:
            connection.close()

    def wait_until(self, holds: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> float:
        """Wait until something holds; return how long that took, in seconds."""
        started = time.monotonic()
        while not holds():
            if process and process.poll() is not None:
                raise AssertionError(f"The service ended: {process.communicate()}")
            if time.monotonic() - started > PATIENCE:
                raise AssertionError("That never came to be.")
            time.sleep(0.02)
        return time.monotonic() - started


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``feeds`` as a user would."""
    return subprocess.run(
        [FEEDS, *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env=clean_environment() | environment,
    )


def clean_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("FEEDS_")}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
