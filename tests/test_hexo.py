"""Hexo's posts, as Hexo itself reads them."""

import shutil
from pathlib import Path, PurePosixPath

import pytest

from feeds.content.dialects import dialect
from feeds.content.dialects.hexo_site import slugize
from feeds.content.parse import parse
from feeds.errors import ContentError
from feeds.model.customs import Customs, Facts
from feeds.model.post import Post
from feeds.model.source import Value
from generator_sites import SITES, golden, read_all, reading_of, understood
from tiny_sites import html
from workbench import NOON

HEXO = dialect("hexo")


def post_of(site: Path, path: str, header: str = "", config: str = "title: A site", body: str = "Hello.") -> Post:
    """Return the post that a file below ``source`` is."""
    (site / "_config.yml").write_text(config, encoding="utf-8")
    file = site / "source" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: A Title\n{header}\n---\n{body}\n", encoding="utf-8")
    (read,) = (read for read in read_all(reading_of(site, "hexo")) if read.path == f"source/{path}")
    assert read.post
    return read.post


def test_a_site_is_understood_as_the_golden_file_has_it() -> None:
    assert understood(SITES / "hexo", "hexo", "source") == golden("hexo")


@pytest.mark.parametrize("content", [".", "source", "source/_posts"])
def test_the_content_directory_may_be_the_root_the_sources_or_the_posts(tmp_path: Path, content: str) -> None:
    shutil.copytree(SITES / "hexo", tmp_path / "site")
    posts = [read.post for read in read_all(reading_of(tmp_path / "site" / content, "hexo")) if read.post]

    assert sorted(post.url for post in posts if not post.hidden) == [
        "https://leaves.example/log/2024/01/tea/green/first/",
        "https://leaves.example/log/2024/03/various/lang/third/",
        "https://leaves.example/log/2099/01/various/later/",
        "https://leaves.example/log/own/second",
    ]


@pytest.mark.parametrize(
    ("path", "is_post"),
    [
        ("source/_posts/a.md", True),
        ("source/_posts/b/a.markdown", True),
        ("_posts/a.html", True),
        ("_drafts/a.md", True),
        ("a.md", True),
        ("b/a.md", True),
        ("source/about/index.md", False),
        ("source/_posts/_a.md", False),
        ("source/_posts/_b/a.md", False),
        ("themes/x/_posts/a.md", False),
        ("themes/x/README.md", False),
        ("scaffolds/post.md", False),
        ("source/_data/a.md", False),
        ("_posts/a.jpg", False),
    ],
)
def test_the_path_tells_what_is_a_post(path: str, *, is_post: bool) -> None:
    assert HEXO.is_post(path) is is_post


def test_pages_are_no_posts_where_the_site_is_known() -> None:
    customs = Customs(settings={"title": "A site"}, prefix="source")

    assert HEXO.takes("_posts/a.md", customs)
    assert not HEXO.takes("about/index.md", customs)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("", "/2024/03/04/sub/my-post/"),
        (":year/:i_month/:i_day/:name.html", "/2024/3/4/my-post.html"),
        ("posts/:post_title/", "/posts/a-title/"),
        (":category/:title/", "/Tea-Time/Green/sub/my-post/"),
        (":hour:minute:second/:name", "/102030/my-post"),
        ("p/:abbrlink.html", "/p/4a17b156.html"),
        (":lang/:name/", "/en/my-post/"),
        ("x/:foo/:year/", "/2024/03/04/sub/my-post/"),
        # As Hexo 8 makes it of "sub/my-post" and that second.
        ("p/:hash/", "/p/9cea699166c1/"),
    ],
)
def test_a_link_is_made_by_each_pattern(tmp_path: Path, pattern: str, path: str) -> None:
    config = f"permalink: '{pattern}'\npermalink_defaults: {{ lang: en }}"
    header = "date: 2024-03-04 10:20:30\nabbrlink: 4a17b156\ncategories: [Tea Time, Green]"

    assert post_of(tmp_path, "_posts/sub/my-post.md", header, config).url == f"https://example.org{path}"


