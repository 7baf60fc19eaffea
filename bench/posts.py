"""Content directories to measure with: those of ``make_corpus.py``, posts of one line, or one that is there already."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

_MAKER = Path(__file__).parents[2] / "shared" / "tools" / "make_corpus.py"


def add_options(parser: argparse.ArgumentParser, *, posts: list[int]) -> None:
    """Let a program be told which posts to measure with; ``posts`` are how many otherwise."""
    parser.add_argument("--posts", type=lambda text: [int(each) for each in text.split(",")], default=posts)
    parser.add_argument("--small", action="store_true", help="posts of one line")
    parser.add_argument("--maker", type=Path, default=_MAKER, help="the script that writes posts")
    parser.add_argument("--content", type=Path, help="posts that are there already, to be edited")


def corpora(options: argparse.Namespace) -> Iterator[tuple[int, Path, Path]]:
    """Yield how many posts there are, their directory, and a folder for all else, which goes afterwards.

    That of posts that are there already is the one they are in, and stays: what
    took long to come about serves the next program too.
    """
    if not options.small and not options.content and not options.maker.is_file():
        sys.exit(f"{options.maker} is missing: name the script that writes the posts with --maker, or use --small.")
    if options.content:
        content = options.content.resolve()
        yield sum(1 for _ in content.rglob("*.md")), content, content.parent
        return
    for count in options.posts:
        with tempfile.TemporaryDirectory(prefix="feeds-bench-") as folder:
            content = Path(folder) / "content"
            _write_small(content, count) if options.small else _make(options.maker, content, count)
            yield count, content, Path(folder)
            print(f"{count:,} posts: done", file=sys.stderr)


def describe(options: argparse.Namespace) -> str:
    """Return what kind of posts they are."""
    return "posts of one line" if options.small else "posts of 5.5 kB"


def _make(maker: Path, content: Path, count: int) -> None:
    posts = content / "_posts"
    posts.mkdir(parents=True)
    subprocess.run([sys.executable, maker, str(count), posts, "--dates", "iso"], check=True)


def _write_small(content: Path, count: int) -> None:
    """Write posts as `make_corpus.py` does, each of one line."""
    for number in range(count):
        folder = content / "_posts" / f"{number // 1000:05d}"
        folder.mkdir(parents=True, exist_ok=True)
        date = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(minutes=5 * number)
        (folder / f"post_{number:08d}.md").write_text(
            f"---\ntitle: Post {number}\ndate: {date:%Y-%m-%dT%H:%M:%SZ}\n"
            f"categories: [category-{number % 50:02d}]\n---\nHere is post {number}.\n"
        )
