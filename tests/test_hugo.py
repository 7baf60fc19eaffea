"""Hugo: what its configuration, its sections and the paths of its pages say of posts."""

from pathlib import Path

import pytest

from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from feeds.errors import SettingsError
from generator_sites import SITES, golden, read_all, reading_of, understood
from tiny_sites import page, posts, shown, write
from workbench import NOON, Workbench, a_publication

CONFIG = 'baseURL = "https://example.org/"\n'


def test_a_site_of_hugo_is_understood() -> None:
    assert understood(SITES / "hugo", "hugo", "content") == golden("hugo")


@pytest.mark.parametrize("named", ["", "content", "content/posts"])
def test_root_content_and_folder_of_posts_may_be_named(tmp_path: Path, named: str) -> None:
    write(tmp_path, {"hugo.toml": f'{CONFIG}[permalinks]\nposts = "/:section/:year/:slugorcontentbasename/"\n'})
    write(
        tmp_path,
        {
            "content/posts/a.md": page(title="A", date="2024-01-02"),
            "content/posts/b/index.md": page(title="B", date="2024-01-02"),
            "archetypes/default.md": page(title="'{{ .Name }}'"),
            "themes/x/content/c.md": page(title="C"),
            "layouts/single.html": page(title="{{ .Title }}"),
            "notes/d.md": page(title="D"),
            "README.md": "# The site",
        },
    )
    urls = {post.url for post in posts(tmp_path / named, "hugo").values()}

    assert urls == {"https://example.org/posts/2024/a/", "https://example.org/posts/2024/b/"}


def test_an_operators_pattern_is_hugos_notation_or_ours(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": page(title="A B", date="2024-01-02"), "b.fr.md": page(title="B", date="2024-01-02")})
    reading = reading_of(tmp_path, "hugo")
    of: dict[str, list[str]] = {}
    for pattern in ("/post/:year/:slug/", "/:year/:slug.html", "/p/{date|Y}/{slug}", "/:year/:nothing.html"):
        changed = type(reading)(
            directory=reading.directory, publication=a_publication(generator="hugo", permalink=pattern)
        )
        of[pattern] = [read.post.url.removeprefix("https://example.com") for read in read_all(changed) if read.post]
        unknown = [
            finding for read in read_all(changed) for finding in read.findings if finding.code == "permalink-part"
        ]
        assert bool(unknown) is (pattern == "/:year/:nothing.html")

    assert of == {
        "/post/:year/:slug/": ["/post/2024/a-b/", "/fr/post/2024/b/"],
        "/:year/:slug.html": ["/2024/a-b.html", "/fr/2024/b.html"],
        "/p/{date|Y}/{slug}": ["/p/2024/a", "/p/2024/b-fr"],
        "/:year/:nothing.html": ["/a/", "/fr/b/"],
    }


def test_a_permalink_for_a_page_below_a_section_and_one_by_a_target(tmp_path: Path) -> None:
    nested = '[permalinks.page]\n"docs/a" = "/deep/:slug/"\n"/" = "/top/:slug/"\n'
    listed = '[[permalinks]]\npattern = "/deep/:slug/"\n[permalinks.target]\npath = "/docs/a/**"\n'
    files = {
        "content/docs/a/x.md": page(title="X"),
        "content/docs/y.md": page(title="Y"),
        "content/z.md": page(title="Z", date="2020-01-01"),
    }
    of = []
    for rules in (nested, listed):
        write(tmp_path, {"hugo.toml": CONFIG + rules, **files})
        of.append(
            [post.url.removeprefix("https://example.org") for post in posts(tmp_path / "content", "hugo").values()]
        )

    assert of == [["/deep/x/", "/docs/y/", "/top/z/"], ["/deep/x/", "/docs/y/", "/z/"]]


def test_a_configuration_in_many_files_is_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "config/_default/hugo.yaml": "baseURL: https://example.org/\ntitle: Wrong\n",
            "config/production/hugo.toml": 'title = "Right"\n',
            "config/_default/permalinks.toml": 'posts = "/p/:slug/"\n',
            "config/_default/params.yaml": "description: Of notes\nauthor: {name: Ada}\n",
            "content/posts/a.md": page(title="A"),
        },
    )
    (post,) = posts(tmp_path / "content", "hugo").values()
    customs, findings = customs_of(tmp_path / "content", dialect("hugo"))
    facts = dialect("hugo").facts(customs)

    assert post.url == "https://example.org/p/a/"
    assert (facts.title, facts.url, facts.description) == ("Right", "https://example.org", "Of notes")
    assert facts.author == "Ada"
    assert not findings