@pytest.mark.parametrize(
    ("config", "header", "path"),
    [
        ("title: x", "permalink: own/page.html", "/own/page.html"),
        ("title: x", "permalink: /own/", "/own/"),
        ("permalink: ':title.html'\npretty_urls: { trailing_html: false }", "", "/a"),
        ("permalink: ':title/index.html'\npretty_urls: { trailing_index: false }", "", "/a/"),
        ("permalink: ':category/:title/'", "", "/uncategorized/a/"),
        ("permalink: ':title'\nnew_post_name: ':year-:month-:day-:title.md'", "", "/a"),
    ],
)
def test_a_site_and_a_post_say_otherwise(tmp_path: Path, config: str, header: str, path: str) -> None:
    name = "_posts/2024-03-04-a.md" if "new_post_name" in config else "_posts/a.md"

    assert post_of(tmp_path, name, f"date: 2024-03-04\n{header}", config).url == f"https://example.org{path}"


def test_a_name_has_a_date_where_the_site_names_files_so(tmp_path: Path) -> None:
    config = "new_post_name: ':year/:i_month-:day-:title.md'\ntimezone: Asia/Tokyo"

    assert post_of(tmp_path, "_posts/2024/3-04-a.md", "", config).url == "https://example.org/2024/03/04/a/"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("categories: [a, b]", ["a", "a/b"]),
        ("categories: [[a, b], [a, c], d]", ["a", "a/b", "a/c", "d"]),
        ("categories: a, b", ["a, b"]),
        ("category: a", ["a"]),
        ("categories:", []),
    ],
)
def test_categories_are_inside_each_other(tmp_path: Path, header: str, expected: list[str]) -> None:
    post = post_of(tmp_path, "_posts/a.md", f"date: 2024-01-01\n{header}")

    assert [term.label for term in post.categories] == expected


@pytest.mark.parametrize(("header", "expected"), [("tags: a, b", ["a, b"]), ("tags: [a, b]", ["a", "b"])])
def test_a_tag_is_one_whatever_is_in_it(tmp_path: Path, header: str, expected: list[str]) -> None:
    post = post_of(tmp_path, "_posts/a.md", f"date: 2024-01-01\n{header}")

    assert [term.label for term in post.tags] == expected


def test_posts_of_the_future_are_shown_unless_the_site_says_no(tmp_path: Path) -> None:
    header = "date: 2099-01-01"

    assert post_of(tmp_path, "_posts/a.md", header).is_visible(NOON)
    assert not post_of(tmp_path, "_posts/a.md", header, "future: false").is_visible(NOON)
    assert not HEXO.shows_future(Customs())


def test_the_configuration_tells_of_the_site() -> None:
    settings: dict[str, Value] = {
        "title": "Leaves",
        "subtitle": "Small notes",
        "url": "https://x.example/log/",
        "root": "/log/",
        "language": ["zh-CN", "en"],
        "timezone": "Asia/Shanghai",
        "author": "Cy",
        "permalink": ":title/",
    }

    assert HEXO.facts(Customs(settings=settings)) == Facts(
        title="Leaves",
        url="https://x.example/log",
        description="Small notes",
        language="zh-CN",
        timezone="Asia/Shanghai",
        author="Cy",
    )


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("Hello World!", "Hello-World"),
        ("Crème brûlée", "Creme-brulee"),
        ("--a_b.c--", "a-b-c"),
        ("日本語 のタイトル", "日本語-のタイトル"),
        ("Straße", "Strase"),
        ("Æon Ωmega Łódź đ ø", "AEon-Ωmega-Lodz-d-o"),
    ],
)
def test_a_slug_is_made_as_hexo_makes_it(written: str, slug: str) -> None:
    assert slugize(written) == slug


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ('"title": "A Title",\n"date": "2013/7/13 20:46:25"\n;;;\nbody\n\n---\nmore\n', False),
        ('"title": "A Title",\n"date": "2013/7/13 20:46:25",\n"published": false\n;;;\nbody\n\n---\nmore\n', True),
        (';;;\n"title": "A Title",\n"date": "2013/7/13 20:46:25",\n"published": false\n;;;\nbody\n\n---\nmore', True),
        ("title: A Title\ndate: 2013-07-13 20:46:25\ntags:\n\t- a\n----\nbody\n\n---\nmore\n", False),
        ("# By hand\ntitle: A Title\ndate: 2013-07-13 20:46:25\npublished: false\n---\nbody\n\n---\nmore\n", True),
    ],
)
def test_a_header_may_lack_its_fence(written: str, *, hidden: bool) -> None:
    source = parse(PurePosixPath("a.md"), written.encode(), header=HEXO.header)

    assert source.fields["title"] == "A Title"
    assert source.body == "body\n\n---\nmore"
    assert written.split("\n")[source.body_line - 1] == "body"
    assert (source.fields.get("published") == "false") is hidden


