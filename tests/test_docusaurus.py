"""Docusaurus, and directories of Markdown that no dialect is for."""

from pathlib import Path

import pytest

from feeds.bootstrap.surroundings import customs_of
from feeds.content.admonitions import rewrite
from feeds.content.dialects import dialect
from feeds.content.dialects.docusaurus import slugged
from feeds.services.reading import BodyToCompose
from generator_sites import SITES, golden, read_all, reading_of, understood
from tiny_sites import html, page, posts, write
from workbench import NOON, Workbench, a_publication


@pytest.mark.parametrize("name", ["docusaurus", "plain"])
def test_a_site_is_understood(name: str) -> None:
    assert understood(SITES / name, name, ".") == golden(name)


@pytest.mark.parametrize("named", ["", "blog"])
def test_root_and_blog_may_be_named(tmp_path: Path, named: str) -> None:
    write(tmp_path, {"docusaurus.config.js": "module.exports = {url: 'https://example.org', baseUrl: '/'}"})
    write(tmp_path, {"blog/2024-01-02-a.md": page(title="A"), "docs/b.md": page(title="B"), "src/pages/c.md": "# C"})

    assert [post.url for post in posts(tmp_path / named, "docusaurus").values()] == [
        "https://example.org/blog/2024/01/02/a"
    ]


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("2019-09-05-hello", "2019/09/05/hello"),
        ("2019-09-05-hello/index", "2019/09/05/hello"),
        ("2019/09/05/hello", "2019/09/05/hello"),
        ("series/2019-09-05-hello", "2019/09/05/series/hello"),
        ("hello", "hello"),
        ("hello/index", "hello"),
    ],
)
def test_slugs_are_those_that_docusaurus_makes(path: str, slug: str) -> None:
    assert slugged(path) == slug


@pytest.mark.parametrize(
    ("config", "fields", "url"),
    [
        ("trailingSlash: true", {}, "/blog/a/"),
        ("presets: [['classic', {blog: {routeBasePath: '/'}}]]", {}, "/a"),
        ("plugins: [['@docusaurus/plugin-content-blog', {path: 'blog', routeBasePath: 'x'}]]", {}, "/x/a"),
        ("x: 1", {"slug": "/own/place"}, "/blog/own/place"),
    ],
)
def test_addresses_are_those_of_the_settings(tmp_path: Path, config: str, fields: dict[str, str], url: str) -> None:
    write(tmp_path, {"docusaurus.config.ts": f"export default {{ {config} }}"})
    write(tmp_path, {"blog/a.md": page(title="A", date="2024-01-02", **fields)})

    assert [post.url for post in posts(tmp_path, "docusaurus").values()] == [f"https://example.org{url}"]


def test_facts_are_what_the_configuration_says() -> None:
    customs, _ = customs_of(SITES / "docusaurus" / "blog", dialect("docusaurus"))
    facts = dialect("docusaurus").facts(customs)

    assert (facts.title, facts.url, facts.language) == ("Harbour Notes", "https://harbour.example.net", "en")


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        (":::note\nA\n:::\nB", ["> **Note**", "> A", "B"]),
        (":::tip[Title]{x=y}\nA\n:::", ["> **Title**", "> A"]),
        ("::: warning Mind it\nA\n\n    B\n:::", ["> **Mind it**", "> A", ">     B"]),
        ("::::info\n:::tip\nA\n:::\nB\n::::\nC", ["> **Info**", "> > **Tip**", "> > A", "> B", "C"]),
        ('!!! note "T"\n    A\n\n    B\nC', ["> **T**", "> A", "> B", "C"]),
        ("??? danger\n    A", ["> **Danger**", "> A"]),
        ("> [!IMPORTANT]\n> A", ["> **Important**", "> A"]),
        ("```\n:::note\n!!! note\n```", ["```", ":::note", "!!! note", "```"]),
        (":::note\n```\n:::\n```\n:::", ["> **Note**", "> ```", "> :::", "> ```"]),
        (":::\nA", ["A"]),
    ],
)
def test_boxes_become_quotations(body: str, markdown: list[str]) -> None:
    lines = [line for line in rewrite(body).split("\n") if line.strip("> ")]

    assert lines == markdown


