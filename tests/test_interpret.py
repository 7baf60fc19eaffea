from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.content.dialects import dialect
from feeds.content.interpret import Interpretation, interpret
from feeds.content.parse import parse
from feeds.errors import ContentError
from feeds.model.post import Author, Picture, Post, Term
from feeds.model.site import Site

SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "content"
SITE = Site(
    title="The Example",
    url="https://example.com",
    public_url="https://feeds.example.com",
    description="News",
    timezone="Europe/London",
)
FIRST_SEEN = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
LATER = datetime(9999, 1, 1, tzinfo=UTC)


def understood(
    text: str | bytes, path: str = "2024-01-31-a-post.md", generator: str = "plain", **changes: Any
) -> Interpretation:
    data = text if isinstance(text, bytes) else text.encode()
    options: dict[str, Any] = {"permalink": "", "date_formats": (), "site": SITE, "first_seen": FIRST_SEEN} | changes
    return interpret(parse(PurePosixPath(path), data), dialect=dialect(generator), **options)


def post(header: str, body: str = "Body", path: str = "2024-01-31-a-post.md", **options: Any) -> Post:
    return understood(f"---\ntitle: Foo\n{header}\n---\n{body}", path, **options).post


def codes(header: str, body: str = "Body", path: str = "2024-01-31-a-post.md", **options: Any) -> list[str]:
    text = f"---\ntitle: Foo\n{header}\n---\n{body}"
    return [finding.code for finding in understood(text, path, **options).findings]


def refusal(header: str, path: str = "a-post.md") -> tuple[str, int]:
    with pytest.raises(ContentError) as caught:
        post(header, path=path)
    return caught.value.findings[-1].code, caught.value.findings[-1].line


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


# Title and summary


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: '<b>Tom</b> &amp; Jerry'\n---\n# Heading", "Tom & Jerry"),
        ("---\ntitle: 2025\n---\n", "2025"),
        ("---\ntitle:\n---\nText\n\n# The *real* `title` #\n\n# Another", "The *real* `title`"),
        ("# Heading", "Heading"),
        ("```sh\n# a comment\n```\n\n## Second level\n\n# Heading", "Heading"),
        ("---\ntitle: '<b></b>'\n---\n# Heading", "Heading"),
    ],
)
def test_the_title_is_given_or_is_the_first_heading(text: str, title: str) -> None:
    interpretation = understood(text)

    assert interpretation.post.title == title
    assert interpretation.findings == ()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2024-01-31-a_post-of_mine.md", "A post of mine"),
        ("2024-01-31.md", "2024 01 31"),
        ("2024-01-31-x/some-thing/index.md", "Some thing"),
        ("2024/01/31/__.md", "Untitled"),
    ],
)
def test_a_post_without_a_title_is_called_as_its_file(path: str, title: str) -> None:
    interpretation = understood("Text", path)

    assert interpretation.post.title == title
    assert [finding.code for finding in interpretation.findings] == ["no-title"]


def test_a_title_is_never_without_end() -> None:
    interpretation = understood(f"---\ntitle: {'x' * 2000}\n---\n")

    assert interpretation.post.title == "x" * 1000
    assert [(finding.code, finding.line) for finding in interpretation.findings] == [("too-long", 2)]


def test_the_summary_is_the_authors_in_plain_text() -> None:
    assert post("excerpt: <i>One</i>\\n\ndescription: ''").summary == "One\\n"
    assert post("description: |\n  One\n  <b>two</b>").summary == "One two"
    assert post("").summary == ""


# Dates


@pytest.mark.parametrize(
    ("header", "published"),
    [
        ("date: 2020-09-30 07:42:47", utc(2020, 9, 30, 6, 42, 47)),
        ("date: 2020-09-30T07:42:47Z", utc(2020, 9, 30, 7, 42, 47)),
        ("pubDate: 9/24/2023", utc(2023, 9, 23, 23)),
        ("published: 2020-01-01", utc(2020, 1, 1)),
        ("published: true\ncreated_at: 2020-01-01", utc(2020, 1, 1)),
        ("date:\n  updated: 2021-01-01\n  Created: 2020-01-01", utc(2020, 1, 1)),
        ("date:", utc(2024, 1, 31)),
        ("", utc(2024, 1, 31)),
    ],
)
def test_a_post_is_published_when_it_says_or_else_its_name_does(header: str, published: datetime) -> None:
    assert post(header).published == published
    assert post(header).visible_from == published
    assert codes(header) == []


def test_a_post_without_any_date_was_published_when_it_was_first_seen() -> None:
    assert post("", path="a.md").published == FIRST_SEEN.replace(microsecond=0)
    assert codes("", path="a.md") == ["no-date"]


