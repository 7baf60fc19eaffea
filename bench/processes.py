"""What a command costs: all its processes together."""

import contextlib
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: How often the memory is looked at, in seconds.
_STEP = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Wall and processor time in seconds; the most memory at one moment in MB.

    Memory that processes share is counted once (PSS); ``engine_mb`` is that of
    the command's own process alone, resident.
    """

    seconds: float
    processor: float
    peak_mb: float
    engine_mb: float


def cost(words: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command in ``folder`` to its end; raises SystemExit with its last words when it fails."""
    before = os.times()
    started = time.perf_counter()
    log = folder / "command.log"
    with log.open("wb") as output:
        process = subprocess.Popen(words, cwd=folder, stdout=output, stderr=output)
        peak = engine = 0.0
        while process.poll() is None:
            peak = max(peak, sum(_memory_mb(pid, "Pss") for pid in family(process.pid)))
            engine = max(engine, resident_mb(process.pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_STEP)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, words))} failed:\n{log.read_text(errors='replace')[-2000:]}")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(seconds=seconds, processor=processor, peak_mb=peak, engine_mb=engine)


def family(pid: int) -> list[int]:
    """Return a process and all that it started, and these started."""
    found = [pid]
    with contextlib.suppress(OSError):
        for task in (Path("/proc") / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                found.extend(family(int(child)))
    return found


def resident_mb(pid: int) -> float:
    """Return the resident memory of one process, in MB."""
    return _memory_mb(pid, "Rss")


def _memory_mb(pid: int, what: str) -> float:
    with contextlib.suppress(OSError, IndexError, ValueError):
        rollup = (Path("/proc") / str(pid) / "smaps_rollup").read_text()
        return int(rollup.partition(f"\n{what}:")[2].split()[0]) / 1000
    return 0.0
