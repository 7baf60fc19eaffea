"""How fast documents are served, side by side with what else could serve them.

python -m bench.serving [--seconds 3] [--rounds 3] [--feeds 10000] [--posts 10000] [--write]

In one run, on one machine, by turns: nginx with the same bytes compressed
beforehand, ``feeds serve``, its application without the fast path, and a
dictionary behind the same web server; two processes each.  Then the same
service with many feeds and few, and beside a refresh.  With ``--write`` the
tables go into docs/performance.md, section "Serving".

Needs nginx and wrk (Debian: nginx-light, wrk) and installs nothing.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.contenders import Contender, contenders, feeds_command, running, wait_for, web_server, write_site
from bench.crowd import write_crowd, write_script
from bench.load import CONNECTIONS, Load, load
from bench.machine import machine
from bench.page import write_section
from bench.processes import family, resident_mb

#: Documents to serve, by about how many kilobytes they have before they are compressed.
_SIZES = {"small": 84, "large": 185}

Loads = dict[tuple[str, str], list[Load]]


def main() -> None:
    """Measure, print, and write if told so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3, choices=range(1, 6))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    missing = [name for name in ("nginx", "wrk") if not shutil.which(name)]
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}. On Debian: apt-get install nginx-light wrk.")
    with tempfile.TemporaryDirectory(prefix="feeds-serving-") as folder:
        root = Path(folder)
        # nginx gives up what it may do before it reads.
        root.chmod(0o755)
        tables = [
            side_by_side(root / "site", options.seconds, options.rounds),
            "\n".join(
                [
                    "| figure | goal | measured |",
                    "|---|---|---|",
                    *crowded(root / "crowd", options.seconds, options.rounds, options.feeds),
                    *refreshing(root / "busy", options.seconds, options.rounds, options.posts),
                ]
            ),
        ]
    rounds = f"{options.rounds} rounds of {options.seconds} s, by turns"
    how = f"Load by wrk on the same cores, {CONNECTIONS} connections; {rounds}. ({machine()})"
    text = "\n\n".join([*tables, how])
    print(text)
    if options.write:
        write_section("Serving", text)


def side_by_side(folder: Path, seconds: int, rounds: int) -> str:
    """Compare the servers of the same documents; return a table."""
    folder.mkdir()
    write_site(folder, _SIZES)
    paths = {name: f"/feeds/{name}.rss" for name in _SIZES}
    loads: Loads = {}
    with contenders(folder, [*paths.values()]) as found:
        sizes = {name: len(found[0].ask(path)[2]) / 1000 for name, path in paths.items()}
        for _ in range(rounds):
            for contender in found:
                for name, path in paths.items():
                    question = f"200, {sizes[name]:.0f} kB of gzip"
                    measured = load(contender.url(path), seconds, contender.pid)
                    loads.setdefault((question, contender.name), []).append(measured)
                path = paths["small"]
                measured = load(contender.url(path), seconds, contender.pid, held=contender.etag(path))
                loads.setdefault(("304", contender.name), []).append(measured)
        return _table(found, loads)


def _table(found: Sequence[Contender], loads: Loads) -> str:
    first = found[0].name
    head = ["answer", "server", "requests/s (spread)", f"× {first}", "p50", "p99", "its processor time a request"]
    rows = [head, ["---"] * len(head)]
    for question, name in sorted(loads, key=lambda key: key[0]):
        runs = loads[question, name]
        rates = [run.rate for run in runs]
        # Round by round: what else the machine does in one, it does to both.
        ratio = median(run.rate / other.rate for run, other in zip(runs, loads[question, first], strict=True))
        rows.append(
            [
                question,
                name,
                f"{median(rates):,.0f} ({min(rates):,.0f}–{max(rates):,.0f})",
                f"{ratio:.2f}",
                f"{median(run.p50 for run in runs):.1f} ms",
                f"{median(run.p99 for run in runs):.1f} ms",
                f"{median(run.cpu for run in runs):.0f} µs",
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def crowded(folder: Path, seconds: int, rounds: int, feeds: int) -> list[str]:
    """Compare a service of many feeds with one of ten, all of them asked for in turn; return rows of a table."""
    few, many = folder / "few", folder / "many"
    for each in (few, many):
        each.mkdir(parents=True)
    paths = {each: write_crowd(each, count) for each, count in ((few, 10), (many, feeds))}
    scripts = {each: write_script(each, paths[each]) for each in paths}
    ratios = []
    with web_server("few", "edge", few, workers=1) as one, web_server("many", "edge", many, workers=1) as other:
        for server, each in ((one, few), (other, many)):
            wait_for(server, ["/feeds/tag/0.rss"])
            server.ask_in_turn(paths[each])
        for _ in range(rounds):
            rates = [
                load(server.url("/"), seconds, server.pid, script=scripts[each]).rate
                for server, each in ((one, few), (other, many))
            ]
            ratios.append(rates[1] / rates[0])
        resident = max(resident_mb(pid) for pid in family(other.pid)[1:])
    return [
        f"| {feeds:,} feeds × 3 formats, one worker, against 10 feeds | no slower | {_times(ratios)} |",
        f"| resident: the web worker with them | < 336 MB | {resident:.0f} MB |",
    ]


def refreshing(folder: Path, seconds: int, rounds: int, posts: int) -> list[str]:
    """Compare the service beside a refresh of many posts with the service at rest; return rows of a table."""
    folder.mkdir()
    write_site(folder, {"small": _SIZES["small"]})
    away, there = folder / "more", folder / "content" / "more"
    away.mkdir()
    for number in range(posts):
        text = f"---\ntitle: Post {number}\ndate: 2025-01-01\ntags: [old, t{number % 50}]\n---\n{'Some text. ' * 300}\n"
        (away / f"post-{number}.md").write_text(text)
    ratios = []
    with running("feeds serve", [feeds_command(), "serve", "--config", folder / "feeds.toml"]) as server:
        path = "/feeds/small.rss"
        wait_for(server, [path])
        url = server.url(path)
        for number in range(rounds):
            rest = load(url, seconds, server.pid)
            # Renamed in, and in the next round out: both are a refresh of all of them.
            source, target = (away, there) if number % 2 == 0 else (there, away)
            source.rename(target)
            time.sleep(0.3)
            ratios.append(load(url, seconds, server.pid).rate / rest.rate)
            subprocess.run(
                [feeds_command(), "refresh", "--config", folder / "feeds.toml"], capture_output=True, check=True
            )
            time.sleep(1)
    return [f"| beside a refresh of {posts:,} posts, against at rest | ≥ 0.8 | {_times(ratios)} |"]


def _times(ratios: list[float]) -> str:
    return f"× {median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


if __name__ == "__main__":
    main()
