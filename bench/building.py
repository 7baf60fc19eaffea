"""How long it takes to build all feeds of a site, side by side with Hugo and Pelican.

python -m bench.building [--posts 1000,10000,100000] [--rounds 3] [--maker FILE] [--write]

The posts are those of ``make_corpus.py --dates iso``: about 5.5 kB each, 50
categories.  Everybody makes a feed of all posts and one of each category, 50
entries with their full text each: Hugo RSS, Pelican (up to 10,000 posts, by
folder) RSS and Atom, ``feeds build`` RSS, Atom and JSON, sanitized.  Nobody
makes pages.  Then the same again with nothing changed.  By turns, in one run.

With ``--write`` the tables go into docs/performance.md, section "Building",
with a picture of the growth beside it.

Needs hugo (Debian) and, for its lines, pelican (PyPI: pelican[markdown]) on
the path, and installs nothing.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.contenders import feeds_command
from bench.growth import Curve, draw
from bench.machine import machine
from bench.page import PAGE, write_section
from bench.processes import Cost, cost

_MAKER = Path(__file__).parents[2] / "shared" / "tools" / "make_corpus.py"
_PICTURE = PAGE.parent / "building.svg"

#: Pelican takes minutes for more posts than this.
_MOST_FOR_PELICAN = 10_000

_FEEDS = """\
[site]
title = "Bench"
url = "https://example.org"
timezone = "UTC"
[content]
directory = "content"
[defaults]
entries = 50
archives = false
[[feed]]
name = "all"
[[feed]]
name = "category/{category}"
for_each = "category"
"""

_HUGO = """\
baseURL = "https://example.org/"
title = "Bench"
disableKinds = ["section", "sitemap", "robotsTXT", "404"]
rssLimit = 50
timeout = "300s"
[outputs]
home = ["RSS"]
term = ["RSS"]
taxonomy = ["RSS"]
[taxonomies]
category = "categories"
[[cascade]]
[cascade._build]
render = "link"
[cascade._target]
kind = "page"
"""

_HUGO_RSS = """\
{{- $pages := .RegularPages -}}{{- if .IsHome -}}{{- $pages = site.RegularPages -}}{{- end -}}
{{- $pages = first site.Config.Services.RSS.Limit $pages -}}
{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\" standalone=\\"yes\\"?>" | safeHTML }}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range $pages }}<item>
<title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate>
<description>{{ .Description }}</description>
<content:encoded>{{ .Content | html }}</content:encoded>
</item>
{{ end }}</channel>
</rss>
"""

_PELICAN = """\
SITENAME = "Bench"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
PATH = "content"
DEFAULT_LANG = "en"
DEFAULT_METADATA = {"status": "published"}
FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_ATOM = "all.atom"
FEED_ALL_RSS = "all.rss"
CATEGORY_FEED_ATOM = "{slug}.atom"
CATEGORY_FEED_RSS = "{slug}.rss"
DIRECT_TEMPLATES = []
ARTICLE_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
"""

#: First build and second, by who builds.
Costs = dict[str, tuple[list[Cost], list[Cost]]]


def main() -> None:
    """Measure, print, and write if told so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--maker", type=Path, default=_MAKER)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not options.maker.is_file():
        sys.exit(f"{options.maker} is missing: name the script that writes the posts with --maker.")
    builders = [name for name in ("hugo", "pelican") if shutil.which(name)]
    for name, how in (("hugo", "apt-get install hugo"), ("pelican", "pip install 'pelican[markdown]'")):
        if name not in builders:
            print(f"Missing: {name} ({how}). Its lines are left out.", file=sys.stderr)
    measured: dict[int, Costs] = {}
    for count in map(int, options.posts.split(",")):
        with tempfile.TemporaryDirectory(prefix="feeds-building-") as folder:
            measured[count] = compare(Path(folder), options.maker, count, builders, options.rounds)
    text = f"{_table(measured)}\n\n{_legend(options.rounds)}"
    print(text)
    if options.write:
        _PICTURE.write_text(_picture(measured), encoding="utf-8")
        write_section(
            "Building", f"{text}\n\n![Seconds and memory against posts, both by powers of ten]({_PICTURE.name})"
        )


