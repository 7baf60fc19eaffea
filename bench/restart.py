"""How long a restart takes on many posts: to its first feed, and to what changed while the service was down.

python -m bench.restart [--posts 1000,100000] [--rounds 3] [--small] [--maker FILE] [--content DIR] [--write]

The service runs once to have a state, and is ended; then, as often as told,
one of the posts that the feed of everything shows is edited, the service is
started, and asked for that feed until it answers and until it has the edit.
Memory is that of the process in which the engine runs, resident, after that.
With ``--write`` the table goes into docs/performance.md, section "A restart".
"""

import argparse
import http.client
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.contenders import feeds_command, free_port, running
from bench.machine import machine
from bench.page import write_section
from bench.posts import add_options, corpora, describe
from bench.processes import resident_mb

_FEED = "/feeds/all.rss"

#: A state of a million posts takes its time to come about; a restart never takes longer than the second, in seconds.
_BUILD, _RESTART = 3600.0, 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """Seconds to the first answer and to the edit; the engine's memory in MB."""

    answered: float
    noticed: float
    engine_mb: float


def main() -> None:
    """Measure, print, and write if told so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, posts=[1_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = ["| posts | first feed | what changed meanwhile | engine |", "|---|---|---|---|"]
    for count, content, root in corpora(options):
        found = _measure(root, content, options.rounds)
        answered, noticed = [one.answered for one in found], [one.noticed for one in found]
        memory = max(one.engine_mb for one in found)
        rows.append(f"| {count:,} | {_spread(answered)} | {_spread(noticed)} | {memory:.0f} MB |")
    how = (
        f"{options.rounds} restarts on {describe(options)}, from the command; the goals are 1.5 s, 15 s and 300 MB. "
        f"({machine()})"
    )
    text = "\n".join([*rows, "", how])
    print(text)
    if options.write:
        write_section("A restart", text)


def _measure(root: Path, content: Path, rounds: int) -> list[Restart]:
    config = root / "feeds.toml"
    config.write_text(
        f'[site]\ntitle = "Bench"\nurl = "https://example.org"\n[content]\ndirectory = "{content}"\n'
        f'generator = "jigsaw"\n[state]\ndirectory = "{root / "state"}"\n'
    )
    subprocess.run([feeds_command(), "refresh", "--config", config], check=True, capture_output=True, timeout=_BUILD)
    newest = max(content.rglob("*.md"))
    return [_restart(config, newest, f"Edited while it was down, {number}") for number in range(rounds)]


def _restart(config: Path, post: Path, title: str) -> Restart:
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", post.read_text(encoding="utf-8"), count=1)
    post.write_text(text, encoding="utf-8")
    port = free_port()
    started = time.perf_counter()
    with running("feeds serve", [feeds_command(), "serve", "--config", config], port) as service:
        answered = _wait_for(port, b"", started)
        noticed = _wait_for(port, title.encode(), started)
        time.sleep(1)
        return Restart(answered=answered, noticed=noticed, engine_mb=resident_mb(service.pid))


def _wait_for(port: int, text: bytes, started: float) -> float:
    """Return the seconds since ``started`` when the feed holds ``text``."""
    while not (body := _ask(port)) or text not in body:
        if time.perf_counter() > started + _RESTART:
            raise SystemExit("The service does not answer as it should.")
        time.sleep(0.01)
    return time.perf_counter() - started


def _ask(port: int) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", _FEED)
        answer = connection.getresponse()
        return answer.read() if answer.status == http.HTTPStatus.OK else b""
    except OSError:
        return b""
    finally:
        connection.close()


def _spread(values: list[float]) -> str:
    return f"{median(values):.2f} s ({min(values):.2f}–{max(values):.2f})"


if __name__ == "__main__":
    main()
