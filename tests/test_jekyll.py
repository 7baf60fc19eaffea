"""Jekyll's posts, as Jekyll itself reads them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.content.dialects import dialect
from feeds.content.dialects.jekyll_slugs import slugify, titleize
from feeds.model.customs import Customs, Facts
from feeds.model.post import Post
from feeds.model.source import Value
from generator_sites import SITES, golden, read_all, reading_of, sample, understood
from tiny_sites import html, write
from workbench import NOON, Workbench, a_publication

JEKYLL = dialect("jekyll")


def posts_of(content: Path, **site: str) -> dict[str, Post]:
    """Return the posts of a directory that Jekyll would publish, by their paths."""
    found = (read.post for read in read_all(reading_of(content, "jekyll", **site)))
    return {str(post.path): post for post in found if post and not post.hidden}


def post_of(tmp_path: Path, path: str, header: str = "", config: str = "", body: str = "Hello.") -> Post:
    """Return the post that a file of a site is."""
    if config:
        (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{header}\n---\n{body}\n", encoding="utf-8")
    (read,) = (read for read in read_all(reading_of(tmp_path, "jekyll")) if read.path == path)
    assert read.post
    return read.post


def labels(post: Post) -> list[str]:
    return [term.label for term in post.categories]


def test_a_site_is_understood_as_the_golden_file_has_it() -> None:
    assert understood(SITES / "jekyll", "jekyll", ".") == golden("jekyll")


def test_the_root_of_the_site_and_the_folder_of_its_posts_say_the_same_of_a_post(tmp_path: Path) -> None:
    shutil.copytree(SITES / "jekyll", tmp_path / "site")
    whole = posts_of(tmp_path / "site")
    alone = posts_of(tmp_path / "site" / "_posts")

    assert alone
    for path, post in alone.items():
        same = whole[f"_posts/{path}"]
        assert (post.url, post.published, labels(post)) == (same.url, same.published, labels(same))


@pytest.mark.parametrize(
    ("path", "is_post"),
    [
        ("_posts/2024-01-31-a.md", True),
        ("_posts/2024/2024-01-31-a.markdown", True),
        ("films/_posts/2024-1-3-a.html", True),
        ("_posts/24-01-31-a.md", True),
        ("2024-01-31-a.md", True),
        ("2024/2024-01-31-a.md", True),
        ("_drafts/a.md", True),
        ("_posts/a.md", False),
        ("_posts/2024-01-31.md", False),
        ("_posts/2024-01-31-a.txt", False),
        ("_layouts/2024-01-31-a.html", False),
        ("_archive/_posts/2024-01-31-a.md", False),
        (".git/_posts/2024-01-31-a.md", False),
        ("about.md", False),
        ("index.html", False),
    ],
)
def test_a_post_has_a_date_in_its_name(path: str, *, is_post: bool) -> None:
    assert JEKYLL.is_post(path) is is_post


def test_only_what_is_below_posts_is_a_post_where_the_root_of_the_site_is_known() -> None:
    known = Customs(settings={"title": "A site", "exclude": ["old", "*/tmp"], "source": "src"})
    inside = Customs(settings={"title": "A site"}, prefix="_posts/2024")

    assert JEKYLL.takes("src/_posts/2024-01-31-a.md", known)
    assert not JEKYLL.takes("src/assets/2024-01-31-a.html", known)
    assert not JEKYLL.takes("src/old/_posts/2024-01-31-a.md", known)
    assert not JEKYLL.takes("src/x/tmp/_posts/2024-01-31-a.md", known)
    assert JEKYLL.takes("2024-01-31-a.md", inside)


def test_items_of_a_collection_are_posts_where_it_has_a_feed_or_is_the_content_directory() -> None:
    with_feed = Customs(settings={"feed": {"collections": {"news": {"path": "/news.xml"}}}})
    inside = Customs(settings={"title": "A site"}, prefix="_articles")

    assert JEKYLL.takes("_news/a.md", with_feed)
    assert not JEKYLL.takes("_docs/a.md", with_feed)
    assert JEKYLL.takes("a.md", inside)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("", "/tea/2024/03/04/A_b.html"),
        ("date", "/tea/2024/03/04/A_b.html"),
        ("pretty", "/tea/2024/03/04/A_b/"),
        ("ordinal", "/tea/2024/064/A_b.html"),
        ("weekdate", "/tea/2024/W10/Mon/A_b.html"),
        ("none", "/tea/A_b.html"),
        ("/:year/:i_month/:i_day/:slug", "/2024/3/4/a-b"),
        (":short_year-:short_month-:long_month", "/24-Mar-March"),
        ("/:w_year/:w_day/:short_day/:long_day", "/2024/1/Mon/Monday"),
        ("/:hour/:minute/:second/:title", "/10/20/30/A_b"),
        ("/:year_:month/:title:output_ext", "/2024_03/A_b.html"),
        ("/:slugified_categories/:title/", "/tea/A_b/"),
        ("/x//:title/../y", "/x/A_b/y"),
        ("/a b/:title", "/a%20b/A_b"),
    ],
)
def test_a_link_is_made_by_each_pattern_and_style(tmp_path: Path, pattern: str, path: str) -> None:
    header = "title: T\ncategory: Tea\ndate: 2024-03-04 10:20:30 +0000"
    config = f"url: https://x.example\npermalink: '{pattern}'"

    assert post_of(tmp_path, "_posts/2024-03-04-A_b.md", header, config).url == f"https://x.example{path}"


@pytest.mark.parametrize(
    ("permalink", "path"),
    [
        ("/own/", "/own/"),
        ("/:categories/own-:title.html", "/tea/own-a.html"),
        ("pretty", "/pretty"),
        ("/caf%C3%A9/", "/caf%C3%A9/"),
        ("/café/", "/caf%C3%A9/"),
    ],
)
def test_a_post_has_a_pattern_of_its_own(tmp_path: Path, permalink: str, path: str) -> None:
    post = post_of(tmp_path, "_posts/2024-03-04-a.md", f"category: Tea\npermalink: {permalink}")

    assert post.url == f"https://example.org{path}"


def test_what_the_operator_writes_goes_before_the_sites_pattern(tmp_path: Path) -> None:
    customs = Customs(settings={"permalink": "pretty"})
    bench = Workbench(tmp_path, a_publication(generator="jekyll", permalink="/:title", customs=customs))
    bench.write("_posts/2024-03-04-a.md", "---\ntitle: A\n---\nHello.")
    bench.refresh()

    assert bench.catalogued("_posts/2024-03-04-a").url == "https://example.com/a"


@pytest.mark.parametrize(
    ("config", "post", "recipe"),
    [
        ("permalink: /blog/:title/\ncollections: {recipes: {permalink: /r/:name/}}", "/blog/a/", "/r/cake/"),
        ("permalink: /blog/:title/\ncollections: {recipes: {output: true}}", "/blog/a/", "/recipes/cake.html"),
        ("collections: {posts: {permalink: /pp/:title/}, recipes: {}}", "/pp/a/", "/recipes/cake.html"),
        ("permalink: /b/:title/\ncollections: {posts: {permalink: /pp/:title/}}", "/pp/a/", "/recipes/cake.html"),
    ],
)
def test_the_pattern_of_a_collection_goes_before_that_of_the_site_which_is_for_posts_alone(
    tmp_path: Path, config: str, post: str, recipe: str
) -> None:
    config = f"feed: {{collections: [posts, recipes]}}\n{config}"
    urls = [
        post_of(tmp_path, path, "date: 2024-01-01", config).url.removeprefix("https://example.org")
        for path in ("_posts/2024-01-01-a.md", "_recipes/cake.md")
    ]

    assert urls == [post, recipe]


def test_a_pattern_with_a_part_that_jekyll_does_not_know_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("permalink: /:kind/:title/", encoding="utf-8")
    (tmp_path / "2024-01-01-a.md").write_text("---\ntitle: A\n---\nHello.", encoding="utf-8")
    (tmp_path / "_posts").mkdir()
    shutil.move(tmp_path / "2024-01-01-a.md", tmp_path / "_posts")
    (read,) = read_all(reading_of(tmp_path, "jekyll"))

    assert read.post
    assert read.post.url == "https://example.org/2024/01/01/a.html"
    assert [(finding.code, finding.message) for finding in read.findings] == [
        ("permalink-part", "the link has nothing for :kind: the pattern was not used.")
    ]


def test_a_posts_own_pattern_that_jekyll_does_not_know_gives_way_to_the_sites(tmp_path: Path) -> None:
    paths = ("_posts/2024-01-01-a.md", "_posts/2024-01-01-b.md")
    urls = [post_of(tmp_path, path, "permalink: /:foo/:year/", "permalink: /p/:title/").url for path in paths]

    assert urls == ["https://example.org/p/a/", "https://example.org/p/b/"]


@pytest.mark.parametrize(
    ("site", "config", "url"),
    [
        ("https://x.example", "baseurl: /b", "https://x.example/b/a.html"),
        ("https://x.example/b", "baseurl: /b", "https://x.example/b/a.html"),
        ("https://x.example", "url: https://x.example\nbaseurl: b/", "https://x.example/b/a.html"),
        ("https://other.example", "url: https://x.example\nbaseurl: /b", "https://other.example/a.html"),
    ],
)
def test_the_base_of_a_site_is_part_of_its_links_once(tmp_path: Path, site: str, config: str, url: str) -> None:
    (tmp_path / "_config.yml").write_text(f"permalink: none\n{config}", encoding="utf-8")
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2024-01-01-a.md").write_text("---\ntitle: A\n---\nHello.", encoding="utf-8")

    (post,) = posts_of(tmp_path, url=site).values()
    assert post.url == url


@pytest.mark.parametrize(
    ("path", "header", "expected"),
    [
        ("_posts/2024-01-01-a.md", "categories: Java JVM", ["Java", "JVM"]),
        ("_posts/2024-01-01-a.md", "categories: [Java, Virtual Machines]", ["Java", "Virtual Machines"]),
        ("_posts/2024-01-01-a.md", "category: Developer Tools", ["Developer Tools"]),
        ("_posts/2024-01-01-a.md", "categories: a\ncategory: b c", ["a", "b c"]),
        ("_posts/2024-01-01-a.md", "categories: a, b", ["a", "b"]),
        ("_posts/2024-01-01-a.md", "categories:", []),
        ("films/old/_posts/2024/2024-01-01-a.md", "category: a", ["films", "old", "a"]),
        ("films/_posts/2024-01-01-a.md", "category: films", ["films"]),
    ],
)
def test_categories_are_in_folders_above_and_in_two_keys(
    tmp_path: Path, path: str, header: str, expected: list[str]
) -> None:
    assert labels(post_of(tmp_path, path, header)) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [("tags: a b", ["a", "b"]), ("tag: a b", ["a b"]), ("tags: [a b, c]", ["a b", "c"]), ("tag: x\ntags: y", ["x"])],
)
def test_tags_are_split_at_blanks_in_the_plural_alone(tmp_path: Path, header: str, expected: list[str]) -> None:
    post = post_of(tmp_path, "_posts/2024-01-01-a.md", header)

    assert [term.label for term in post.tags] == expected


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2024-07-01 10:00:00", "2024-07-01T10:00"),
        ("2024-07-01 10:00:00 +0200", "2024-07-01T08:00"),
        ("2024-07-01 10:00", "2024-07-01T08:00"),
        ("2024-07-01", "2024-06-30T22:00"),
        ("2024-07-01 10:00:00 2024 -0800", "2024-07-01T18:00"),
    ],
)
def test_a_time_to_the_second_without_a_zone_is_utc_and_all_else_is_the_sites(
    tmp_path: Path, date: str, published: str
) -> None:
    post = post_of(tmp_path, "_posts/2024-01-01-a.md", f"date: {date}", "timezone: Europe/Berlin")

    assert f"{post.published:%Y-%m-%dT%H:%M}" == published


def test_a_name_with_two_digits_of_a_year_has_a_date(tmp_path: Path) -> None:
    assert post_of(tmp_path, "_posts/09-05-06-a.md").published == datetime(2009, 5, 6, tzinfo=UTC)
    assert post_of(tmp_path, "_posts/99-05-06-b.md").published == datetime(1999, 5, 6, tzinfo=UTC)


def test_the_most_particular_default_wins_and_the_post_before_all(tmp_path: Path) -> None:
    config = """