def test_all_that_is_broken_in_a_site_is_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "baseURL = \n", "content/posts/a.md": page(title="A"), "content/_index.md": "---\nx"})

    with pytest.raises(SettingsError) as caught:
        customs_of(tmp_path / "content", dialect("hugo"))

    assert [problem.split(": ")[0] for problem in caught.value.problems] == [
        f"{tmp_path}/hugo.toml:1",
        f"{tmp_path}/content/_index.md:1",
    ]


def test_what_sections_cascade_holds_where_a_page_says_nothing_else(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "hugo.toml": f'{CONFIG}[[cascade]]\nauthor = "Site"\n[cascade._target]\npath = "/{{a,b}}/**"\n',
            "content/a/_index.md": "---\ncascade:\n  tags: [near]\n  draft: true\n---\n",
            "content/a/x.md": page(title="X", draft="false"),
            "content/a/y.md": page(title="Y"),
            "content/c/z.md": page(title="Z"),
        },
    )
    found = {
        path: (post.hidden, [tag.label for tag in post.tags])
        for path, post in posts(tmp_path / "content", "hugo").items()
    }
    authors = [[author.name for author in post.authors] for post in posts(tmp_path / "content", "hugo").values()]

    assert found == {"a/x.md": ("", ["near"]), "a/y.md": ("draft", ["near"]), "c/z.md": ("", [])}
    assert authors == [["Site"], ["Site"], []]


def test_dates_are_taken_in_the_order_that_the_site_says(tmp_path: Path) -> None:
    order = (
        '[frontmatter]\ndate = [":filename", ":git", "created", ":default"]\nlastmod = ["touched", ":fileModTime"]\n'
    )
    write(
        tmp_path,
        {
            "hugo.toml": CONFIG + order,
            "content/p/2024-05-06-name.md": page(title="N", date="2020-01-01", touched="2024-06-01"),
            "content/p/created.md": page(title="C", date="2020-01-01", created="2021-02-03"),
            "content/p/plain.md": page(title="P", date="2020-01-01"),
        },
    )
    found = posts(tmp_path / "content", "hugo")

    assert [f"{post.published:%Y-%m-%d} {post.updated:%Y-%m-%d}" for post in found.values()] == [
        "2024-05-06 2024-06-01",
        "2021-02-03 2021-02-03",
        "2020-01-01 2020-01-01",
    ]
    assert found["p/2024-05-06-name.md"].url == "https://example.org/p/name/"


def test_a_site_that_builds_the_future_shows_it(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": CONFIG, "content/p/a.md": page(title="A", date="2099-01-01")})
    assert not shown(tmp_path / "content", "hugo")

    write(tmp_path, {"hugo.toml": f"{CONFIG}buildFuture = true\n"})
    assert posts(tmp_path / "content", "hugo")["p/a.md"].is_visible(NOON)


def test_parts_of_a_bundle_are_no_posts_and_a_page_of_a_category_describes_its_feed(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="hugo"))
    bench.write("posts/a/index.md", page(title="A", date="2024-01-02", categories="[Sea]"))
    bench.write("posts/a/part.md", page(title="Part", date="2024-01-02"))
    bench.write("categories/sea/_index.md", page(title="The Sea", description="All of it."))
    bench.write("posts/b.html", page(title="B", date="2024-01-02", categories="[Sea]"))
    bench.refresh()

    assert b"The Sea" in bench.body("/feeds/category/sea.rss")
    assert bench.body().count(b"<item>") == 2
    bench.close()


def test_a_check_says_nothing_of_addresses_that_hugo_fills_in_unless_they_lead_nowhere(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="hugo"))
    bench.write("posts/a.md", '---\ntitle: A\ndate: 2024-01-02\n---\n[b]({{< ref "b" >}}) [c]({{< ref "c" >}})')
    bench.write("posts/b.md", page(title="B", date="2024-01-02"))
    bench.check()

    assert [finding.message for finding in bench.findings() if finding.code == "link-unresolved"] == [
        'there is no page "c" for a link to lead to.'
    ]
    bench.close()