@pytest.mark.parametrize("generator", ["plain", "jekyll", "hugo", "zola"])
@pytest.mark.parametrize("path", ["_posts/2024-02-30-bad.md", "blog/2024-13-01-bad/index.md"])
def test_a_post_whose_name_has_an_impossible_date_waits_unless_it_has_another(generator: str, path: str) -> None:
    with pytest.raises(ContentError, match="-bad") as refused:
        post("", path=path, generator=generator)

    assert [finding.code for finding in refused.value.findings] == ["date-impossible"]
    assert post("date: 2024-01-02", path=path, generator=generator).published.year == 2024


def test_configured_formats_go_before_the_dialects() -> None:
    assert post("date: 05/01/2024", date_formats=("%d/%m/%Y",)).published == utc(2024, 1, 5)
    assert post("date: 2020-09-30-07-42-47", generator="jigsaw").published == utc(2020, 9, 30, 6, 42, 47)


@pytest.mark.parametrize(("written", "code"), [("2023-02-31", "date-impossible"), ("soon", "date-unknown")])
def test_a_date_that_cannot_be_read_gives_way_to_the_file_name_or_the_post_waits(written: str, code: str) -> None:
    assert post(f"date: {written}").published == utc(2024, 1, 31)
    assert codes(f"date: {written}") == [code]
    assert codes(f"date: {written}\ncreated: 2020-01-01") == [code]
    assert refusal(f"date: {written}") == (code, 3)


@pytest.mark.parametrize(
    ("header", "updated"),
    [
        ("lastmod: 2024-03-01", utc(2024, 3, 1)),
        ("date:\n  created: 2024-01-31\n  updated: 2024-03-01", utc(2024, 3, 1)),
        ("updated: 2023-01-01", utc(2024, 1, 31)),
        ("", utc(2024, 1, 31)),
    ],
)
def test_an_update_is_never_before_publication(header: str, updated: datetime) -> None:
    assert post(header).updated == updated
    assert codes(header) == []


def test_an_update_that_cannot_be_read_is_left_out() -> None:
    assert post("modified: lately").updated == utc(2024, 1, 31)
    assert codes("modified: lately") == ["updated-unreadable"]


def test_the_later_of_two_dates_of_publication_decides_when_the_post_is_shown() -> None:
    scheduled = post("date: 2024-01-31\npublishDate: 2030-01-01")

    assert scheduled.published == utc(2024, 1, 31)
    assert scheduled.visible_from == utc(2030, 1, 1)
    assert refusal("date: 2024-01-31\npublishDate: someday") == ("date-unknown", 4)


def test_a_post_expires() -> None:
    assert post("expiryDate: 2025-01-01").visible_until == utc(2025, 1, 1)
    assert post("expires: never").visible_until is None
    assert post("expires: false").visible_until is None
    assert post("expires:").visible_until is None
    assert refusal("expires: soon") == ("expiry-unreadable", 3)


# Visibility


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("draft: true", "draft"),
        ("Draft: YES", "draft"),
        ("draft: perhaps", "draft"),
        ("draft: [true]", "draft"),
        ("isDraft: 1", "isdraft"),
        ("published: false", "published: false"),
        ("published: No", "published: false"),
        ("published:", "published: false"),
        ("published: someday", "published: someday"),
        ("publish: {a: b}", "publish: …"),
        ("status: draft", "status: draft"),
        ("status: Private", "status: private"),
        ("visibility: hidden", "visibility: hidden"),
        ("hidden: true", "hidden"),
        ("unlisted: on", "unlisted"),
        ("private: y", "private"),
        ("feeds: false", "feeds: false"),
        ("password: hunter2", "password"),
        ("eleventyExcludeFromCollections: true", "eleventyexcludefromcollections"),
        ("permalink: false", "permalink: false"),
        ("status: ok\ndraft: true", "draft"),
    ],
)
def test_what_an_author_hides_is_hidden(header: str, reason: str) -> None:
    assert post(header).hidden == reason
    assert not post(header).is_visible(LATER)


@pytest.mark.parametrize(
    "header",
    [
        "draft: false",
        "draft: FALSE",
        "draft: 0",
        "draft:",
        "draft: null",
        "hidden: no",
        "unlisted: off",
        "published: true",
        "published: 2020-01-01",
        "status: published",
        "status: evergreen",
        "feeds: [a]",
        "feeds:",
        "password:",
        "feed: {a: b}",
    ],
)
def test_what_an_author_does_not_hide_is_visible(header: str) -> None:
    assert post(header).hidden == ""
    assert codes(header) == []


