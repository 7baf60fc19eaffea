"""Load on a web server, by wrk: written in C, it costs less than any server here."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.processes import family

#: Connections that are kept open and always waiting for an answer.
CONNECTIONS = 32

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came of it: answers a second, percentiles in ms, µs of processor time that the server took for each."""

    rate: float
    p50: float
    p99: float
    cpu: float


def load(url: str, seconds: int, pid: int, *, held: str = "", script: Path | None = None) -> Load:
    """Ask for ``url`` as fast as answers come; with ``held``, for a reader that has that version.

    ``script`` is one of wrk's that chooses paths.  The server is ``pid`` with
    all its children.  Raises `SystemExit` when answers are not those expected.
    """
    words = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}", "--latency", "-H", "Accept-Encoding: gzip"]
    words += ["-H", f"If-None-Match: {held}"] if held else []
    words += ["-s", str(script)] if script else []
    before = _processor_time(pid)
    said = subprocess.run([*words, url], capture_output=True, text=True, check=True).stdout
    spent = _processor_time(pid) - before
    answers = re.search(r"(\d+) requests in ([0-9.]+)s", said)
    if not answers or "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{url} is not answered as it should be:\n{said}")
    return Load(
        rate=int(answers[1]) / float(answers[2]),
        p50=_percentile(said, 50),
        p99=_percentile(said, 99),
        cpu=spent / int(answers[1]) * 1e6,
    )


def _percentile(said: str, which: int) -> float:
    found = re.search(rf"{which}%\s+([0-9.]+)(us|ms|s)", said)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def _processor_time(pid: int) -> float:
    ticks = 0
    for member in family(pid):
        fields = (Path("/proc") / str(member) / "stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
