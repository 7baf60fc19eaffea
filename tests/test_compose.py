"""From the body of a source to what feeds show."""

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from builders import a_site
from feeds.content.compose import Body, compose, key
from feeds.content.dialects import dialect
from feeds.content.embeds import unwrap
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.errors import ContentError
from feeds.model.source import Source

URL = "https://example.com/2024/a-post/"


PATH = PurePosixPath("a-post.md")


def body_of(markdown: str, *, indented_code: bool = True, path: PurePosixPath = PATH) -> Body:
    source = Source(path=path, fields={}, lines={}, body=markdown, digest="0" * 64)
    passage = Passage(source=source, url=URL, site=a_site(), notes=Notes(path))
    return compose(passage, replace(dialect("plain"), keeps_indented_code=lambda _body: indented_code))


def codes_of(markdown: str) -> list[str]:
    return [finding.code for finding in body_of(markdown).findings]


def refusal_of(markdown: str) -> str:
    with pytest.raises(ContentError) as refused:
        body_of(markdown)
    return refused.value.findings[-1].code


def test_a_body_becomes_safe_absolute_html_and_an_excerpt() -> None:
    body = body_of("# Title\n\nHello [there](../other/), ![a cat](cat.png).\n\n<p onclick=x>Bye</p>")

    assert body.html == (
        '<h1>Title</h1>\n<p>Hello <a href="https://example.com/2024/other/">there</a>, '
        '<img src="https://example.com/2024/a-post/cat.png" alt="a cat">.</p>\n<p>Bye</p>'
    )
    assert body.excerpt == "Hello there, . Bye"


def test_an_empty_body_is_an_empty_body() -> None:
    assert body_of("") == Body(html="", excerpt="")


def test_footnotes_lead_to_the_page_of_the_post() -> None:
    assert f'<a href="{URL}#fn1">[1]</a>' in body_of("Text[^1]\n\n[^1]: Note").html


def test_indented_prose_is_prose_where_the_author_means_it() -> None:
    assert body_of("    Once upon a time.", indented_code=False).html == "<p>Once upon a time.</p>"
    assert body_of("    x = 1").html == "<pre><code>x = 1\n</code></pre>"


@pytest.mark.parametrize(
    ("markdown", "codes"),
    [
        ("plain", []),
        ("`<script>` in code is text", []),
        ("<script>1</script>\n\n<p style='color: red'>x</p>", ["html-removed"]),
        ("[x](https://example.org) <b onclick=1>x</b>", ["html-removed"]),
        ("<iframe src=https://example.org/x></iframe>", ["embed-linked"]),
        ("<p>a&#11;b</p>", ["characters"]),
        ("a&#0;b", ["characters"]),
        (
            "<video src=x onplay=1></video>\n\n<script>2</script>\n\n<script>3</script>",
            ["html-removed", "embed-linked"],
        ),
    ],
)
def test_what_is_changed_is_said_once(markdown: str, codes: list[str]) -> None:
    assert codes_of(markdown) == codes


@pytest.mark.parametrize("entity", ["&#11;", "&#x0B;", "&#0;", "&#xFFFE;", "&#xD800;"])
def test_no_entity_brings_in_what_xml_cannot_carry(entity: str) -> None:
    assert body_of(f"a{entity}b").html == "<p>ab</p>"
    assert body_of(f"<p>a{entity}b</p>").html in ("<p>ab</p>", "<p>a\N{REPLACEMENT CHARACTER}b</p>")


def test_a_replacement_character_that_the_author_wrote_stays() -> None:
    assert body_of("a\N{REPLACEMENT CHARACTER}b").html == "<p>a\N{REPLACEMENT CHARACTER}b</p>"


def test_a_body_over_budget_is_refused_with_a_finding() -> None:
    assert refusal_of("x" * (1024 * 1024 + 1)) == "body-too-large"
    assert refusal_of("<div>" * 10_000) == "body-too-deep"
    assert refusal_of("<div>\n" + "<b></b>" * 20_000) == "body-too-large"
    assert refusal_of("|" + "a|" * 600 + "\n|" + "-|" * 600 + "\n" + "|\n" * 200) == "body-grows"


