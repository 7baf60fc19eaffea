"""Pelican: headers, slugs, addresses, links and what is published."""

from pathlib import Path

import pytest

from feeds.bootstrap.surroundings import customs_of
from feeds.content.assignments import assignments
from feeds.content.dialects import dialect
from feeds.content.dialects.pelican_header import lines, restructured
from feeds.content.dialects.pelican_slugs import slugify, substitutions
from feeds.model.customs import Customs
from generator_sites import SITES, golden, read_all, reading_of, sample, understood
from tiny_sites import html, posts, reads, shown, write
from workbench import NOON, Workbench, a_publication

CONFIG = 'SITEURL = "https://example.org"\n'
POST = "Title: A day\nDate: 2024-01-02\n\nText.\n"


def test_a_site_of_pelican_is_understood() -> None:
    assert understood(SITES / "pelican", "pelican", "content") == golden("pelican")


@pytest.mark.parametrize("named", ["", "content", "content/sea"])
def test_root_content_and_folder_of_posts_may_be_named(tmp_path: Path, named: str) -> None:
    files = {
        "pelicanconf.py": f'{CONFIG}PATH = "content"\nARTICLE_URL = "{{category}}/{{slug}}/"\n',
        "content/sea/a.md": POST,
    }
    write(tmp_path, {**files, "content/pages/p.md": POST, "docs/d.md": POST, "notes/n.md": POST, "README.md": POST})

    (post,) = posts(tmp_path / named, "pelican").values()

    assert (post.url, [term.label for term in post.categories]) == ("https://example.org/sea/a-day/", ["sea"])


@pytest.mark.parametrize("named", ["", "posts", "posts/sea"])
def test_without_a_path_in_the_settings_the_content_directory_is_where_articles_are(tmp_path: Path, named: str) -> None:
    post = f"{POST}[b]({{filename}}b.md)\n"
    write(tmp_path, {"pelicanconf.py": CONFIG, "posts/sea/a.md": post, "posts/sea/b.md": POST.replace("day", "b")})

    first = sorted(posts(tmp_path / named, "pelican"))[0]

    assert '<a href="https://example.org/a-b.html">b</a>' in html(tmp_path / named, "pelican", first)


def test_an_article_in_another_language_has_the_address_of_its_language(tmp_path: Path) -> None:
    config = f'{CONFIG}DEFAULT_LANG = "en"\nARTICLE_URL = "b/{{slug}}/"\nARTICLE_LANG_URL = "{{lang}}/b/{{slug}}/"\n'
    texts = {f"content/{lang}.md": f"Title: A\nDate: 2024-01-02\nLang: {lang}\n\nText.\n" for lang in ("en", "fr")}
    write(tmp_path, {"pelicanconf.py": config, **texts})

    assert [post.url for post in posts(tmp_path, "pelican").values()] == [
        "https://example.org/b/a/",
        "https://example.org/fr/b/a/",
    ]


@pytest.mark.parametrize("path", ["/srv/site/content", "../content"])
def test_a_path_that_leads_elsewhere_hides_nothing(tmp_path: Path, path: str) -> None:
    write(tmp_path, {"pelicanconf.py": f'{CONFIG}PATH = "{path}"\n', "content/a.md": POST})

    assert posts(tmp_path / "content", "pelican").keys() == {"a.md"}


@pytest.mark.parametrize(
    ("header", "hidden"),
    [
        ("Title: A\nDate: 2024-01-02", ""),
        ("Title: A\nDate: 2024-01-02\nStatus: published", ""),
        ("Title: A\nDate: 2024-01-02\nStatus: Draft", "status: draft"),
        ("Title: A\nDate: 2024-01-02\nStatus: hidden", "status: hidden"),
        ("Title: A\nDate: 2024-01-02\nStatus: skip", "status: skip"),
        ("Title: A", "no date"),
        ("Date: 2024-01-02", "no title"),
    ],
)
def test_what_pelican_would_not_publish_is_hidden(tmp_path: Path, header: str, hidden: str) -> None:
    write(tmp_path, {"a.md": f"{header}\n\nText.\n"})

    assert posts(tmp_path, "pelican")["a.md"].hidden == hidden


