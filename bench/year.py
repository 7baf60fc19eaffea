"""A simulated year of a publication's life, at full length: see tests/living.py.

python -m bench.year [--seed 1] [--years 1] [--days 365] [--deeds-a-day 6]

Prints what each subscriber saw, and how often each promise was broken; exit
status 1 if any was.
"""

import argparse
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from living import Outcome, Year
from subscriber import LAWS


def main() -> None:
    """Live through some years and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--deeds-a-day", type=float, default=6)
    options = parser.parse_args()
    kept = True
    for seed in range(options.seed, options.seed + options.years):
        with tempfile.TemporaryDirectory(prefix="feeds-year-") as folder:
            started = time.perf_counter()
            year = Year(Path(folder), seed, days=options.days, deeds_a_day=options.deeds_a_day)
            outcome = year.run(_Progress())
            print(f"\nThe year of seed {seed}, lived in {time.perf_counter() - started:.0f} s:\n")
            print(report(outcome))
            kept = kept and not outcome.breaches
    sys.exit(0 if kept else 1)


class _Progress:
    def __init__(self) -> None:
        self._month = 0

    def __call__(self, now: datetime, outcome: Outcome) -> None:
        if now.month != self._month:
            self._month = now.month
            print(f"{now:%B}: {len(outcome.refreshes)} refreshes, {len(outcome.breaches)} breaches", file=sys.stderr)


def report(outcome: Outcome) -> str:
    """Return how it went as Markdown."""
    deeds = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(outcome.deeds.items()))
    polls = sum(subscriber.polls for subscriber in outcome.subscribers)
    head: list[object] = ["subscriber", "polls", "entries", *LAWS]
    rows = [
        [subscriber.name, subscriber.polls, len(subscriber.known), *subscriber.counts().values()]
        for subscriber in outcome.subscribers
    ]
    table: list[list[object]] = [head, ["---"] * len(head), *rows]
    lines = [f"| {' | '.join(str(cell) for cell in row)} |" for row in table]
    return "\n".join(
        [
            f"{outcome.posts} posts, {len(outcome.refreshes)} refreshes, {polls} polls, "
            f"{len(outcome.breaches)} promises broken.",
            f"Deeds: {deeds}.",
            "",
            *lines,
            *[f"* {kind}: {what}" for kind, what in outcome.breaches[:40]],
        ]
    )


if __name__ == "__main__":
    main()