def test_a_folder_of_drafts_is_hidden() -> None:
    assert post("", path="_drafts/2024-01-31-a.md").hidden == "in _drafts"


def test_a_flag_that_is_neither_yes_nor_no_is_noted() -> None:
    assert codes("draft: perhaps\nunlisted: perhaps\npublished: perhaps") == ["flag"] * 3


def test_featured_is_a_flag() -> None:
    assert post("featured: true").featured
    assert post("featured: Yes").featured
    assert not post("featured: false").featured
    assert not post("featured: perhaps").featured
    assert codes("featured: perhaps") == ["flag"]
    assert not post("").featured


_FENCES = [
    ("---", "---", ": "),
    ("----- ", "... ", " : "),
    (" ---", " ---", ":   "),
    ("---yaml", "---", ": "),
    ("\ufeff---", "---", ": "),
    ("\n\n---", "----", ": "),
    ("+++", "+++", " = "),
    ("---toml", "---", "="),
]
_JUNK = st.sampled_from(
    [
        "title{}'Foo'",
        "tags{}['a']",
        "x{}'y: z'",
        "title{}Foo: bar",
        "stray",
        "  indented",
        "\ttab",
        "{{% x %}}",
        "# note",
        "list{}[a",
        "quote{}'a",
        'say{}"a" b',
        "- item",
        "draft{}false",
        "Draft{}false",
        "*alias",
        "&anchor",
        "a{}{{b: c}}",
    ]
)


@settings(max_examples=400)
@given(
    st.sampled_from(_FENCES),
    st.sampled_from(["draft", "Draft", "DRAFT", '"draft"', "hidden", "unlisted"]),
    st.sampled_from(["true", '"true"', "'TRUE'", "'yes'", "'on'", "1"]),
    st.lists(_JUNK, max_size=4),
    st.lists(_JUNK, max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_draft_is_never_visible(
    fence: tuple[str, str, str], key: str, value: str, before: list[str], after: list[str], end: str
) -> None:
    opening, closing, equals = fence
    lines = [opening, *before, f"{key}{{}}{value}", *after, closing, "Secret body"]
    text = end.join(line.format(equals) if "{}" in line else line.replace("{{", "{") for line in lines)
    try:
        read = understood(text).post
    except ContentError:
        return
    assert not read.is_visible(LATER)


# Names


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        ("categories: [latest, latest, Latest]", ["latest"]),
        ("category: Developer Tools, and more", ["Developer Tools, and more"]),
        ("categories: Java JVM", ["Java JVM"]),
        ("categories: Java, JVM,", ["Java", "JVM"]),
        ("categories: 2024", ["2024"]),
        ("categories: [1, null, '', true]", ["1"]),
        ("categories: false", []),
        ("categories:", []),
        ("categories: [[a, b], [c]]", ["a", "b", "c"]),
        ("categories: [{name: A & B}, {slug: c}]", ["A & B"]),
        ("categories: ['<b>Ünï</b>', 'R &amp; B']", ["Ünï", "R & B"]),
        ("categories: []\ncategory: x", ["x"]),
    ],
)
def test_categories_are_names_of_any_shape(header: str, labels: list[str]) -> None:
    assert [term.label for term in post(header).categories] == labels


def test_a_term_has_a_kind_a_slug_and_a_label() -> None:
    assert post("categories: [Real Estate]\ntags: [Ä]").categories == (
        Term(kind="category", slug="real-estate", label="Real Estate"),
    )
    assert post("keywords: Ä, b").tags == (Term(kind="tag", slug="ä", label="Ä"), Term(kind="tag", slug="b", label="b"))


def test_a_name_without_letters_is_left_out() -> None:
    assert post("tags: ['***', a]").tags == (Term(kind="tag", slug="a", label="a"),)
    assert codes("tags: ['***', '!!!', a]") == ["name-empty"]


def test_there_is_an_end_to_names() -> None:
    tags = ", ".join(f"t{number}" for number in range(300))

    assert len(post(f"tags: {tags}").tags) == 100
    assert codes(f"tags: {tags}") == ["too-many"]
    assert codes(f"tags: {'x' * 300}\nlang: en{'-12345' * 20}") == ["too-long", "language"]


def test_the_layout_section_of_jigsaw_is_no_category() -> None:
    assert post("section: content", generator="jigsaw").categories == ()