def test_the_settings_may_make_drafts_of_all_and_date_what_has_no_date(tmp_path: Path) -> None:
    config = f'{CONFIG}DEFAULT_METADATA = {{"status": "draft"}}\nDEFAULT_DATE = "fs"\n'
    write(tmp_path, {"pelicanconf.py": config, "content/a.md": POST})
    write(tmp_path, {"content/b.md": "Title: B\nStatus: published\n\nText.\n"})

    found = posts(tmp_path, "pelican")

    assert [found[path].hidden for path in sorted(found)] == ["status: draft", ""]


def test_future_articles_wait_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": POST.replace("2024", "2999"), "pelicanconf.py": CONFIG})
    assert shown(tmp_path, "pelican") == {}

    write(tmp_path, {"pelicanconf.py": f"{CONFIG}WITH_FUTURE_DATES = True\n"})
    assert shown(tmp_path, "pelican").keys() == {"content/a.md"}


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Pelican 3.1 released", "pelican-31-released"),
        ("Pelican's Unified Codebase", "pelicans-unified-codebase"),
        ("  Ünïcödé & <em>tags</em> -- here ", "unicode-tags-here"),
        ("日本", "ri-ben"),
    ],
)
def test_slugs_are_those_that_pelican_makes(title: str, slug: str) -> None:
    assert slugify(title, substitutions(Customs())) == slug


def test_expressions_that_could_take_all_day_are_not_used() -> None:
    customs = Customs(settings={"SLUG_REGEX_SUBSTITUTIONS": [["(a+)+$", ""], ["[", ""], ["x", "y"]]})

    assert substitutions(customs) == (("x", "y"),)


@pytest.mark.parametrize(
    ("settings", "fields", "path"),
    [
        ("", "", "/a-day.html"),
        ('SLUGIFY_SOURCE = "basename"', "", "/file.html"),
        ('ARTICLE_URL = "{date:%Y}/{date:%-m}/{slug}/index.html"', "", "/2024/1/a-day/"),
        ('ARTICLE_URL = "{author}/{category}/{slug}"', "Author: Ada Q\nCategory: Big Sea", "/ada-q/big-sea/a-day"),
        ('DEFAULT_LANG = "fr"', "Lang: de", "/a-day-de.html"),
        ('DEFAULT_LANG = "fr"', "Lang: FR", "/a-day.html"),
        ("", "Slug: Own-Slug", "/Own-Slug.html"),
        ("", "url: own/place/", "/own/place/"),
        ('SLUGIFY_PRESERVE_CASE = True\nARTICLE_URL = "{slug}"', "", "/A-day"),
        ('ARTICLE_URL = "{nothing}/{slug}"', "", "/a-day"),
    ],
)
def test_addresses_are_those_of_the_settings(tmp_path: Path, settings: str, fields: str, path: str) -> None:
    post = f"Title: A day\nDate: 2024-01-02\n{fields}\n\nText.\n".replace("\n\n\n", "\n\n")
    write(tmp_path, {"pelicanconf.py": f"{CONFIG}{settings}\n", "content/file.md": post})

    (read,) = reads(tmp_path, "pelican").values()

    assert read.post
    assert read.post.url.removeprefix("https://example.org").replace("//", "/") == path
    assert ("permalink-part" in [finding.code for finding in read.findings]) is ("{nothing}" in settings)


