"""Eleventy: data files, permalinks, dates and the marks of its templates."""

from pathlib import Path

import pytest

from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from feeds.content.dialects.eleventy_slugs import slug, slugify
from feeds.services.reading import BodyToCompose
from generator_sites import SITES, golden, read_all, reading_of, sample, understood
from tiny_sites import html, page, posts, reads, write


def test_a_site_of_eleventy_is_understood() -> None:
    assert understood(SITES / "eleventy", "eleventy", "content") == golden("eleventy")


@pytest.mark.parametrize("named", ["", "src", "src/blog"])
def test_root_content_and_folder_of_posts_may_be_named(tmp_path: Path, named: str) -> None:
    write(tmp_path, {".eleventy.js": 'module.exports = (c) => { return { dir: { input: "src" } } }'})
    write(tmp_path, {"src/blog/a.md": page(title="A", date="2024-01-02"), "src/_includes/l.njk": "x", "README.md": "x"})

    assert [post.url for post in posts(tmp_path / named, "eleventy").values()] == ["https://example.org/blog/a/"]


@pytest.mark.parametrize(
    ("path", "permalink", "url"),
    [
        ("blog/a.md", "", "/blog/a/"),
        ("blog/a/a.md", "", "/blog/a/"),
        ("blog/a/index.md", "", "/blog/a/"),
        ("2024-01-02-a.md", "", "/a/"),
        ("a.md", "/x/{{ page.fileSlug }}/", "/x/a/"),
        ("2024-01-02-b/index.md", "/x/{{page.fileSlug}}/index.html", "/x/b/"),
        ("n/a.md", "{{ page.filePathStem }}.html", "/n/a.html"),
        ("a.md", "/{{ title | slugify }}/", "/a-title/"),
        ("a.md", "/{{ page.date | date: '%Y/%m/%d' }}/{{ page.fileSlug }}/", "/2024/01/02/a/"),
        ("a.md", "/fixed.html", "/fixed.html"),
        ("a.md", "/{{ unknown }}/", "/a/"),
        ("a.md", "/{% if x %}a{% endif %}/", "/a/"),
    ],
)
def test_addresses_are_those_of_permalinks_else_of_paths(tmp_path: Path, path: str, permalink: str, url: str) -> None:
    fields = {"title": "A title", "date": "2024-01-02"} | ({"permalink": f'"{permalink}"'} if permalink else {})
    write(tmp_path, {path: page(**fields)})

    assert posts(tmp_path, "eleventy")[path].url == f"https://example.org{url}"


def test_the_deepest_data_file_counts_and_front_matter_before_all(tmp_path: Path) -> None:
    write(tmp_path, {"blog/blog.json": '{"author": "A", "lang": "de", "tags": ["posts", "x"]}'})
    write(tmp_path, {"blog/in/in.11tydata.json": '{"lang": "fr", "eleventyComputed": {"a": "b"}}'})
    write(tmp_path, {"blog/in/p.11tydata.js": "export default { author: 'P', f() { return 1 } }"})
    write(tmp_path, {"blog/in/p.md": page(title="P", date="2024-01-02", tags="[y]"), "blog/other.json": "{broken"})
    write(tmp_path, {"blog/in/q.md": page(title="Q", date="2024-01-02", lang="en")})
    found = posts(tmp_path, "eleventy")

    p, q = found["blog/in/p.md"], found["blog/in/q.md"]
    assert (p.language, p.authors[0].name, [tag.label for tag in p.tags]) == ("fr", "P", ["y"])
    assert (q.language, q.authors[0].name, q.tags) == ("en", "A", ())


@pytest.mark.parametrize(
    ("fields", "hidden"),
    [
        ({"date": "2024-01-02"}, ""),
        ({}, "a page without a date"),
        ({"tags": "post"}, ""),
        ({"date": "Last Modified"}, "a page without a date"),
        ({"date": "git Created", "tags": "[blog]"}, ""),
        ({"date": "2024-01-02", "permalink": "false"}, "permalink: false"),
        ({"date": "2024-01-02", "pagination": "{size: 1}"}, "a page of lists"),
        ({"date": "2024-01-02", "eleventyExcludeFromCollections": "true"}, "eleventyexcludefromcollections"),
    ],
)
def test_what_is_no_post_is_hidden(tmp_path: Path, fields: dict[str, str], hidden: str) -> None:
    write(tmp_path, {"a.md": page(title="A", **fields)})

    assert posts(tmp_path, "eleventy")["a.md"].hidden == hidden


def test_marks_never_reach_readers_but_in_code(tmp_path: Path) -> None:
    body = "{{ a }} {% b %} {# c #} {%- if x -%}one{%- else -%}two{%- endif -%} `{{ d }}`\n\n```\n{% e %}\n```\n"
    write(tmp_path, {"a.md": page(title="A", date="2024-01-02") + body})
    written = html(tmp_path, "eleventy", "a.md")

    assert "one" in written
    assert "two" not in written
    assert "<code>{{ d }}</code>" in written
    assert "{% e %}" in written
    assert not {mark for mark in ("{{ a", "{% b", "{#", "{%-") if mark in written}


