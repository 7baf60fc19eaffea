"""Hugo itself, where there is one, is asked which pages it publishes, where and under which date."""

import shutil
import subprocess
from pathlib import Path

import pytest

from generator_sites import SITES, sample
from tiny_sites import TODAY, page, reads, shown, write

HUGO = shutil.which("hugo")
needs_hugo = pytest.mark.skipif(HUGO is None, reason="there is no hugo here to ask")
CONFIG = 'baseURL = "https://example.org/"\n'

#: Address, date and title of a page.
Known = tuple[str, str, str]

#: A line for each page: its path, and what is known of it.
_PAGES = (
    '{{ range .Site.AllPages }}{{ if and (eq .Kind "page") .Permalink }}{{ .File.Path }}\t{{ .Permalink }}\t'
    '{{ .Date.UTC.Format "2006-01-02T15:04:05Z" }}\t{{ .Title }}\n{{ end }}{{ end }}'
)
_FOR_TESTS = {
    "layouts/index.json": _PAGES,
    "layouts/_default/single.html": "x",
    "layouts/_default/list.html": "x",
    "config/_default/hugo.toml": 'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n',
    "config/_default/outputs.toml": 'home = ["json"]\n',
}


def as_hugo_has_it(root: Path, **shortcodes: str) -> list[tuple[str, Known]]:
    """Build the site at ``root`` with Hugo; return each page by its path, with templates for its ``shortcodes``."""
    write(root, _FOR_TESTS | {f"layouts/shortcodes/{name}.html": text for name, text in shortcodes.items()})
    command = [str(HUGO), "--quiet", "--clock", TODAY.isoformat()]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    documents = [root / "public" / "index.json", root / "public" / "en" / "index.json"]
    text = next(file.read_text("utf-8") for file in documents if file.is_file())
    rows = (line.split("\t") for line in text.splitlines() if line)
    return sorted((path, (address, date, title)) for path, address, date, title in rows)


def as_we_have_it(content: Path) -> list[tuple[str, Known]]:
    found = shown(content, "hugo").items()
    return [(path, (post.url, f"{post.published:%Y-%m-%dT%H:%M:%SZ}", post.title)) for path, post in found]


@needs_hugo
def test_hugo_publishes_the_same_pages_at_the_same_addresses(tmp_path: Path) -> None:
    site = shutil.copytree(SITES / "hugo", tmp_path / "site")
    around = dict.fromkeys(("note", "details", "comment"), "{{ .Inner }}")
    pages = dict(as_hugo_has_it(site, **around, weather="x", gist="x"))
    ours = dict(as_we_have_it(site / "content"))
    # Hugo dates it on the day of the fair, readers of feeds see it when it was announced.
    assert pages.pop("logbook/fair.html")[0] == ours.pop("logbook/fair.html")[0]
    # A page without section and date is none that readers of feeds wait for.
    assert pages.pop("about.md")

    assert pages == ours


SECTIONS = {
    "docs/_index.md": page(title="Docs"),
    "docs/a/_index.md": page(title="A", slug="first"),
    "docs/a/b/z.md": page(title="Z", date="2014-09-03T23:09:03-04:00"),
    "docs/a/undated.md": page(title="Undated"),
    "docs/a/changed.md": page(title="Changed", lastmod="2019-01-01"),
    "docs/bare.md": page(title="In no deeper section", date="2020-01-01"),
    "docs/a/w.md": page(title='"W: the (best) é / A&B 文章 C++ 1.5% -- x!"', date="2020-01-02"),
    "titles/Some File_X.md": page(title='"İs it 100%? @home ~x"'),
    "names/2020-01-31-x.md": page(title="f"),
    "names/v1.2.md": page(title="v"),
    "tail/top.md": page(title="Top"),
    "cuts/x/y/_index.md": page(title="Y"),
    "cuts/x/y/z.md": page(title="Z", date="2020-03-01"),
    "posts/Some File É.md": page(title="Q"),
    "posts/Leaf.Dots/index.md": page(title="L"),
    "posts/Leaf.Dots/part.md": page(title="no page"),
    "posts/Leaf.Dots/deeper/index.md": page(title="no page either"),
    "posts/sub/deeper/c.md": page(title="c"),
    "posts/u1.md": page(title="u", url="post/Foo-Bar"),
    "posts/u2.md": page(title="u", url="/Post/Foo Bar.html"),
    "posts/u3.md": page(title="u", url="/Post/é/"),
    "posts/s1.md": page(title="s", slug="My Slug/É"),
    "posts/README.md": page(title="r"),
    "posts/_under.md": page(title="u"),
    "posts/plain.html": page(title="h"),
    "posts/bare.html": "<p>no page</p>",
    "posts/bare.md": "Text.",
    "posts/m.markdown": page(TITLE="m", DATE="2018-05-05"),
    "posts/single.md": page(title="h", headless="true"),
    "posts/headless/index.md": page(title="h", headless="true"),
    "posts/local.md": page(title="l", _build="{list: local}"),
    "posts/later.md": page(title="l", date="2019-01-01", publishDate="2099-01-01"),
    "posts/denied.md": page(title="p", published="false"),
    "posts/changed.md": page(title="c", lastmod="2019-01-01"),
    "posts/x.fr.md": page(title="fr"),
    "posts/y.en.md": page(title="en"),
}
PERMALINKS = {
    "docs": "/:year/:month/:day/:sections/:section/:slug/",
    "titles": "/:title/",
    "names": "/n/:filename/",
    "tail": "/:year/:month/:2006/:sections[1:]/:slug/",
    "cuts": "/:sections[1:]/:sections[0]/:sections[last]/:2006/:Jan/:weekday/:weekdayname/:yearday/:monthname/",
}


