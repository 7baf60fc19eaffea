"""The history of a real publication, 3,961 commits, lived through again as fast as it goes.

python -m bench.replay [--trace FILE] [--commits N] [--seed 1]

Prints a table of what it took and of what its subscribers saw; exit status 1
if any of them was disappointed.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.machine import machine
from replaying import Replay, Replayed
from subscriber import LAWS

_TRACE = Path(__file__).parents[2] / "shared" / "data" / "finescoop-trace.json"


def main() -> None:
    """Parse the command line, replay, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trace", type=Path, default=_TRACE)
    parser.add_argument("--commits", type=int, default=0, help="only the first so many; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.trace.is_file():
        sys.exit(f"{options.trace} is missing: name a trace with --trace.")
    trace = [tuple(commit) for commit in json.loads(options.trace.read_text(encoding="utf-8"))]
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="feeds-replay-") as folder:
        replayed = Replay(Path(folder), trace[: options.commits or None], options.seed).run(_progress)
    print(_table(replayed, time.perf_counter() - started))
    sys.exit(1 if replayed.breaches else 0)


def _progress(done: int, replayed: Replayed) -> None:
    if done % 100 == 0:
        recent = statistics.median(replayed.refreshes[-100:])
        print(f"{done} commits, {len(replayed.breaches)} breaches, {recent:.2f} s a refresh", file=sys.stderr)


def _table(replayed: Replayed, seconds: float) -> str:
    taken = sorted(replayed.refreshes)
    counts = {law: sum(subscriber.counts()[law] for subscriber in replayed.subscribers) for law in LAWS}
    figures: list[tuple[str, object]] = [
        ("commits", replayed.commits),
        ("posts at the end", replayed.posts),
        ("wall time, polls and walks included", f"{seconds:.0f} s"),
        ("refreshes", len(taken)),
        ("a refresh: median", f"{statistics.median(taken):.3f} s"),
        ("a refresh: 99 %", f"{taken[int(0.99 * (len(taken) - 1))]:.3f} s"),
        ("a refresh: longest", f"{taken[-1]:.3f} s"),
        ("held by the flood guard, and released", replayed.holds),
        ("polls", sum(subscriber.polls for subscriber in replayed.subscribers)),
        ("entries that subscribers saw", sum(len(subscriber.known) for subscriber in replayed.subscribers)),
        *((f"{law}: {meaning}", counts[law]) for law, meaning in LAWS.items()),
    ]
    rows = [f"| {what} | {value} |" for what, value in figures]
    breaches = [f"* {kind}: {what}" for kind, what in replayed.breaches[:40]]
    return "\n".join(["| figure | value |", "|---|---|", *rows, "", f"({machine()})", *breaches])


if __name__ == "__main__":
    main()
