"""Astro: collections, pages, MDX."""

from pathlib import Path

import pytest

from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from feeds.content.javascript import literals
from generator_sites import SITES, golden, sample, understood
from tiny_sites import html, page, posts, reads, write

CONFIG = "export default defineConfig({ site: 'https://example.org' })"


def test_a_site_of_astro_is_understood() -> None:
    assert understood(SITES / "astro", "astro", "src/content") == golden("astro")


@pytest.mark.parametrize("named", ["", "src", "src/content", "src/content/blog"])
def test_root_content_and_folder_of_posts_may_be_named(tmp_path: Path, named: str) -> None:
    post = page(title="A", pubDate="2024-01-02")
    write(tmp_path, {"astro.config.mjs": CONFIG, "src/content/blog/A b.md": post, "README.md": post})
    write(tmp_path, {"src/components/x.md": post, "src/content/blog/_x.md": post, "src/layouts/y.md": post})

    assert [post.url for post in posts(tmp_path / named, "astro").values()] == ["https://example.org/blog/a-b/"]


@pytest.mark.parametrize(
    ("config", "url"),
    [
        ("site: 'https://example.org', trailingSlash: 'never'", "https://example.org/blog/a"),
        ("site: 'https://example.org', build: { format: 'file' }", "https://example.org/blog/a.html"),
        ("site: 'https://example.org/', base: '/sub/'", "https://example.org/sub/blog/a/"),
        ("site: import.meta.env.SITE", "https://example.org/blog/a/"),
    ],
)
def test_addresses_are_those_of_the_settings(tmp_path: Path, config: str, url: str) -> None:
    write(tmp_path, {"astro.config.ts": f"export default defineConfig({{ {config} }})"})
    write(tmp_path, {"src/content/blog/a.md": page(title="A", date="2024-01-02")})

    assert [post.url for post in posts(tmp_path, "astro").values()] == [url]


def test_an_entry_without_a_date_is_no_post(tmp_path: Path) -> None:
    write(tmp_path, {"src/pages/about.md": page(title="About")})

    assert posts(tmp_path, "astro")["src/pages/about.md"].hidden == "a page without a date"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("import A from 'a'\n\nText.", "<p>Text.</p>"),
        ("export const a = {\n\n  b: 1,\n}\n\nText.", "<p>Text.</p>"),
        ("import goods from China.", "<p>import goods from China.</p>"),
        ("{/* no */}Text {`yes`} {'too'} {no}.", "<p>Text yes too .</p>"),
        ("<A b={{c: '}'}} d=\"x > y\">Text.</A>", "<p>Text.</p>"),
        ("<A.B c={() => <b/>}>\n\n**Text.**\n\n</A.B>", "<p><strong>Text.</strong></p>"),
        ("<>\n\nText.\n\n</>", "<p>Text.</p>"),
        ("a \\{b\\} 1 < 2", "<p>a {b} 1 &lt; 2</p>"),
        ("`{a} <B/>`", "<p><code>{a} &lt;B/&gt;</code></p>"),
        ('<YouTube id="a&quot;b" />', "https://www.youtube.com/watch?v=a%22b"),
        ('<img src="/a.png" alt={"x"} className="y" onClick={f} />', '<img src="https://example.org/a.png" alt="x">'),
        ('<div class="x">\n  text *em*\n</div>', "<div>\n<p>text <em>em</em></p>\n</div>"),
        (
            "<section>\n## Two\n\n- item\n</section>\n*on*",
            "<h2>Two</h2>\n<ul>\n<li>item</li>\n</ul>\n</div>\n<p><em>on</em>",
        ),
        ("<div>\n  <div>\n    - a\n      - b\n  </div>\n</div>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("<div>\n    ```\n    <div>\n      a\n    ```\n</div>", "<pre><code>&lt;div&gt;\n  a\n</code></pre>\n</div>"),
        ("<div>a *b*</div>", "<div>a <em>b</em></div>"),
        ('<Image src="/a.png" />\n<Foo title="T">inner</Foo>', "<p><strong>T</strong></p>\n<p>inner</p>"),
        ('a <Image src="/a.png" alt="b" /> c', '<p>a <img src="https://example.org/a.png" alt="b"> c</p>'),
        ("<pre>\n  *a*\n</pre>", "<pre>  *a*\n</pre>"),
    ],
)
def test_mdx_is_shown_without_its_program(tmp_path: Path, body: str, shown: str) -> None:
    write(tmp_path, {"a.mdx": f"---\ntitle: A\ndate: 2024-01-02\n---\n{body}\n"})

    assert shown in html(tmp_path, "astro", "a.mdx")


def test_braces_of_plain_markdown_are_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": f"{page(title='A', date='2024-01-02')}Some {{text}} here.\n"})

    assert "Some {text} here." in html(tmp_path, "astro", "a.md")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("export default {a: 1, b: [true, 'x', c], d: {e: `f`}}", {"a": "1", "b": ["true", "x"], "d": {"e": "f"}}),
        ("module.exports = {a: f({b: 1}), c: '\\'', 'd-e': null}", {"c": "'", "d-e": ""}),
        ("const config = ({a: 1});", {}),
        ("export default {a: 1 + 2, b: `${c}`, ...d, e() { return {x: 1} }, f: 'g'}", {"f": "g"}),
        ("export default {a: /* {b: 1} */ 'c' // d\n, e: (f) => ({g: 1})}", {"a": "c"}),
        ("export default {a: {b: {c: ", {"a": {"b": {}}}),
        ("nothing", {}),
    ],
)
def test_only_what_is_written_out_is_read_of_a_configuration(text: str, read: object) -> None:
    assert literals(text) == read


def test_a_configuration_may_be_nested_as_deep_as_it_likes() -> None:
    assert list(literals("export default " + "{a:" * 100_000)) == ["a"]


def test_facts_are_what_the_configuration_says() -> None:
    customs, _ = customs_of(SITES / "astro" / "src", dialect("astro"))
    facts = dialect("astro").facts(customs)

    assert (facts.url, facts.language) == ("https://harbour.example.net", "en")


def test_the_posts_of_a_real_site_are_all_understood() -> None:
    content = sample("astro-hideoo")
    found = reads(content, "astro")

    assert len(found) == 26
    assert all(read.post and not read.post.hidden for read in found.values())
    assert all("import " not in html(content, "astro", path).split("<pre")[0] for path in list(found)[:5])