@needs_hugo
@pytest.mark.parametrize("more", ["", "uglyURLs = true\n", "disablePathToLower = true\nremovePathAccents = true\n"])
def test_hugo_has_the_same_links_whatever_its_configuration(tmp_path: Path, more: str) -> None:
    rules = "".join(f'{section} = "{rule}"\n' for section, rule in PERMALINKS.items())
    write(tmp_path, {"hugo.toml": f"{CONFIG}{more}[permalinks]\n{rules}"})
    write(tmp_path / "content", SECTIONS)

    assert links(as_hugo_has_it(tmp_path)) == links(as_we_have_it(tmp_path / "content"))


def links(pages: list[tuple[str, Known]]) -> list[tuple[str, str]]:
    return [(path, address) for path, (address, *_) in pages]


LANGUAGES = """
baseURL = "https://example.org/"
defaultContentLanguage = "en"
{more}
[languages.en]
weight = 1
[languages.fr]
weight = 2
[languages.fr.permalinks]
titles = "/:slug/"
[languages.pt-br]
weight = 3
contentDir = "content-pt"
languageCode = "pt-BR"
[permalinks]
titles = "/:year/:slug/"
"""


@needs_hugo
@pytest.mark.parametrize("more", ["", "defaultContentLanguageInSubdir = true"])
def test_hugo_has_the_same_links_in_every_language(tmp_path: Path, more: str) -> None:
    write(tmp_path, {"hugo.toml": LANGUAGES.format(more=more)})
    names = ("posts/a.md", "posts/a.fr.md", "posts/b/index.md", "posts/b/index.fr.md", "posts/d.de.md")
    dated = {name: page(title="TT", date="2020-01-01") for name in (*names, "titles/t.fr.md", "titles/t.md")}
    write(tmp_path / "content", dated)
    write(tmp_path / "content", {"posts/u.fr.md": page(title="u", url="/uu/"), "posts/v.fr.md": page(url="vv/")})
    write(tmp_path / "content-pt", {"posts/c.md": page(title="c")})
    ours = [(path.partition("/")[2], address) for path, address in links(as_we_have_it(tmp_path))]

    assert links(as_hugo_has_it(tmp_path)) == sorted(ours)
    assert {post.language for post in shown(tmp_path, "hugo").values()} == {"en", "fr", "pt-BR"}


@pytest.mark.parametrize(
    ("name", "config", "hidden"),
    [
        ("hugo-spf13", 'baseURL = "https://spf13.com/"\n[permalinks]\npost = "/post/:slugorfilename/"\n', 3),
        (
            "hugo-letsencrypt/en",
            'baseURL = "https://letsencrypt.org/"\nuglyURLs = true\n[permalinks]\npost = "/:year/:month/:day/:slug/"\n',
            0,
        ),
        ("hugo-ado-podcast", 'baseURL = "https://www.arresteddevops.com/"\n[permalinks]\npost = "/:filename/"\n', 0),
    ],
)
def test_every_post_of_a_real_site_is_published_where_hugo_has_it(
    tmp_path: Path, name: str, config: str, hidden: int
) -> None:
    content = tmp_path / "content"
    shutil.copytree(sample(name), content if "/" in name else content / "post")
    write(tmp_path, {"hugo.toml": config})
    ours = as_we_have_it(content)

    assert len(ours) == len([file for file in content.rglob("*.md") if file.name != "_index.md"]) - hidden
    found = [finding for read in reads(content, "hugo").values() for finding in read.findings]
    # The recordings themselves are not among the samples.
    assert not [finding for finding in found if finding.code != "enclosure-length"]
    if HUGO:
        assert ours == as_hugo_has_it(tmp_path, img="x")