def test_a_large_lock_file_is_no_data(tmp_path: Path) -> None:
    write(
        tmp_path, {"package-lock.json": "{" + " " * 2_000_000, "block/block.json": '{"lang": "de"}', "k/k.json": "{}"}
    )
    write(tmp_path, {"block/a.md": page(title="A", date="2024-01-02")})
    customs, findings = customs_of(tmp_path, dialect("eleventy"))

    assert not findings
    assert customs.data == {"block/block.json": {"lang": "de"}}


def test_facts_are_what_the_data_of_the_site_say() -> None:
    customs, _ = customs_of(SITES / "eleventy", dialect("eleventy"))
    facts = dialect("eleventy").facts(customs)

    assert (facts.title, facts.url, facts.author) == ("Harbour Notes", "https://harbour.example.net", "Ada Quill")


def test_the_posts_of_a_real_site_are_all_understood() -> None:
    found = reads(sample("11ty-mxb"), "eleventy")

    assert len(found) == 48
    assert all(read.post and not read.post.hidden for read in found.values())
    assert not any(finding.code == "no-date" for read in found.values() for finding in read.findings)
    assert found["posts/roads/2019-10-20-index.md"].post
    assert found["posts/roads/2019-10-20-index.md"].post.url == "https://example.org/posts/roads/"


@pytest.mark.parametrize(
    ("title", "slugified", "slugged"),
    [
        # As @sindresorhus/slugify 2.2.1 and slugify 1.6.9 have it, which Eleventy 3.1.8 comes with.
        ("It's a C++ & JavaScript world", "its-a-c-and-javascript-world", "it's-a-c++-and-javascript-world"),
        ("Café Übung straße", "cafe-uebung-strasse", "cafe-ubung-strasse"),
        ("What? Really! (Yes) 100% v2.0.1", "what-really-yes-100-v2-0-1", "what-really!-(yes)-100percent-v2.0.1"),
        ("Привет мир", "privet-mir", "privet-mir"),
        ("Съезд новый", "syezd-noviy", "suezd-novyj"),
        ("I ♥ 🦄 emoji", "i-love-unicorn-emoji", "i-love-emoji"),
        ("Αθήνα", "athina", "a8hna"),
        ("Łódź žluťoučký Đà Nẵng", "lodz-zlutoucky-da-nang", "lodz-zlutoucky-dja-nang"),
        ("fooBar's a`b · c_d -- e", "foobars-ab-c-d-e", "foobar's-ab-c_d-e"),
        ("日本語 タイトル", "", ""),
    ],
)
def test_a_title_becomes_a_link_as_the_filters_make_it(title: str, slugified: str, slugged: str) -> None:
    assert (slugify(title), slug(title)) == (slugified, slugged)


def test_letters_whose_spelling_is_a_guess_are_noted(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": page(title="𝒜 day", date="2024-01-02", permalink='"/{{ title | slugify }}/"')})
    write(tmp_path, {"b.md": page(title="Übung", date="2024-01-02", permalink='"/{{ title | slugify }}/"')})
    found = reads(tmp_path, "eleventy")

    assert [finding.code for finding in found["a.md"].findings] == ["permalink"]
    assert not found["b.md"].findings


def test_an_indented_line_is_no_code(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": page(title="A post", date="2024-01-02") + "\n    indented {{ title }}\n"})

    assert html(tmp_path, "eleventy", "a.md").endswith("<p>indented A post</p>")


@pytest.mark.parametrize(
    ("config", "url", "page_url", "link"),
    [
        ('{ dir: { input: "." }, pathPrefix: "/sub/" }', "https://a.example", "/sub/a/", "/sub/foo/"),
        ('{ pathPrefix: "sub" }', "https://a.example/sub", "/sub/a/", "/sub/foo/"),
        ('{ pathPrefix: "/sub/" }', "https://a.example/other", "/other/a/", "/other/foo/"),
        ('{ pathPrefix: "/" }', "https://a.example", "/a/", "/foo/"),
        ('{ /* pathPrefix: "/x/" */ } // pathPrefix: "/y/"', "https://a.example", "/a/", "/foo/"),
        ("{ pathPrefix: process.env.X }", "https://a.example/sub", "/sub/a/", "/foo/"),
    ],
)
def test_links_have_the_prefix_of_the_site_once(
    tmp_path: Path, config: str, url: str, page_url: str, link: str
) -> None:
    write(tmp_path, {"eleventy.config.js": f"module.exports = () => {{ return {config} }}"})
    body = "[x]({{ '/foo/' | url }}) [y]({{ 'https://b.example/' | url }})"
    write(tmp_path, {"a.md": page(title="A", date="2024-01-02") + body})
    reading = reading_of(tmp_path, "eleventy", url=url)
    (read,) = read_all(reading)
    assert read.post
    composed = reading.compose(BodyToCompose(path="a.md", digest=read.digest, url=read.post.url, key="")).body

    assert read.post.url == f"https://a.example{page_url}"
    assert composed
    assert f'href="https://a.example{link}"' in composed.html
    assert 'href="https://b.example/"' in composed.html