def test_without_boxes_the_text_stays_as_it_is() -> None:
    body = "A\n\n    code\n> quote\n"

    assert rewrite(body) is body


def test_what_has_no_date_is_a_post_in_a_blog_only(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"blog/a.md": page(title="A"), "b.md": page(title="B"), "docusaurus.config.js": "export default {x: 1}"},
    )

    assert {path: bool(post.hidden) for path, post in posts(tmp_path, "docusaurus").items()} == {
        "blog/a.md": False,
        "b.md": True,
    }


def test_a_key_of_which_a_part_is_read_is_no_slip(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="docusaurus"))
    bench.write("2024-01-02-a.md", "---\ntitle: A\nlast_update: {date: 2024-02-03}\n---\nText.\n")
    bench.check(NOON)

    assert bench.codes() == []
    bench.close()


def test_plain_markdown_shows_no_template(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": f"{page(title='A', date='2024-01-02')}X {{{{ y }}}} {{% z %}} `{{{{ c }}}}`\n"})
    written = html(tmp_path, "plain", "a.md")

    assert "{{ y" not in written
    assert "{%" not in written
    assert "<code>{{ c }}</code>" in written


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("buildless/2024-09-08-index.md", "/buildless"),
        ("notes/buildless/2024-09-08-index.md", "/notes/buildless"),
        ("buildless/index.md", "/buildless"),
        ("buildless/2024-09-08-reindex.md", "/buildless/reindex"),
        ("2024-09-08-index.md", "/index"),
    ],
)
def test_an_index_stands_for_its_folder_with_a_date_in_its_name_too(tmp_path: Path, path: str, url: str) -> None:
    write(tmp_path, {path: page(title="A", date="2024-09-08")})

    assert [post.url for post in posts(tmp_path, "plain").values()] == [f"https://example.org{url}"]


def test_links_to_files_lead_to_their_pages_and_without_one_the_text_stays(tmp_path: Path) -> None:
    body = "[a](./a.mdx#z) [s](@site/blog/a.mdx) [x](./gone.mdx#f) [r]\n\n[r]: ../docs/gone.md\n"
    write(tmp_path, {"docusaurus.config.js": "module.exports = {x: 1}"})
    write(tmp_path, {"blog/a.mdx": f"{page(title='A', date='2024-01-02')}\n{body}"})
    here = "https://example.org/blog/a"

    for named, path in (("", "blog/a.mdx"), ("blog", "a.mdx")):
        assert html(tmp_path / named, "docusaurus", path) == (
            f'<p>Text.</p>\n<p><a href="{here}#z">a</a> <a href="{here}">s</a> <a>x</a> <a>r</a></p>'
        )
        assert _doubts(tmp_path / named, "docusaurus", path) == ["link-unresolved", "link-unresolved"]


def test_the_id_of_a_heading_is_for_the_generator_alone_and_nothing_to_mend(tmp_path: Path) -> None:
    write(tmp_path, {"a.mdx": f"{page(title='A', date='2024-01-02')}\n## The `x` {{#hid}}\n\n`# {{#b}}`\n"})

    assert "<h2>The <code>x</code></h2>\n<p><code># {#b}</code></p>" in html(tmp_path, "docusaurus", "a.mdx")
    assert _doubts(tmp_path, "docusaurus", "a.mdx") == []


def _doubts(content: Path, generator: str, path: str) -> list[str]:
    reading = reading_of(content, generator)
    read = next(read for read in read_all(reading) if read.path == path)
    assert read.post
    wanted = BodyToCompose(path=path, digest=read.digest, url=read.post.url, key="")
    return [finding.code for finding in reading.compose(wanted).findings]