@pytest.mark.parametrize(
    ("header", "authors"),
    [
        ("author: Ann", [Author(name="Ann")]),
        ("authors: Ann, Bob", [Author(name="Ann"), Author(name="Bob")]),
        ("authors: Doe, Ann; Bob", [Author(name="Doe, Ann"), Author(name="Bob")]),
        ("authors: [Ann, 'Bob, Jr.', Ann]", [Author(name="Ann"), Author(name="Bob, Jr.")]),
        ("author: {name: Ann, url: /ann}", [Author(name="Ann", url="https://example.com/ann")]),
        ("authors: [{name: Ann, url: 'javascript:x'}, {url: /b}]", [Author(name="Ann")]),
        ("author: Ann <ann@example.com>", [Author(name="Ann")]),
        ("author: R&amp;D Team", [Author(name="R&D Team")]),
        ("author: '<script>x</script>Ann'", [Author(name="Ann")]),
        ("author:", []),
    ],
)
def test_authors_are_names_of_any_shape(header: str, authors: list[Author]) -> None:
    assert [replace(author, slug="") for author in post(header).authors] == authors


def test_an_author_is_selected_by_the_slug_of_the_name() -> None:
    assert [author.slug for author in post("authors: [Ann Doe, Über]").authors] == ["ann-doe", "über"]


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("en", "en"),
        ("en_US", "en-US"),
        ("EN-gb", "en-GB"),
        ("zh_hans_cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("de-CH-1996", "de-CH-1996"),
        ("", ""),
    ],
)
def test_a_language_is_a_bcp_47_tag(written: str, language: str) -> None:
    assert post(f"lang: {written}").language == language
    assert codes(f"lang: {written}") == []


def test_a_language_that_is_none_is_left_out() -> None:
    assert post("lang: English").language == ""
    assert codes("lang: English") == ["language"]


# Picture, link and id


@pytest.mark.parametrize(
    ("header", "picture"),
    [
        ("image: https://example.org/a.png", Picture(url="https://example.org/a.png", media_type="image/png")),
        ("image: /a.WEBP?x=1", Picture(url="https://example.com/a.WEBP?x=1", media_type="image/webp")),
        ("image: a b.svg", Picture(url="https://example.com/a%20b.svg", media_type="image/svg+xml")),
        ("image: //example.org/a", Picture(url="https://example.org/a", media_type="image/jpeg")),
        (
            "image:\ncover: {src: /a.gif, alt: A}",
            Picture(url="https://example.com/a.gif", media_type="image/gif", alt="A"),
        ),
        (
            "cover_image: /a.jpg\ncover_alt: <b>A</b>",
            Picture(url="https://example.com/a.jpg", media_type="image/jpeg", alt="A"),
        ),
        ("images: [/a.avif, /b.png]", Picture(url="https://example.com/a.avif", media_type="image/avif")),
        ("images: [{feature: /a.png}]", Picture(url="https://example.com/a.png", media_type="image/png")),
        ("image:", None),
        ("image: []", None),
    ],
)
def test_a_picture_is_absolute_and_typed(header: str, picture: Picture | None) -> None:
    assert post(header).picture == picture
    assert codes(header) == []


@pytest.mark.parametrize(
    "written", ["'javascript:x'", "'data:image/png;base64,xx'", "'{{ site.url }}/a.png'", "{alt: A}"]
)
def test_what_is_no_picture_is_left_out(written: str) -> None:
    assert post(f"image: {written}").picture is None
    assert codes(f"image: {written}") == ["picture"]


@pytest.mark.parametrize(
    ("path", "header", "url"),
    [
        ("2024-01-31-a-post.md", "", "/a-post"),
        ("blog/2024-01-31-A Post!.md", "", "/blog/a-post"),
        ("blog/2024-01-31-a-post/index.md", "", "/blog/a-post"),
        ("_posts/2024-01-31-äpfel.md", "", "/%C3%A4pfel"),
        ("2024-01-31.md", "", "/2024-01-31"),
        ("2024-01-31-a.md", "slug: other", "/other"),
        ("2024-01-31-a.md", "permalink: /x/y.html", "/x/y.html"),
        ("2024-01-31-a.md", "url: x/y/", "/x/y/"),
        ("2024-01-31-a.md", "permalink: x%20y?z=1", "/x%20y?z=1"),
        ("a/b#c?d%e/2024-01-31-f.md", "", "/a/b%23c%3Fd%25e/f"),
    ],
)
def test_the_link_follows_the_path_or_the_author(path: str, header: str, url: str) -> None:
    assert post(header, path=path).url == f"https://example.com{url}"
    assert codes(header, path=path) == []


def test_the_author_may_give_a_whole_address() -> None:
    assert post("url: https://example.org/x").url == "https://example.org/x"