def compare(folder: Path, maker: Path, count: int, builders: Sequence[str], rounds: int) -> Costs:
    """Let everybody build the feeds of ``count`` posts, and again; ``rounds`` times, by turns."""
    print(f"{count:,} posts", file=sys.stderr)
    content = folder / "content"
    subprocess.run([sys.executable, maker, str(count), content, "--dates", "iso"], check=True)
    (folder / "feeds.toml").write_text(_FEEDS)
    (folder / "hugo.toml").write_text(_HUGO)
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "layouts" / "_default" / "rss.xml").write_text(_HUGO_RSS)
    (folder / "pelicanconf.py").write_text(_PELICAN)
    ours: list[str | Path] = [feeds_command(), "build", "--config", "feeds.toml", "--output", "ours"]
    commands: dict[str, list[str | Path]] = {"feeds build": ours}
    if "hugo" in builders:
        commands["Hugo"] = ["hugo", "--quiet", "--destination", "hugo"]
    if "pelican" in builders and count <= _MOST_FOR_PELICAN:
        commands["Pelican"] = ["pelican", "--quiet", "--settings", "pelicanconf.py", "--output", "pelican", "content"]
    costs: Costs = {name: ([], []) for name in commands}
    for _ in range(rounds):
        for left in ("state", "ours", "hugo", "pelican", "resources"):
            shutil.rmtree(folder / left, ignore_errors=True)
        for name, words in commands.items():
            first, second = costs[name]
            first.append(cost(words, folder))
            second.append(cost(words, folder))
            _say(name, first[-1], second[-1])
        _expect_feeds(folder, builders)
    return costs


def _expect_feeds(folder: Path, builders: Sequence[str]) -> None:
    """See that all of them made what they were asked for: a feed of all posts, and one for each category."""
    made = {"ours": len(list(folder.glob("ours/**/*.rss")))}
    if "hugo" in builders:
        made["hugo"] = len([folder / "hugo" / "index.xml", *folder.glob("hugo/categories/*/index.xml")])
    if set(made.values()) != {51}:
        raise SystemExit(f"Not everybody made the same feeds: {made}.")


def _say(name: str, first: Cost, second: Cost) -> None:
    print(f"  {name}: {first.seconds:.1f} s, {first.peak_mb:.0f} MB; again {second.seconds:.2f} s", file=sys.stderr)


def _table(measured: Mapping[int, Costs]) -> str:
    head = ["posts", "builder", "first build", "× Hugo", "memory", "× Hugo", "its engine", "again", "× Hugo's first"]
    rows = [head, ["---"] * len(head)]
    for count, costs in measured.items():
        for name, (first, second) in costs.items():
            hugo = costs.get("Hugo", ([], []))[0]
            rows.append(
                [
                    f"{count:,}",
                    name,
                    _spread([one.seconds for one in first], "s"),
                    _ratio(first, hugo, "seconds"),
                    f"{median(one.peak_mb for one in first):,.0f} MB",
                    _ratio(first, hugo, "peak_mb"),
                    f"{median(one.engine_mb for one in first):,.0f} MB",
                    _spread([one.seconds for one in second], "s"),
                    _ratio(second, hugo, "seconds"),
                ]
            )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _spread(values: Sequence[float], unit: str) -> str:
    return f"{median(values):.2f} {unit} ({min(values):.2f}–{max(values):.2f})"


def _ratio(ours: Sequence[Cost], theirs: Sequence[Cost], what: str) -> str:
    """Compare round by round: what else the machine does in one, it does to both."""
    if not theirs:
        return ""
    return f"{median(getattr(a, what) / getattr(b, what) for a, b in zip(ours, theirs, strict=True)):.2f}"


def _legend(rounds: int) -> str:
    hugo = (
        subprocess.run(["hugo", "version"], capture_output=True, text=True, check=False).stdout.split()[:2]
        if (shutil.which("hugo"))
        else []
    )
    others = " ".join(hugo) or "no hugo"
    return (
        "Hugo makes RSS alone and sanitizes nothing; `feeds build` makes RSS, Atom and JSON. Memory is that of all "
        f"processes together, the engine the process that writes. Medians and spread of {rounds}, by turns. "
        f"({machine()}, {others})"
    )


def _picture(measured: Mapping[int, Costs]) -> str:
    names = list(dict.fromkeys(name for costs in measured.values() for name in costs))
    return draw(
        [
            Curve(
                title=title,
                unit=unit,
                lines={
                    name: {
                        count: median(getattr(one, what) for one in costs[name][0])
                        for count, costs in measured.items()
                        if name in costs
                    }
                    for name in names
                },
            )
            for title, unit, what in (("First build", "s", "seconds"), ("Memory", "MB", "peak_mb"))
        ]
    )


if __name__ == "__main__":
    main()