def test_a_date_in_folders_is_the_date_of_the_post(tmp_path: Path) -> None:
    write(tmp_path, {"docusaurus.config.js": "module.exports = {url: 'https://example.org', baseUrl: '/'}"})
    write(tmp_path, {"blog/2019/09/05-hello.md": page(title="A"), "blog/2019/09/06-dir/index.md": page(title="B")})
    write(tmp_path, {"blog/2019/09/07-c.md": page(title="C", date="2020-01-01")})

    found = posts(tmp_path, "docusaurus").values()

    assert [(post.url.removeprefix("https://example.org/blog"), str(post.published.date())) for post in found] == [
        ("/2019/09/05/hello", "2019-09-05"),
        ("/2019/09/06/dir", "2019-09-06"),
        ("/2019/09/07/c", "2020-01-01"),
    ]


def test_what_begins_at_the_top_of_a_site_below_a_path_has_that_before_it(tmp_path: Path) -> None:
    write(tmp_path, {"docusaurus.config.js": "module.exports = {url: 'https://example.org', baseUrl: '/proj/'}"})
    body = "![s](/img/s.png) [t](/docs/intro) [u](/proj/u) [v](//v.example/v) `[w](/w)` [x]\n\n[x]: /x\n"
    write(tmp_path, {"blog/a.md": page(title="A", date="2024-01-02", image="/img/s.png") + body})

    shown = html(tmp_path, "docusaurus", "blog/a.md")

    for address in ("/proj/img/s.png", "/proj/docs/intro", "/proj/u", "/proj/x"):
        assert f'"https://example.org{address}"' in shown
    assert '"https://v.example/v"' in shown
    assert "[w](/w)" in shown
    picture = posts(tmp_path, "docusaurus")["blog/a.md"].picture
    assert picture
    assert picture.url == "https://example.org/proj/img/s.png"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("require('./q.png').default", '<img src="https://example.org/proj/blog/q.png" alt="Q">'),
        ('require("@site/static/img/q.png").default', '<img src="https://example.org/proj/img/q.png" alt="Q">'),
        ("useBaseUrl('/img/q.png')", '<img src="https://example.org/proj/img/q.png" alt="Q">'),
        ("picture()", ""),
    ],
)
def test_a_picture_that_a_program_names_is_shown_or_noted(tmp_path: Path, source: str, shown: str) -> None:
    write(tmp_path, {"docusaurus.config.js": "module.exports = {url: 'https://example.org', baseUrl: '/proj/'}"})
    write(tmp_path, {"blog/a.md": page(title="A", date="2024-01-02") + f'\n<img src={{{source}}} alt="Q"/>\n'})

    reading = reading_of(tmp_path, "docusaurus")
    (read,) = read_all(reading)
    assert read.post
    composed = reading.compose(BodyToCompose(path=read.path, digest=read.digest, url=read.post.url, key=""))

    assert composed.body
    assert composed.body.html == f"<p>Text.</p>\n{shown}".rstrip()
    assert [each.code for each in composed.findings] == ([] if shown else ["template-removed"])


@pytest.mark.parametrize("name", ["blog/hello/index.md", "blog/hello/2024-01-02-index.md"])
def test_what_lies_in_the_folder_of_a_post_is_below_its_page(tmp_path: Path, name: str) -> None:
    head = page(title="A", date="2024-01-02", image="./c.png", enclosure="a.mp3").removesuffix("Text.\n")
    write(tmp_path, {name: f"{head}![p](./p.jpg) [x](../x) [y](#y)\n", "blog/hello/a.mp3": "sound"})
    write(tmp_path, {"blog/b.md": f"{head}![p](./p.jpg)\n"})
    found = posts(tmp_path, "plain")
    post, alone = found[name], found["blog/b.md"]

    assert post.url == "https://example.org/blog/hello"
    assert post.picture
    assert post.picture.url == "https://example.org/blog/hello/c.png"
    assert [(each.url, each.length) for each in post.enclosures] == [("https://example.org/blog/hello/a.mp3", 5)]
    assert reading_of(tmp_path, "plain").with_measured(post) == post
    assert html(tmp_path, "plain", name) == (
        '<p><img src="https://example.org/blog/hello/p.jpg" alt="p"> <a href="https://example.org/blog/x">x</a> '
        '<a href="https://example.org/blog/hello#y">y</a></p>'
    )
    assert alone.picture
    assert alone.picture.url == "https://example.org/blog/c.png"
