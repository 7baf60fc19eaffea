"""``make bench``: measures the figures the README promises, and prints them as a Markdown table.

python -m bench [--posts 25000] [--edits 15] [--corpus DIR]

The posts are those of ``make_corpus.py`` (``--maker``), written to a temporary
directory unless ``--corpus`` names one that is there already.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.machine import machine
from bench.site import Site

_MAKER = Path(__file__).parents[2] / "shared" / "tools" / "make_corpus.py"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    goal: str
    measured: str


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=25_000)
    parser.add_argument("--edits", type=int, default=15)
    parser.add_argument("--restarts", type=int, default=5)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--maker", type=Path, default=_MAKER)
    options = parser.parse_args()
    if not options.corpus and not options.maker.is_file():
        sys.exit(
            f"{options.maker} is missing: name the script that writes the posts with --maker, or posts with --corpus."
        )
    with tempfile.TemporaryDirectory(prefix="feeds-bench-") as folder:
        root = Path(folder)
        corpus = options.corpus or _make(options.maker, options.posts, root / "content" / "_posts")
        site = Site(root, corpus.parent if corpus.name == "_posts" else corpus)
        figures = list(_measure(site, options.posts, options.edits, options.restarts))
    print(_table(figures))


def _make(maker: Path, count: int, folder: Path) -> Path:
    folder.mkdir(parents=True)
    subprocess.run([sys.executable, str(maker), str(count), str(folder)], check=True)
    return folder


def _measure(site: Site, count: int, edits: int, restarts: int) -> list[Figure]:
    first = site.build()
    again = [site.build().seconds for _ in range(3)]
    starts = [site.restart() for _ in range(restarts)]
    with site.serving() as service:
        delays = [service.edit(number) for number in range(edits)]
        memory = service.memory()
    return [
        Figure(f"first `feeds build`, {count:,} posts", "< 8 s", f"{first.seconds:.2f} s"),
        Figure("peak memory of that build, all processes", "", f"{first.peak_mb:.0f} MB"),
        Figure("`feeds build` with nothing changed", "", _spread(again, "s")),
        Figure("restart: from the command to the first feed", "< 1.5 s", _spread(starts, "s")),
        Figure("edit: from saving a post to its feed being served", "< 1 s", _spread(delays, "s")),
        Figure("resident: parent", "< 300 MB", f"{memory.parent_mb:.0f} MB"),
        Figure("resident: each web worker", "< 300 MB", ", ".join(f"{mb:.0f} MB" for mb in memory.workers_mb)),
        Figure("for scale: `bleach.clean` of one such post, rendered", "", _spread(site.scale(), "ms")),
    ]


def _spread(values: list[float], unit: str) -> str:
    return f"{statistics.median(values):.2f} {unit} ({min(values):.2f} to {max(values):.2f}, {len(values)} times)"


def _table(figures: list[Figure]) -> str:
    rows = [f"| {figure.what} | {figure.goal} | {figure.measured} |" for figure in figures]
    return "\n".join(["| figure | goal | measured |", "|---|---|---|", *rows, "", f"({machine()})"])


if __name__ == "__main__":
    main()