@pytest.mark.parametrize(
    "prose",
    [
        "Hello.\n\n---\nMore.",
        "# A heading\n---\nMore.",
        "Note: here it begins\n\nand goes on.\n\n---\nMore.",
        "- a\n- b\n---\nMore.",
        "See https://x.example\n---\nMore.",
        "Hello.\n;;;\nMore.",
    ],
)
def test_a_rule_below_prose_is_no_header(prose: str) -> None:
    source = parse(PurePosixPath("a.md"), prose.encode(), header=HEXO.header)

    assert (source.fields, source.body) == ({}, prose)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('"title": "x",\n"published": false,\n;;;\nbody', "front-matter-broken"),
        ("title: x\npublished: false\n;;;\nbody", "front-matter-broken"),
        ("title: a: b\npublished: false\n---\nbody", "front-matter-unknown"),
    ],
)
def test_a_header_without_fence_that_cannot_be_read_waits(written: str, code: str) -> None:
    with pytest.raises(ContentError) as refused:
        parse(PurePosixPath("a.md"), written.encode(), header=HEXO.header)

    assert refused.value.findings[-1].code == code


FILES_BESIDE = "post_asset_folder: true\npermalink: 'posts/:year/:title.html'\n"


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ("marked: { prependRoot: true, postAsset: true }", "/posts/2024/first/b.png"),
        ("marked: { postAsset: true }", "/posts/2024/first/b.png"),
        ("marked: { prependRoot: false, postAsset: true }", "/posts/2024/b.png"),
        ("title: x", "/posts/2024/b.png"),
    ],
)
def test_a_picture_is_in_the_folder_of_the_post_where_the_renderer_looks_there(
    tmp_path: Path, config: str, address: str
) -> None:
    body = "![rel](b.png) ![top](/t.png) ![web](https://x.example/w.png)"
    post_of(tmp_path, "_posts/first.md", "date: 2024-01-01", FILES_BESIDE + config, body)
    written = html(tmp_path, "hexo", "source/_posts/first.md")

    assert f'src="https://example.org{address}"' in written
    assert 'src="https://example.org/t.png"' in written
    assert 'src="https://x.example/w.png"' in written


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("title: x", "<p>a<br>\nb</p>"),
        ("marked: { breaks: false }", "<p>a\nb</p>"),
        ("markdown: { render: { breaks: false } }", "<p>a\nb</p>"),
    ],
)
def test_the_end_of_a_line_is_one_unless_the_site_says_no(tmp_path: Path, config: str, expected: str) -> None:
    body = "a\nb\n\n```\nc\nd\n```\n\n- e\n- f\n\nG\n=\n\n| h | i |\n|---|---|\n| j | k |\n"
    post_of(tmp_path, "_posts/a.md", "date: 2024-01-01", config, body)
    written = html(tmp_path, "hexo", "source/_posts/a.md").replace("<br />", "<br>").replace("<br/>", "<br>")

    assert written.startswith(expected)
    assert "<code>c\nd\n</code>" in written
    assert "<li>e</li>" in written
    assert "<h1>G</h1>" in written
    assert "<td>j</td>" in written