def test_an_operators_pattern_is_pelicans_or_ours(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": POST})
    reading = reading_of(tmp_path, "pelican")
    for pattern, path in (("/{date:%Y}/{slug}/", "/2024/a-day/"), ("/{date|Y}/{-title}", "/2024/a-day")):
        changed = type(reading)(
            directory=reading.directory, publication=a_publication(generator="pelican", permalink=pattern)
        )
        assert [read.post.url for read in read_all(changed) if read.post] == [f"https://example.com{path}"]


def test_names_are_cut_at_semicolons_else_at_commas_and_an_author_never(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.md": "Title: A\nDate: 2024-01-02\nTags: one; two, three\nAuthor: Quill, Ada\nCategory: a, b\n\n"}
    )
    write(tmp_path, {"b.md": "Title: B\nDate: 2024-01-02\nTags: one, two\nAuthors: Ada, Bo\n\nx"})
    found = posts(tmp_path, "pelican")

    assert [term.label for term in found["a.md"].tags] == ["one", "two, three"]
    assert [author.name for author in found["a.md"].authors] == ["Quill, Ada"]
    assert [term.label for term in found["a.md"].categories] == ["a, b"]
    assert [term.label for term in found["b.md"].tags] == ["one", "two"]
    assert [author.name for author in found["b.md"].authors] == ["Ada", "Bo"]


def test_a_header_ends_at_the_first_blank_line_and_continues_where_it_is_indented() -> None:
    header = lines("Title: A\nSummary: one\n    two\n\tthree\nTags:\n\nKey: not\n")

    assert header
    assert header.pairs == [("Title", "A", 1), ("Summary", "one\ntwo\nthree", 2), ("Tags", "", 5)]
    assert header.body == "Key: not\n"
    assert lines("Just text, with no header.\n\nKey: value") is None


@pytest.mark.parametrize(
    ("text", "pairs", "body"),
    [
        ("A *title*\n=========\n\n:date: 2024\n\nText", ["title=A title", "date=2024"], "\nText"),
        ("=====\nA\n=====\n:date: 2024\n:a: b\n  c\n\nText", ["title=A", "date=2024", "a=b\nc"], "\nText"),
        (".. comment\n   more\n\nA\n##\n\nText", ["title=A"], "\nText"),
        ("Text only.\n\n:date: no", [], "Text only.\n\n:date: no"),
    ],
)
def test_title_and_fields_are_the_header_of_restructured_text(text: str, pairs: list[str], body: str) -> None:
    header = restructured(text)

    assert header
    assert [f"{key}={value}" for key, value, _ in header.pairs] == pairs
    assert header.body == body


def test_a_rule_of_three_dashes_above_keys_is_a_fence_also_in_restructured_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.rst": "---\ntitle: A\ndate: 2024-01-02\n---\nText *here*.\n"})

    assert posts(tmp_path, "pelican")["a.rst"].title == "A"


@pytest.mark.parametrize("suffix", ["rst", "html"])
def test_marks_of_templates_never_reach_readers_but_in_code(tmp_path: Path, suffix: str) -> None:
    text = {"rst": "A\n=\n\n:date: 2024-01-02\n\nSee {{ a }} ``{{ b }}`` {% c %}::\n\n   {% d %}\n", "html": ""}[suffix]
    head = '<head><title>A</title><meta name="date" content="2024-01-02"></head>'
    body = "<body>{{ a }}<code>{{ b }}</code>{% c %}<pre>{% d %}</pre></body>"
    write(tmp_path, {f"a.{suffix}": text or f"<html>{head}{body}</html>"})
    written = html(tmp_path, "pelican", f"a.{suffix}")

    assert [mark in written for mark in ("{{ a }}", "{{ b }}", "{% c %}", "{% d %}")] == [False, True, False, True]


def test_links_to_what_is_no_article_are_left_out_and_said(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": f"{POST}[x]({{filename}}nowhere.md) and ![y]({{attach}}y.png) and `{{static}}z`\n"})
    written = html(tmp_path, "pelican", "a.md")

    assert "<a>x</a>" in written
    assert "https://example.org/y.png" in written
    assert "<code>{static}z</code>" in written


def test_settings_are_read_as_text_and_nothing_is_executed(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    write(
        tmp_path, {"pelicanconf.py": f"open({str(trap)!r}, 'w')\n{CONFIG}X = open({str(trap)!r}, 'w')\nprint 'old'\n"}
    )

    customs, findings = customs_of(tmp_path, dialect("pelican"))

    assert customs.settings == {"SITEURL": "https://example.org"}
    assert not findings
    assert not trap.exists()


def test_facts_are_what_the_settings_say() -> None:
    customs, _ = customs_of(SITES / "pelican" / "content", dialect("pelican"))
    facts = dialect("pelican").facts(customs)

    assert (facts.title, facts.url, facts.timezone) == ("Harbour Notes", "https://harbour.example.net", "Europe/London")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("'a'  # comment", "a"),
        ("('a'\n  'b')", "ab"),
        ("[('x', 1), (r'\\d', None)]", [["x", "1"], ["\\d", ""]]),
        ("{'a': True}", {"a": "true"}),
        ('"""a\nb"""', "a\nb"),
        ("f'{x}'", None),
        ("'a' + b", None),
        ("[" * 40, None),
        ("'never closed", None),
    ],
)
def test_only_what_is_written_out_is_read_of_settings(written: str, value: object) -> None:
    assert assignments(f"BEFORE = 1\nNAME = {written}\nAFTER = 2\n").get("NAME") == value


@pytest.mark.parametrize(("name", "count"), [("pelican-fullstackpython", 27), ("pelican-getpelican-rst", 18)])
def test_the_posts_of_a_real_site_are_all_understood(name: str, count: int) -> None:
    content = sample(name)
    found = reads(content, "pelican")

    assert len(found) == count
    assert all(read.post and not read.post.hidden and read.post.title for read in found.values())
    assert len({read.post.url for read in found.values() if read.post}) == count
    assert {finding.code for read in found.values() for finding in read.findings} <= {"id-ignored"}


def test_a_feed_is_made_of_restructured_text(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="pelican"))
    bench.write("a.rst", "A title\n=======\n\n:date: 2024-01-02\n\nSome *text*.\n")
    bench.refresh(NOON)

    assert b"<title>A title</title>" in bench.body()
    assert b"&lt;em&gt;text&lt;/em&gt;" in bench.body()
    bench.close()


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("Title: A", ["page-hidden"]),
        ("Date: 2024-01-02", ["page-hidden"]),
        ("Title: A\nStatus: draft", []),
        ("Title: A\nDate: 2024-01-02", []),
    ],
)
def test_what_is_not_published_for_want_of_something_is_told_and_not_otherwise(
    tmp_path: Path, header: str, codes: list[str]
) -> None:
    write(tmp_path, {"a.md": f"{header}\n\nText.\n"})

    assert [finding.code for finding in reads(tmp_path, "pelican")["a.md"].findings] == codes


