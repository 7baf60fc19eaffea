"""Zola: what its configuration, its sections and the paths of its pages say of posts, and what stands in bodies."""

from pathlib import Path, PurePosixPath

import pytest

from builders import a_site
from ending import ends
from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.model.source import Source
from feeds.services.reading import Reading
from generator_sites import SITES, golden, read_all, reading_of, sample, understood
from tiny_sites import html, posts, reads, shown, write
from workbench import a_publication

CONFIG = 'base_url = "https://example.org"\n'
LANGUAGES = "[languages.fr]\n[languages.zh-CN]\n"


def page(**fields: str) -> str:
    lines = "\n".join(f"{key} = {value}" for key, value in fields.items())
    return f"+++\n{lines}\n+++\nText.\n"


def said(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what becomes of the Markdown ``text``, and the codes of what is noted."""
    source = Source(path=PurePosixPath("blog/a.md"), fields={}, lines={}, body=text, digest="")
    notes = Notes(source.path)
    passage = Passage(source=source, url="https://example.org/blog/a/", site=a_site(), notes=notes)
    return dialect("zola").body(passage), tuple(finding.code for finding in notes.findings)


def test_a_site_of_zola_is_understood() -> None:
    assert understood(SITES / "zola", "zola", "content") == golden("zola")


@pytest.mark.parametrize(
    ("config", "path", "fields", "url"),
    [
        ("", "blog/a.md", {}, "/blog/a/"),
        ("", "a.md", {"date": "2024-01-02"}, "/a/"),
        ("", "blog/deep/b/index.md", {}, "/blog/deep/b/"),
        ("", "Blog Posts/My File_x.md", {}, "/Blog%20Posts/my-file-x/"),
        ("", "blog/日本.md", {}, "/blog/ri-ben/"),
        ("", "blog/Héhé (1,000).md", {}, "/blog/hehe-1-000/"),
        ("", "blog/2024-01-31-a.md", {}, "/blog/a/"),
        ("", "blog/2024-01-31_a.md", {"date": "2020-01-01"}, "/blog/a/"),
        ("", "blog/2024-01-31T10:20:30Z-a.md", {}, "/blog/a/"),
        ("", "blog/2024-01-31.md", {}, "/blog/2024-01-31/"),
        ("", "blog/2024-13-31-a.md", {"date": "2024-01-01"}, "/blog/2024-13-31-a/"),
        ("", "blog/2024-01-31-b/index.md", {}, "/blog/b/"),
        ("", "blog/a.md", {"slug": '"My Slug/x"'}, "/blog/my-slug-x/"),
        ("", "blog/a.md", {"path": '"/Old/Way"', "slug": '"s"'}, "/Old/Way/"),
        ("", "blog/a.fr.md", {}, "/blog/a-fr/"),
        (LANGUAGES, "blog/a.fr.md", {}, "/fr/blog/a/"),
        (LANGUAGES, "blog/a.en.md", {}, "/blog/a/"),
        (LANGUAGES, "blog/a/index.zh-CN.md", {}, "/zh-CN/blog/a/"),
        (LANGUAGES, "blog/a.fr.md", {"path": '"fr/x"'}, "/fr/x/"),
        ('[[languages]]\ncode = "fr"\n', "blog/a.fr.md", {}, "/fr/blog/a/"),
        ("slugify_paths = false\n", "blog/日本 x?.md", {}, "/blog/%E6%97%A5%E6%9C%AC%20x/"),
        ('[slugify]\npaths = "safe"\n', "blog/日本 x?.md", {}, "/blog/%E6%97%A5%E6%9C%AC%20x/"),
        ('[slugify]\npaths = "off"\n', "blog/A b.md", {}, "/blog/A%20b/"),
        ("[slugify]\npaths_keep_dates = true\n", "blog/2024-01-31-a.md", {}, "/blog/2024-01-31-a/"),
    ],
)
def test_a_page_is_where_zola_has_it(tmp_path: Path, config: str, path: str, fields: dict[str, str], url: str) -> None:
    write(tmp_path, {"config.toml": CONFIG + config, f"content/{path}": page(**fields)})
    (post,) = posts(tmp_path / "content", "zola").values()

    assert post.url.removeprefix("https://example.org") == url


@pytest.mark.parametrize("named", ["", "content", "content/blog"])
def test_root_content_and_folder_of_posts_may_be_named(tmp_path: Path, named: str) -> None:
    names = ("content/blog/a.md", "content/blog/b/index.md", "templates/x.md", "themes/x/content/c.md", "notes/d.md")
    write(tmp_path, {"config.toml": CONFIG, "README.md": "# The site", **dict.fromkeys(names, page(title='"T"'))})
    urls = {post.url for post in posts(tmp_path / named, "zola").values()}

    assert urls == {"https://example.org/blog/a/", "https://example.org/blog/b/"}


def test_without_a_configuration_suffixes_of_languages_are_known(tmp_path: Path) -> None:
    names = ("blog/a.fr.md", "blog/a/index.pt-BR.md", "blog/socket.io.md")
    write(tmp_path / "content", dict.fromkeys(names, page(title='"T"')))

    assert {post.url: post.language for post in posts(tmp_path / "content", "zola").values()} == {
        "https://example.org/fr/blog/a/": "fr",
        "https://example.org/pt-BR/blog/a/": "pt-BR",
        "https://example.org/blog/socket-io/": "",
    }


def test_an_operators_pattern_is_not_for_pages_with_a_path_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": page(date="2024-01-02"), "b.md": page(date="2024-01-02", path='"c"')})
    publication = a_publication(generator="zola", permalink="/{date|Y}/{slug}")
    found = read_all(Reading(directory=reading_of(tmp_path, "zola").directory, publication=publication))

    assert [read.post.url for read in found if read.post] == ["https://example.com/2024/a", "https://example.com/c/"]


def test_what_the_future_holds_is_published_as_zola_does(tmp_path: Path) -> None:
    write(tmp_path, {"config.toml": CONFIG, "content/blog/a.md": page(date="2099-01-01")})

    assert list(shown(tmp_path / "content", "zola")) == ["blog/a.md"]


@pytest.mark.parametrize("config", [CONFIG, ""])
def test_a_page_without_a_date_is_hidden_in_sections_too(tmp_path: Path, config: str) -> None:
    names = ("blog/a.md", "blog/b/index.md", "blog/2024-01-02-c.md")
    write(tmp_path, {"config.toml": config, **{f"content/{name}": page(title='"T"') for name in names}})

    assert {path: post.hidden for path, post in posts(tmp_path / "content", "zola").items()} == {
        "blog/2024-01-02-c.md": "",
        "blog/a.md": "a page without a date",
        "blog/b/index.md": "a page without a date",
    }


def test_facts_are_those_of_the_configuration() -> None:
    customs, findings = customs_of(SITES / "zola" / "content", dialect("zola"))
    facts = dialect("zola").facts(customs)

    assert not findings
    assert (facts.title, facts.url, facts.language) == ("Lantern", "https://lantern.example", "en")
    assert (facts.author, facts.description) == ("Ada Keel", "Light on small things.")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('{{ youtube(id="w7Ft2ymGmfc") }}', '<iframe src="https://www.youtube.com/embed/w7Ft2ymGmfc"></iframe>\n'),
        ('a {{ image(path="a.jpg", alt="x\'y") }} b', 'a <img src="a.jpg" alt="x&#x27;y"> b'),
        ('{{ streamable(id="1/2") }}', '<iframe src="https://streamable.com/e/1%2F2"></iframe>\n'),
        ('{% details(summary="S") %}in{% end %}', "<details><summary>S</summary>\n\nin\n\n</details>\n"),
        ("{% a() %}x {% b(c=[1, 2]) %}y{% end %} z{% end %}", "x y z"),
        ("{{- a() -}}{% end %}", "{% end %}"),
        ("{{/* a() */}} {%/* b() */%} {%/* end */%}", "{{ a() }} {% b() %} {% end %}"),
        ("{{ a }} {% b %} {{ c.d() }} $name:ident {{", "{{ a }} {% b %} {{ c.d() }} $name:ident {{"),
        ("```\n{{/* a() */}} {{ b }}\n- [ ] @/c\n```", "```\n{{ a() }} {{ b }}\n- [ ] @/c\n```"),
        (
            "[a](@/blog/_index.md#b) [c](@/_index.fr.md)",
            "[a](https://example.com/blog/#b) [c](https://example.com/fr/)",
        ),
        ("[a]: @/none.md#b\n`[a](@/b.md)`", "[a]: unresolved:#b\n`[a](@/b.md)`"),
        ("## `code` text {#two}\n## `{#a}` {.b}\n### `{#c}`", "## `code` text \n## `{#a}` \n### `{#c}`"),
        ("> [!TIP]\n> x", "> **Tip**\n> \n> x"),
    ],
)
def test_marks_become_what_they_stand_for(text: str, outcome: str) -> None:
    assert said(text)[0] == outcome


def test_what_is_left_out_is_noted() -> None:
    assert said("{{ a() }} {{ a() }} {% b() %}c{% end %}")[1] == ("template-removed", "template-removed")
    assert said('{{ youtube(id="a") }} {{/* a() */}} {{ b }} {% c %}')[1] == ()
    assert said("[a](@/none.md) [b](@/none.md)")[1] == ("link-unresolved",)


def test_internal_links_lead_to_the_pages_of_files(tmp_path: Path) -> None:
    text = "[x](@/blog/b/index.md#y)\n\n[z][1]\n\n[1]: @/blog/c.fr.md\n"
    write(tmp_path, {"config.toml": CONFIG + LANGUAGES, "content/blog/a.md": f"+++\n+++\n{text}"})
    write(tmp_path / "content", dict.fromkeys(("blog/b/index.md", "blog/c.fr.md"), page(title='"T"')))

    for named, path in (("", "content/blog/a.md"), ("content", "blog/a.md"), ("content/blog", "a.md")):
        found = html(tmp_path / named, "zola", path)
        assert 'href="https://example.org/blog/b/#y"' in found
        assert 'href="https://example.org/fr/blog/c/"' in found


def test_of_a_link_to_no_page_the_text_is_left(tmp_path: Path) -> None:
    write(tmp_path, {"content/blog/a.md": "+++\n+++\n[*gone*](@/blog/gone.md#frag), [old]\n\n[old]: @/x.md\n"})

    assert html(tmp_path / "content", "zola", "blog/a.md") == "<p><a><em>gone</em></a>, <a>old</a></p>"


@pytest.mark.parametrize("mark", ["{{ a() }}", "{{ a(", '{{ a("', "{% a() %}", "{% end %}", "](@/a ", "[a]: @/b\n"])
def test_hostile_bodies_take_no_longer_than_they_are(mark: str) -> None:
    with ends():
        said(mark * (100_000 // len(mark)))


def test_every_page_with_a_date_of_a_real_site_is_published_where_zola_has_it() -> None:
    content = sample("zola-blog-os")
    pages = [file for file in content.rglob("*.md") if not file.name.startswith("_index")]
    urls = {path: post.url.removeprefix("https://example.org") for path, post in shown(content, "zola").items()}
    doubts = {finding.code for read in reads(content, "zola").values() for finding in read.findings}

    hidden = [post.hidden for post in posts(content, "zola").values() if post.hidden]

    assert len(urls) + len(hidden) == len(pages)
    assert set(hidden) == {"a page without a date"}
    assert len(hidden) == 5
    assert urls["status-update/2020-04-01/index.md"] == "/status-update/2020-04-01/"
    assert urls["edition-2/posts/10-heap-allocation/index.md"] == "/heap-allocation/"
    assert urls["edition-2/posts/10-heap-allocation/index.pt-BR.md"] == "/pt-BR/heap-allocation/"
    assert doubts == {"page-hidden"}