@pytest.mark.parametrize("written", ["/:year/:title/", "/{{ page.slug }}/", "/{slug}"])
def test_a_template_is_no_address(written: str) -> None:
    assert post(f"permalink: '{written}'").url == "https://example.com/a-post"
    assert codes(f"permalink: '{written}'") == ["permalink"]


def test_a_site_may_live_below_a_path() -> None:
    site = Site(title="S", url="https://example.com/blog", public_url="https://example.com", description="D")

    assert post("", site=site).url == "https://example.com/blog/a-post"
    assert post("permalink: /x", site=site).url == "https://example.com/blog/x"


def test_a_pattern_decides_the_link() -> None:
    jigsaw = {"generator": "jigsaw", "path": "_posts/Foo_bar baz.md"}

    assert post("date: 2024-01-31", **jigsaw).url == "https://example.com/posts/foo-bar-baz"
    assert (
        post("date: 2024-01-31", **jigsaw, permalink="/blog/{filename}").url == "https://example.com/blog/Foo_bar%20baz"
    )
    assert (
        post("date: 2024-06-01", **jigsaw, permalink="/{date|Y/m/d}/{-title}").url
        == "https://example.com/2024/06/01/foo"
    )
    assert post("permalink: /x\nslug: y\ndate: 2024-01-31", **jigsaw).url == "https://example.com/posts/foo-bar-baz"


def test_a_link_with_a_gap_is_noted_once() -> None:
    assert codes("", permalink="/{nothing}/{else}/{slug}") == ["permalink-part"]
    assert codes("", permalink="/{nothing}") == ["permalink-part", "permalink"]
    assert post("", permalink="/{nothing}").url == "https://example.com/2024-01-31-a-post"


@pytest.mark.parametrize(
    ("header", "id"),
    [
        ("guid: tag:example.com,2020:x", "tag:example.com,2020:x"),
        ("id: 42\nuuid: 64421da5-100c-4911-821d-299b92534131", "urn:uuid:64421da5-100c-4911-821d-299b92534131"),
        ("id: 42", ""),
        ("id: [a]", ""),
        ("", ""),
    ],
)
def test_an_id_of_the_authors_is_kept(header: str, id: str) -> None:
    assert post(header).id == id


def test_findings_of_reading_and_of_understanding_come_together() -> None:
    assert codes("tags: [a]\nTags: [b]\nlang: English") == ["duplicate-key", "language"]


def test_hostile_text_is_plain_everywhere() -> None:
    hostile = "'<img src=x onerror=alert(1)>&lt;script&gt;x&lt;/script&gt;A\\u0000'"
    keys = ("title", "description", "author", "category", "tag")
    read = understood("---\n" + "".join(f"{key}: {hostile}\n" for key in keys) + "---\n").post

    for text in (read.title, read.summary, read.authors[0].name, read.categories[0].label, read.tags[0].label):
        assert "<" not in text


# Real posts


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample posts are not on this machine")
def test_the_first_users_posts_are_all_understood() -> None:
    source = SAMPLES / "jigsaw-finescoop" / "source"
    read = [
        understood(
            file.read_bytes(), str(file.relative_to(source)), "jigsaw", site=FINESCOOP, permalink="/articles/{-title}"
        )
        for file in sorted((source / "_posts").iterdir())
    ]

    assert len(read) == 400
    assert [finding for interpretation in read for finding in interpretation.findings] == []
    assert all(interpretation.post.is_visible(LATER) and interpretation.post.featured for interpretation in read)
    assert sum(interpretation.post.picture is not None for interpretation in read) > 390
    assert len({interpretation.post.published for interpretation in read}) < 400, "posts share their second"

    [rob] = [i.post for i in read if i.post.path.stem.startswith("rob_kardashian_educates")]
    assert rob.published == utc(2020, 9, 30, 6, 42, 47)
    assert rob.url.startswith("https://finescoop.com/articles/rob-kardashian-educates-his-followers-on-")
    assert [term.slug for term in rob.categories] == ["latest", "tv"]


FINESCOOP = Site(
    title="Finescoop",
    url="https://finescoop.com",
    public_url="https://feeds.example.com",
    description="News",
    timezone="Europe/London",
)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample posts are not on this machine")
def test_posts_of_every_generator_are_understood_or_wait() -> None:
    waiting = 0
    for file in sorted(path for path in SAMPLES.rglob("*") if path.is_file()):
        try:
            understood(file.read_bytes(), str(file.relative_to(SAMPLES)))
        except ContentError:
            waiting += 1
    assert 0 < waiting < 60