def test_of_links_that_lead_nowhere_the_text_stays(tmp_path: Path) -> None:
    body = "[x]({filename}gone.md#f) <a href='{filename}gone.md'>y</a> [r]\n\n[r]: {filename}gone.md\n"
    restructured_text = "B\n=\n\n:date: 2024-01-02\n\n`x <{filename}gone.md>`_\n"
    write(tmp_path, {"a.md": f"{POST}{body}", "b.rst": restructured_text})

    assert html(tmp_path, "pelican", "a.md") == "<p>Text.\n<a>x</a> <a>y</a> <a>r</a></p>"
    assert html(tmp_path, "pelican", "b.rst") == "<p><a>x</a></p>"


@pytest.mark.parametrize(
    ("title", "line", "read"), [("D", "=", "D"), ("Day", "===", "Day"), ("A day", "====", "A day"), ("Day", "=", "")]
)
def test_a_title_in_restructured_text_is_what_docutils_takes_for_one(title: str, line: str, read: str) -> None:
    found = restructured(f"{title}\n{line}\n\n:date: 2024-01-02\n\nText.\n")

    assert found
    assert {key: value for key, value, _ in found.pairs}.get("title", "") == read


def test_abbreviations_and_footnotes_are_python_markdowns(tmp_path: Path) -> None:
    body = "\n*[HTML]: Hyper Text\n\nHTML.[^a note]\n\n`*[X]: y`\n\n[^a note]: Said.\n"
    write(tmp_path, {"content/a.md": POST + body})
    written = html(tmp_path / "content", "pelican", "a.md")

    assert "Hyper Text" not in written
    assert "<code>*[X]: y</code>" in written
    assert "[^" not in written
    assert "Said." in written


def test_a_summary_in_markdown_is_its_text(tmp_path: Path) -> None:
    summary = "Summary: A **bold** [x]({filename}/x.md) &amp; {filename}/x.md, 2 < 3\n"
    write(tmp_path, {"a.md": summary + POST, "b.rst": "B\n=\n\n:date: 2024-01-02\n:summary: A ``b`` *c*\n\nText.\n"})

    assert [post.summary for post in posts(tmp_path, "pelican").values()] == ["A bold x & /x.md, 2 < 3", "A b c"]