def test_a_body_is_kept_under_all_that_it_is_made_from() -> None:
    one = key("0" * 64, url=URL, convention="jigsaw")

    assert one == key("0" * 64, url=URL, convention="jigsaw")
    assert len({one, key("1" * 64, url=URL, convention="jigsaw"), key("0" * 64, url=URL, convention="hugo")}) == 3
    assert one != key("0" * 64, url="https://example.com/", convention="jigsaw")


@pytest.mark.parametrize(
    ("embedded", "html"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/AbC-1?start=30&amp;rel=0" title="A film"></iframe>',
            '<p><a href="https://www.youtube.com/watch?v=AbC-1&amp;t=30s">A film</a></p>',
        ),
        (
            '<p><iframe src="//www.youtube-nocookie.com/embed/AbC"></iframe></p>',
            '<p><a href="https://www.youtube.com/watch?v=AbC">Video: www.youtube.com</a></p>',
        ),
        (
            '<iframe src="https://www.youtube.com/embed/videoseries?list=PL1"></iframe>',
            '<p><a href="https://www.youtube.com/playlist?list=PL1">Video: www.youtube.com</a></p>',
        ),
        (
            '<iframe data-src="https://player.vimeo.com/video/12?h=1"></iframe>',
            '<p><a href="https://vimeo.com/12">Video: vimeo.com</a></p>',
        ),
        (
            "<video controls><source src=/film.mp4>Your browser is old.</video> after",
            '<p><a href="/film.mp4">Video: film.mp4</a></p> after',
        ),
        (
            '<audio src="https://example.org/1.mp3">',
            '<p><a href="https://example.org/1.mp3">Audio: example.org</a></p>',
        ),
        (
            '<object data="a.swf"><param name=x><embed src="a.swf"><img src="still.png"></object>',
            '<p><a href="a.swf">Embedded: a.swf</a></p><param name="x"><img src="still.png">',
        ),
        ("<embed src=a.swf><p>after</p>", '<p><a href="a.swf">Embedded: a.swf</a></p><p>after</p>'),
        ('<a href="/x"><iframe src="/y"></iframe></a>', '<a href="/x"><span>Embedded: y</span></a>'),
        ('<iframe srcdoc="x"></iframe>after', "after"),
        ('<iframe src="http://["></iframe>', '<p><a href="http://[">Embedded: http://[</a></p>'),
        ("</div>a<iframe src=y></iframe></body>b", 'a<p><a href="y">Embedded: y</a></p>b'),
    ],
)
def test_what_readers_do_not_play_becomes_a_link(embedded: str, html: str) -> None:
    assert unwrap(embedded) == html


@pytest.mark.parametrize(
    ("lazy", "src"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="real.png">', "real.png"),
        ('<img data-lazy-src="real.png">', "real.png"),
        ('<img class="lazy" data-original="real.png" src="blank.gif">', "real.png"),
        ('<img data-srcset="small.png 1x, large.png 2x">', "small.png"),
    ],
)
def test_a_picture_that_waits_for_a_script_is_shown(lazy: str, src: str) -> None:
    assert f'src="{URL}{src}"' in body_of(lazy).html


def test_without_anything_embedded_html_is_not_touched() -> None:
    html = "<p>a < b & <b>c</p> `data-src` <img src=x>"

    assert unwrap(html) is html


def test_what_is_nested_deep_is_not_lost_beside_something_embedded() -> None:
    html = unwrap("<div>" * 300 + "deep" + "<iframe src=x></iframe>" + "</div>" * 300 + "after")

    assert "deep" in html
    assert html.endswith("after")


def test_a_body_in_html_is_taken_as_it_is() -> None:
    body = body_of("<p>One</p>\n\n    <p>*Two*</p>", path=PurePosixPath("a-post.html"))

    assert body.html == "<p>One</p>\n\n    <p>*Two*</p>"


@pytest.mark.parametrize("mark", ["<!--more-->", "<!-- more -->", "<!-- excerpt -->", "<!-- truncate -->"])
def test_the_beginning_of_a_body_ends_at_its_mark(mark: str) -> None:
    body = body_of(f"One *two*.\n\nThree.\n\n{mark}\n\nFour.")

    assert body.excerpt == "One two. Three."
    assert body.html == "<p>One <em>two</em>.</p>\n<p>Three.</p>\n\n<p>Four.</p>"


def test_a_mark_in_code_ends_nothing() -> None:
    assert body_of("One.\n\n```\n<!--more-->\n```\n\nTwo.").excerpt == "One. Two."