defaults:
  - { scope: { path: films }, values: { author: Bo, lang: fr, categories: [seen] } }
  - { scope: { path: "", type: posts }, values: { author: Ada, Lang: en, tags: all } }
  - { scope: { path: "", type: pages }, values: { author: Nobody } }
  - { scope: { path: "films/_posts/*-secret*" }, values: { published: false } }
  - values: { subtitle: Everywhere }
  - nonsense
"""
    post = post_of(tmp_path, "films/_posts/2024-01-01-a.md", "tags: own", config)
    secret = post_of(tmp_path, "films/_posts/2024-01-01-secret.md")

    assert [author.name for author in post.authors] == ["Bo"]
    assert post.language == "fr"
    assert labels(post) == ["films", "seen"]
    assert [term.label for term in post.tags] == ["own"]
    assert post.summary == "Everywhere"
    assert secret.hidden == "published: false"


def test_posts_of_the_future_wait_unless_the_site_shows_them(tmp_path: Path) -> None:
    path, header = "_posts/2099-01-01-a.md", "title: A"

    assert not post_of(tmp_path, path, header).is_visible(NOON)
    assert post_of(tmp_path, path, header, "future: true").is_visible(NOON)
    assert not post_of(tmp_path, path, "published_at: 2098-01-01", "future: true").is_visible(NOON)


def test_a_site_that_shows_the_future_has_it_in_its_feeds(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="jekyll", customs=Customs(settings={"future": "true"})))
    bench.write("_posts/2099-01-01-a.md", "---\ntitle: Ahead of its time\n---\nHello.")
    bench.refresh()

    assert b"Ahead of its time" in bench.body("/feeds/all.rss")


@pytest.mark.parametrize(
    ("text", "mode", "slug"),
    [
        ("The _config.yml file", "default", "the-config-yml-file"),
        ("The _config.yml file", "pretty", "the-_config.yml-file"),
        ("The _cönfig.yml file", "ascii", "the-c-nfig-yml-file"),
        ("The _cönfig.yml file", "latin", "the-config-yml-file"),
        ("The _config.yml file", "raw", "the-_config.yml-file"),
        ("Été हिन्दी № 5", "default", "été-हिन्दी-5"),
        ("Left Alone!", "none", "left alone!"),
        ("--a--", "default", "a"),
    ],
)
def test_a_slug_is_made_as_jekyll_makes_it(text: str, mode: str, slug: str) -> None:
    assert slugify(text, mode) == slug


def test_a_title_is_made_from_the_files_name(tmp_path: Path) -> None:
    assert titleize("an-iOS-app") == "An Ios App"
    assert post_of(tmp_path, "_posts/2024-01-01-a-fine-day.md", "layout: post").title == "A Fine Day"


def test_authors_are_keys_of_a_data_file(tmp_path: Path) -> None:
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "authors.yml").write_text("bo: { name: Bo Leaf, url: /bo }\n", encoding="utf-8")
    post = post_of(tmp_path, "_posts/2024-01-01-a.md", "authors: [bo, Cy]", "title: A site")

    assert [(author.name, author.url) for author in post.authors] == [("Bo Leaf", "https://example.org/bo"), ("Cy", "")]


def test_the_configuration_tells_of_the_site() -> None:
    settings: dict[str, Value] = {
        "title": "A site",
        "url": "https://x.example/",
        "baseurl": "/b",
        "description": "Of tea.",
        "lang": "fr",
        "timezone": "Europe/Paris",
        "author": {"name": "Ada"},
        "permalink": "pretty",
        "collections": {"posts": {"permalink": "/news/:title/"}},
    }

    assert JEKYLL.facts(Customs(settings=settings)) == Facts(
        title="A site",
        url="https://x.example/b",
        description="Of tea.",
        language="fr",
        timezone="Europe/Paris",
        author="Ada",
    )
    assert JEKYLL.facts(Customs()) == Facts()


@pytest.mark.parametrize(
    ("body", "lead"),
    [
        ("One\ntwo.\n\nThree.", "One\ntwo."),
        ("# Heading\n\n![x](y.png)\n\n<div></div>\n\nText.", "Text."),
        ("Text with [a][b].\n\nMore.\n\n[b]: /c\n", "Text with [a][b].\n\n[b]: /c"),
        ("One.\n\nTwo.\n<!-- more -->\nThree.", "One.\n\nTwo."),
        ("# Only\n\n## Headings", ""),
    ],
)
def test_the_beginning_is_the_first_paragraph_unless_the_author_marks_another(body: str, lead: str) -> None:
    assert JEKYLL.lead(body) == lead


@pytest.mark.parametrize(
    ("name", "url", "timezone", "permalink", "count", "examples"),
    [
        (
            "jekyll-jekyllrb",
            "https://jekyllrb.com",
            "America/Los_Angeles",
            "/news/:year/:month/:day/:title/",
            50,
            {
                "2013-09-06-jekyll-1-2-0-released.markdown": "/news/2013/09/06/jekyll-1-2-0-released/",
                "2019-08-19-jekyll-4-0-0-released.markdown": "/news/2019/08/20/jekyll-4-0-0-released/",
                "2023-01-29-jekyll-3-9-3-released.markdown": "/news/2023/01/29/jekyll-3-9-3-released/",
            },
        ),
        (
            "jekyll-mehdix-fa",
            "https://mehdix.ir",
            "Europe/Berlin",
            ":title:output_ext",
            49,
            {"2014-12-21-kramdown.md": "/kramdown.html", "2024-11-11-42.md": "/42.html"},
        ),
        (
            "jekyll-onevcat",
            "https://onevcat.com",
            "Asia/Tokyo",
            "/:year/:month/:title/",
            50,
            {"2013-04-28-itc-special-characters.md": "/2014/04/itc-special-characters/"},
        ),
    ],
)
def test_every_post_of_a_real_site_is_where_the_site_has_it(
    name: str, url: str, timezone: str, permalink: str, count: int, examples: dict[str, str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(sample(name), site / "_posts", ignore=shutil.ignore_patterns("manifest.json"))
    config = f"url: {url}\ntimezone: {timezone}\npermalink: '{permalink}'\n"
    (site / "_config.yml").write_text(config, encoding="utf-8")

    posts = posts_of(site)

    assert len(posts) == count
    assert {path: posts[f"_posts/{path}"].url for path in examples} == {path: url + at for path, at in examples.items()}
    assert posts_of(site / "_posts").keys() == {path.removeprefix("_posts/") for path in posts}


def test_of_a_link_to_no_post_the_text_is_left(tmp_path: Path) -> None:
    body = "[gone]({% post_url 2020-01-01-gone %}#x) {% post_url 2020-01-01-gone %}."
    write(tmp_path, {"_config.yml": "title: A", "_posts/2024-01-01-a.md": f"---\ntitle: A\n---\n{body}\n"})

    assert html(tmp_path, "jekyll", "_posts/2024-01-01-a.md") == "<p><a>gone</a> .</p>"


@pytest.mark.parametrize(
    "body", ["{% if q %}lost text", "{{ lost text", "{% comment %}lost text", "{% raw %}lost text"]
)
def test_the_text_behind_a_mark_that_nothing_closes_is_kept_and_the_mark_is_noted(tmp_path: Path, body: str) -> None:
    bench = Workbench(tmp_path, a_publication(generator="jekyll"))
    bench.write("_posts/2024-01-01-a.md", f"---\ntitle: A\n---\n{body}\n")
    bench.check()

    assert [finding.line for finding in bench.findings() if finding.code == "template-removed"] == [4]
    assert html(tmp_path / "content", "jekyll", "_posts/2024-01-01-a.md") == "<p>lost text</p>"


def test_sounds_and_transcripts_are_below_the_base_of_the_site_and_measured(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "url: https://j.example\nbaseurl: /show\n", "assets/audio/e1.mp3": "12345"})
    header = "audio: /assets/audio/e1.mp3\ntranscript: /assets/e1.vtt\nheader: {image: /assets/h.png}\n"
    write(tmp_path, {"_posts/2024-01-01-a.md": f"---\ntitle: A\n{header}---\nHello {{{{ page.audio }}}}.\n"})

    post = posts_of(tmp_path, url="https://j.example/show")["_posts/2024-01-01-a.md"]

    assert [(each.url, each.length) for each in post.enclosures] == [("https://j.example/show/assets/audio/e1.mp3", 5)]
    assert post.episode
    assert [each.url for each in post.episode.transcripts] == ["https://j.example/show/assets/e1.vtt"]
    assert post.picture
    assert post.picture.url == "https://j.example/show/assets/h.png"
    assert "Hello /assets/audio/e1.mp3." in html(tmp_path, "jekyll", "_posts/2024-01-01-a.md")


def test_templates_see_what_is_written_and_the_date_of_the_name(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "timezone: Europe/London\n", "_data/authors.yml": "bob: {name: Bob Reed}\n"})
    body = (
        '{% if page.author == "bob" %}by {{ page.author }}{% endif %}, '
        '{{ page.date | date: "%-d %B %Y" }}, {{ page.date | date_to_xmlschema }}, {{ page.date }}, {{ page.id }}'
    )
    write(tmp_path, {"_posts/2024-07-02-a.md": f"---\ntitle: A\nauthor: bob\n---\n{body}\n"})

    shown = html(tmp_path, "jekyll", "_posts/2024-07-02-a.md")

    date = "2 July 2024, 2024-07-02T00:00:00+01:00, 2024-07-02 00:00:00 +0100"
    assert shown == f"<p>by bob, {date}, /2024/07/02/a</p>"
    (post,) = posts_of(tmp_path).values()
    assert [author.name for author in post.authors] == ["Bob Reed"]


@pytest.mark.parametrize("filtered", ['"a" | plus: 1', "3 | divided_by: 0", '"now" | date: "%Y"', "9 | times: 1e99"])
def test_what_cannot_be_calculated_is_left_out(tmp_path: Path, filtered: str) -> None:
    write(tmp_path, {"_posts/2024-07-02-a.md": f"---\ntitle: A\n---\nHello {{{{ {filtered} }}}}.\n"})

    assert html(tmp_path, "jekyll", "_posts/2024-07-02-a.md") == "<p>Hello .</p>"


@pytest.mark.parametrize("content", [".", "_posts"])
@pytest.mark.parametrize(
    ("tag", "href"),
    [
        ("about.md", "https://x.example/sub/about/"),
        ("contact.md", "https://x.example/sub/contact.html"),
        ("_pages/team.md", "https://x.example/sub/who/team.html"),
    ],
)
def test_a_link_to_a_page_leads_to_the_address_that_it_gives_itself(
    tmp_path: Path, content: str, tag: str, href: str
) -> None:
    write(
        tmp_path,
        {
            "_config.yml": "url: https://x.example\nbaseurl: /sub\n",
            "about.md": "---\nlayout: page\npermalink: /about/\n---\nUs.\n",
            "contact.md": "---\nlayout: page\n---\nWrite.\n",
            "_pages/team.md": "---\npermalink: /who/:basename:output_ext\n---\nAll.\n",
            "broken.md": "---\npermalink: [\n---\nNobody reads this.\n",
            "_posts/2024-01-31-a.md": f"---\ntitle: A\n---\n[p]({{% link {tag} %}})\n",
        },
    )
    path = "2024-01-31-a.md" if content == "_posts" else "_posts/2024-01-31-a.md"

    assert html(tmp_path / content, "jekyll", path) == f'<p><a href="{href}">p</a></p>'


def test_a_link_to_a_page_that_nobody_can_look_at_is_its_text(tmp_path: Path) -> None:
    write(
        tmp_path, {"2024-01-31-a.md": "---\ntitle: A\n---\nSee [p]({% link about.md %}) and [f]({% link a.pdf %}).\n"}
    )

    assert html(tmp_path, "jekyll", "2024-01-31-a.md") == (
        '<p>See <a>p</a> and <a href="https://example.org/a.pdf">f</a>.</p>'
    )
