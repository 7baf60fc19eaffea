"""How long an edit takes: from the rename that saves a file to its new bytes from every web worker.

python -m bench.edits [--posts 1000,100000] [--edits 30] [--workers 2] [--small] [--maker FILE] [--content DIR]
                      [--write]

Each corpus is that of ``make_corpus.py`` (``--maker``), or with ``--small``
posts of one line, written to a temporary directory, or there already
(``--content``).  The real service runs on it; one of the posts that the feed of everything shows is edited, saved as
editors do it (written beside, then renamed) or, for comparison, in place.
Every connection is answered by one worker as long as it is kept open, so that
dozens of them reach each worker: an edit is over when all have the new title.
With ``--write`` the table goes into docs/performance.md, section "An edit".
"""

import argparse
import gzip
import http.client
import os
import re
import subprocess
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench.contenders import feeds_command, running
from bench.machine import machine
from bench.page import write_section
from bench.posts import add_options, corpora, describe

_FEED = "/feeds/all.rss"

#: Connections that are kept open: that all of them are one worker's is as likely as one in 2 ** 15.
_CONNECTIONS = 16

#: A state of a million posts takes its time to come about; an edit never takes longer than the second, in seconds.
_BUILD, _EDIT = 3600.0, 60.0

#: The engine looks at every file after the start: edits come after that, in seconds.
_CALM = 20.0

#: Between two edits, in seconds: their author thinks, if briefly.
_PAUSE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How long the edits took, in milliseconds: those saved by rename, and those written in place."""

    posts: int
    renamed: list[float]
    in_place: list[float]


def main() -> None:
    """Measure, print, and write if told so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, posts=[1_000, 100_000])
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    measured = [
        _measure(root, content, count, options.edits, options.workers) for count, content, root in corpora(options)
    ]
    text = _table(measured, options.workers, describe(options))
    print(text)
    if options.write:
        write_section("An edit", text)


def _measure(root: Path, content: Path, count: int, edits: int, workers: int) -> Measured:
    config = root / "feeds.toml"
    config.write_text(
        f'[site]\ntitle = "Bench"\nurl = "https://example.org"\n[content]\ndirectory = "{content}"\n'
        f'generator = "jigsaw"\n[state]\ndirectory = "{root / "state"}"\n[server]\nworkers = {workers}\n'
    )
    subprocess.run([feeds_command(), "refresh", "--config", config], check=True, capture_output=True, timeout=_BUILD)
    with running("feeds serve", [feeds_command(), "serve", "--config", config]) as service, ExitStack() as stack:
        connections = [stack.enter_context(closing(_Reader(service.port))) for _ in range(_CONNECTIONS)]
        _settle(connections)
        newest = sorted(content.rglob("*.md"))[-40:]
        _edit(newest[0], "A first one", connections, rename=True)
        ways: dict[bool, list[float]] = {True: [], False: []}
        for number in range(edits):
            for rename, taken in ways.items():
                file = newest[number % len(newest)]
                taken.append(_edit(file, f"Edit {number} at {time.time_ns()}", connections, rename=rename))
    return Measured(posts=count, renamed=ways[True], in_place=ways[False])


class _Reader:
    """A connection that is kept open, so that always the same worker answers; it asks for what it has not yet."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_EDIT)
        self._held = ""

    def has_news(self) -> bool:
        """Ask once; tell whether there was another document than the one before."""
        try:
            self._connection.request("GET", _FEED, headers={"Accept-Encoding": "gzip", "If-None-Match": self._held})
            answer = self._connection.getresponse()
            self._body = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return False
        if answer.status != http.HTTPStatus.OK:
            return False
        self._held = answer.headers["ETag"]
        return True

    def holds(self, text: str) -> bool:
        """Tell whether the document that came last holds ``text``."""
        return text.encode() in gzip.decompress(self._body)

    def close(self) -> None:
        self._connection.close()


def _settle(connections: list[_Reader]) -> None:
    """Wait until everybody is answered, and the engine has looked at every file."""
    limit = time.monotonic() + _EDIT
    for each in connections:
        while not each.has_news():
            if time.monotonic() > limit:
                raise SystemExit("The service does not answer as it should.")
            time.sleep(0.1)
    time.sleep(_CALM)


def _edit(file: Path, title: str, connections: list[_Reader], *, rename: bool) -> float:
    """Give a post another title; return the milliseconds until every worker says it."""
    time.sleep(_PAUSE)
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", file.read_text(encoding="utf-8"), count=1)
    if rename:
        new = file.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        started = time.perf_counter()
        new.replace(file)
    else:
        started = time.perf_counter()
        file.write_text(text, encoding="utf-8")
    for each in connections:
        while not each.has_news():
            # Not so often that it is the questions that take the time.
            time.sleep(0.002)
            if time.perf_counter() > started + _EDIT:
                raise SystemExit("An edit was not published.")
    taken = (time.perf_counter() - started) * 1000
    if not all(each.holds(title) for each in connections):
        raise SystemExit("The feed changed, and not by the edit.")
    return taken


def _table(measured: list[Measured], workers: int, kind: str) -> str:
    head = "| posts | saved by rename: p50 | p99 | × the first | written in place: p50 | p99 |"
    rows = [head, "|---|---|---|---|---|---|"]
    first = _percentile(measured[0].renamed, 50)
    for each in measured:
        median = _percentile(each.renamed, 50)
        rows.append(
            f"| {each.posts:,} | {median:.0f} ms | {_percentile(each.renamed, 99):.0f} ms | {median / first:.2f} "
            f"| {_percentile(each.in_place, 50):.0f} ms | {_percentile(each.in_place, 99):.0f} ms |"
        )
    load = os.getloadavg()[0]
    how = (
        f"{len(measured[0].renamed)} edits each way of {kind}, until each of {workers} web workers has it, asked over "
        f"{_CONNECTIONS} connections; the goal is p50 ≤ 150 ms, p99 ≤ 500 ms and × 1.5. Load at the end: "
        f"{load:.1f}. ({machine()})"
    )
    return "\n".join([*rows, "", how])


def _percentile(values: list[float], which: int) -> float:
    return quantiles(values, n=100, method="inclusive")[which - 1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
