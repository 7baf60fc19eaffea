"""Nikola: headers in comments, places of posts, links and shortcodes."""

from pathlib import Path

import pytest

from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from generator_sites import SITES, golden, understood
from tiny_sites import html, posts, write
from workbench import NOON, Workbench, a_publication

HEADER = "<!--\n.. title: A\n.. date: 2024-01-02\n-->\n\n"


def test_a_site_of_nikola_is_understood() -> None:
    assert understood(SITES / "nikola", "nikola", ".") == golden("nikola")


@pytest.mark.parametrize("named", ["", "posts", "posts/deep"])
def test_root_and_folders_of_posts_may_be_named(tmp_path: Path, named: str) -> None:
    write(tmp_path, {"conf.py": 'POSTS = (("posts/*.md", "notes", "post.tmpl"),)\n', "posts/deep/a.md": f"{HEADER}x"})
    write(tmp_path, {"pages/p.md": f"{HEADER}x", "README.md": "# x"})

    assert [post.url for post in posts(tmp_path / named, "nikola").values()] == ["https://example.org/notes/deep/a/"]


@pytest.mark.parametrize(
    ("config", "fields", "path"),
    [
        ("", "", "/posts/a/"),
        ("PRETTY_URLS = False", "", "/posts/a.html"),
        ("", ".. pretty_url: False\n", "/posts/a.html"),
        ("", ".. slug: other\n", "/posts/other/"),
    ],
)
def test_addresses_are_those_of_the_settings(tmp_path: Path, config: str, fields: str, path: str) -> None:
    write(tmp_path, {"conf.py": f"{config}\nX = 1\n", "posts/a.md": HEADER.replace("-->", f"{fields}-->")})

    assert posts(tmp_path, "nikola")["posts/a.md"].url == f"https://example.org{path}"


@pytest.mark.parametrize(
    ("fields", "hidden", "featured"),
    [
        (".. status: draft", "status: draft", False),
        (".. status: private", "status: private", False),
        (".. tags: a, draft", "status: draft", False),
        (".. status: featured", "", True),
        (".. status: published", "", False),
    ],
)
def test_status_and_tags_tell_what_is_published(tmp_path: Path, fields: str, hidden: str, *, featured: bool) -> None:
    write(tmp_path, {"a.md": HEADER.replace("-->", f"{fields}\n-->")})
    post = posts(tmp_path, "nikola")["a.md"]

    assert (post.hidden, post.featured) == (hidden, featured)


def test_a_file_of_the_two_file_form_is_not_published(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "Text.\n", "a.meta": ".. title: A\n.. date: 2024-01-02\n"})

    assert {path: post.hidden for path, post in posts(tmp_path, "nikola").items()} == {"a.md": "no title"}


def test_of_links_that_lead_nowhere_the_text_stays(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": f"{HEADER}[x](link://slug/nowhere) [y](link://unknown/z) [r](link://index/x)\n"})

    assert html(tmp_path, "nikola", "a.md") == '<p><a>x</a> <a>y</a> <a href="https://example.org/">r</a></p>'


def test_a_check_knows_links_that_nikola_fills_in(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="nikola"))
    bench.write("a.md", f"{HEADER}[a](link://slug/a)\n")
    bench.check(NOON)

    assert bench.codes() == []
    bench.close()


def test_facts_are_what_the_settings_say() -> None:
    customs, _ = customs_of(SITES / "nikola", dialect("nikola"))
    facts = dialect("nikola").facts(customs)

    assert (facts.title, facts.url, facts.author) == ("Harbour Notes", "https://harbour.example.net", "Ada Quill")


def test_what_begins_at_the_top_of_a_site_below_a_path_has_that_before_it(tmp_path: Path) -> None:
    write(tmp_path, {"conf.py": 'BLOG_TITLE = "N"\nSITE_URL = "https://nik.example/b/"\n'})
    header = ".. title: A\n.. date: 2024-01-02\n.. previewimage: /images/p.png\n\n"
    write(tmp_path, {"posts/a.rst": f"{header}.. image:: /images/x.png\n\n`T </t/>`__\n"})
    write(tmp_path, {"posts/b.md": f'{header}![x](/images/x.png) [t](/b/t/)\n\n<img src="/images/y.png" alt="">\n'})

    rst, md = (html(tmp_path, "nikola", f"posts/{name}") for name in ("a.rst", "b.md"))

    assert 'src="https://nik.example/b/images/x.png"' in rst
    assert 'href="https://nik.example/b/t/"' in rst
    for address in ("images/x.png", "t/", "images/y.png"):
        assert f'"https://nik.example/b/{address}"' in md
    picture = posts(tmp_path, "nikola")["posts/a.rst"].picture
    assert picture
    assert picture.url == "https://nik.example/b/images/p.png"
