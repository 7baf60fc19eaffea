"""What an editor would ask the author of one post."""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_post, a_site
from feeds.content.dialects import dialect
from feeds.content.misspelt import distance, misspelt
from feeds.content.parse import parse
from feeds.content.proofread import proofread
from feeds.content.references import references
from feeds.model.finding import Finding
from feeds.model.post import Picture
from workbench import Workbench

PLAIN = dialect("plain")


def found(text: str, **post: Any) -> list[Finding]:
    """Proofread a file that was understood as a post with these facts."""
    source = parse(PurePosixPath("a.md"), text.encode())
    return list(proofread(source, a_post(**post), site=a_site(), dialect=PLAIN))


def in_body(body: str) -> list[tuple[str, int]]:
    """Return code and line of what is found in a body that begins on line 5."""
    return [(finding.code, finding.line) for finding in found(f"---\ntitle: A\n---\n\n{body}\n")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("![](https://a.tld/x.png)", "alt-missing"),
        ('<img src="https://a.tld/x.png">', "alt-missing"),
        ("[![](x.png)](https://a.tld/)", "alt-missing"),
        ("![a](http://a.tld/x.png)", "image-http"),
        ('<img alt="" src="http://a.tld/x.png">', "image-http"),
        ("[a](http://localhost:8000/x)", "link-local"),
        ("[a](http://127.0.0.1/)", "link-local"),
        ("[a](http://192.168.1.1/)", "link-local"),
        ("[a](http://[::1]/)", "link-local"),
        ("[a](//printer.local/)", "link-local"),
        ("<a class='x' href='https://localhost/'>a</a>", "link-local"),
        ("[a]: http://localhost/", "link-local"),
        ("[a](https://www.example.org/x)", "link-example"),
        ("[a](https://tea.example)", "link-example"),
        ("[a]({{ site.url }}/x)", "link-unresolved"),
        ("[a]({% post_url 2020-01-01-x %})", "link-unresolved"),
        ("[a](ftp://a.tld/x)", "link-unresolved"),
        ("![a](https://)", "link-unresolved"),
    ],
)
def test_what_is_doubtful_in_a_body_is_found_on_its_line(body: str, code: str) -> None:
    assert in_body(body) == [(code, 5)]
    assert in_body(f"One.\n\n{body}") == [(code, 7)]


@pytest.mark.parametrize(
    "body",
    [
        "![a lighthouse](https://a.tld/x.png)",
        '<img alt="" src="/x.png">',
        "[home](https://example.com/x) and [post](/x) and [part](#x) and [mail](mailto:a@a.tld)",
        "`[a](http://localhost/)`",
        "```\n![](http://a.tld/x.png)\n[a]({{ x }})\n```",
        "~~~ text\n![](http://a.tld/x.png)\n~~~~",
        "[^1]: A note at localhost.",
        "[click](javascript:alert(1))",
        "A [reference][1] and [brackets] (in prose).",
    ],
)
def test_what_is_right_in_a_body_is_left_alone(body: str) -> None:
    assert in_body(body) == []


def test_a_site_without_tls_may_show_pictures_without_it() -> None:
    source = parse(PurePosixPath("a.md"), b"![a](http://a.tld/x.png)")

    assert proofread(source, a_post(), site=a_site(url="http://example.com"), dialect=PLAIN) == ()


def test_the_picture_of_a_post_is_looked_at_too() -> None:
    picture = Picture(url="http://a.tld/x.png", media_type="image/png")

    assert [(f.code, f.line) for f in found("---\nimage: http://a.tld/x.png\n---\nHi.", picture=picture)] == [
        ("image-http", 2)
    ]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("catgories", "categories"),
        ("pubished", "published"),
        ("titel", "title"),
        ("darft", "draft"),
        ("desciption", "description"),
        ("authro", "author"),
        ("lastmdo", "lastmod"),
        ("expiers", "expires"),
        ("statsu", "status"),
    ],
)
def test_a_key_that_looks_misspelt_is_found_with_the_one_that_was_meant(key: str, meant: str) -> None:
    (finding,) = found(f"---\nlayout: post\n{key}: x\n---\nHello.")

    assert (finding.code, finding.line) == ("key-misspelt", 3)
    assert f'did you mean "{meant}"?' in finding.message


@pytest.mark.parametrize("key", ["layout", "headers", "custom", "image2", "tgs", "permalink", "subject"])
def test_a_key_that_others_read_is_no_slip(key: str) -> None:
    assert misspelt((key,), "plain") == ()


def test_a_key_whose_meaning_is_there_already_is_no_slip() -> None:
    assert misspelt(("title", "titles"), "plain") == ()


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_the_distance_of_words_is_one(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@given(st.text("[]()!`<>{}% \nab:/#\"'~", max_size=60))
def test_any_body_can_be_proofread(body: str) -> None:
    assert all(0 <= reference.line <= body.count("\n") for reference in references(body))


def test_a_hostile_body_is_proofread_in_no_time() -> None:
    for body in (
        "[" * 200_000,
        "![](" * 50_000,
        "`" * 200_000,
        "{{" * 100_000,
        "[a](" + "{{" * 50_000,
        "<img " * 50_000,
    ):
        in_body(body)


def test_long_titles_and_posts_that_end_before_they_begin_are_found() -> None:
    early = datetime(1985, 1, 1, tzinfo=UTC)
    text = "---\ntitle: x\ndate: 1985-01-01\nexpires: 1984-01-01\n---\nHello."

    findings = found(
        text, title="x" * 201, published=early, visible_from=early, visible_until=datetime(1984, 1, 1, tzinfo=UTC)
    )

    assert {(f.code, f.line) for f in findings} == {("expired-early", 4), ("title-long", 2)}


def test_a_post_without_a_body_is_noted() -> None:
    assert [finding.code for finding in found("---\ntitle: A\n---\n")] == ["body-empty"]


def test_what_is_found_in_a_file_is_remembered_with_it_and_goes_with_the_slip(bench: Workbench) -> None:
    bench.post("one", "![](/x.png)")
    bench.check()
    assert bench.codes("one.md") == ["alt-missing"]

    bench.post("one", "![a picture](/x.png)")
    bench.check()

    assert bench.codes("one.md") == []


def test_slips_are_looked_for_by_checks_alone(bench: Workbench) -> None:
    bench.post("one", "![](/x.png)")
    bench.refresh()
    assert bench.codes("one.md") == []


def test_what_is_removed_from_a_body_is_named_with_its_line(bench: Workbench) -> None:
    bench.post("one", "Hello.\n\n<script>go()</script>")
    bench.post("table", "| a | b |\n|:--|--:|\n| 1 | 2 |")
    bench.refresh()

    assert [(finding.path.name, finding.code, finding.line) for finding in bench.findings()] == [
        ("one.md", "html-removed", 7)
    ]
