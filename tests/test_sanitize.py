"""Nothing unsafe comes out of the sanitizer, whatever goes in, and what people wrote stays."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import html5lib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feeds.content.absolutize import absolute_srcset
from feeds.content.sanitize import ATTRIBUTES, DROPPED, POLICY, TAGS, clean, normalise, sanitize, too_deep, too_much
from feeds.content.tags import tidy

BASE = "https://example.com/2024/a-post/"
SHARED_VECTORS = Path(__file__).parents[2] / "shared" / "data" / "xss_vectors.json"

#: One of each kind, for where the large collection is not at hand.
VECTORS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<body onload=alert(1)>"),
    *('<a href="javascript:123">x</a>', '<a href="vbscript:1">x</a>', '<a href="data:1">x</a>', '<img src="file:1">'),
    *('<a href=" &#14;javascript:1">x</a>', '<a href="java&#9;script:1">x</a>', '<a href="jav&#x0A;ascript:1">x</a>'),
    *('<a href="&#106avascript:1">x</a>', '<a href="JAVASCRIPT&colon;1">x</a>', '<img src="data:image/svg+xml,x">'),
    *('<img src="a.png" srcset="javascript:1 1x, data:1 2x">', '<q cite="javascript:1">x</q>', "<q cite=data:1>x</q>"),
    *('<del cite="vbscript:1">x</del>', '<blockquote cite="javascript:1">x</blockquote>', "<p style='x:url(1)'>x</p>"),
    *('<math><mi xlink:href="javascript:1">x</mi></math>', "<noscript><p title='</noscript><img src=x onerror=1>'>"),
    *("<textarea><img title='</textarea><img src=x onerror=1>'></textarea>", "<xmp><p title='</xmp><img onerror=1>'>"),
    *(
        "<svg><style><img title='</style><img src=x onerror=1>'></style></svg>",
        "<template><script>1</script></template>",
    ),
    *("<form action=javascript:1><button formaction=javascript:1>x</form>", "<iframe srcdoc='<script>1</script>'>"),
    *(
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src=1 onerror=1>'>",
        "<img src=x:alert(1)>",
    ),
    *("<object data=javascript:1>", "<embed src=javascript:1>", "<base href=javascript:1>", "<link href=javascript:1>"),
    *(
        "<meta http-equiv=refresh content='0;javascript:1'>",
        "<!--[if IE]><script>1</script><![endif]-->",
        "<a id=x name=y>",
    ),
    *(
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<<script>alert(1)//<</script>",
        "<p/onclick=1>",
        '<p "onclick=1">',
    ),
    *("<select><img src=x onerror=1></select>", "<table background='javascript:1'><td background=javascript:1>"),
)

FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *(f"<{tag}>" for tag in sorted(TAGS | {"svg", "style", "button", "section", "font"})),
            *(f"</{tag}>" for tag in sorted(TAGS | {"svg", "style", "button", "section", "font"})),
            *("text", " ", "\n", "&", "&amp;lt;", "&#11;", "&nbsp;", "<", ">", '"', "\x00", "\x92", "é", "<!--", "-->"),
            *(
                '<a href="?x=1&amp;copy=2">',
                "<a href=javascript:1>",
                "<img src='b c.png' srcset='a.png 1x'>",
                "<p lang=en>",
            ),
            *(
                '<pre dir="ltr">\n',
                "<pre>\n\n",
                "<td colspan=2>",
                '<b title="">',
                "<img alt src=x>",
                "<ol reversed start=3>",
            ),
        ]
    ),
    max_size=12,
).map("".join)

_PROSE_TAGS = (
    *("p", "br", "hr", "h1", "h2", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "b", "i"),
    *("s", "del", "ins", "sub", "sup", "kbd", "u", "small", "mark", "abbr", "cite", "q", "time", "div", "span"),
    *("figure", "figcaption", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
)
PROSE = [
    *(f"<{tag}>" for tag in _PROSE_TAGS),
    *(f"</{tag}>" for tag in _PROSE_TAGS),
    *('<a href="https://example.org/x">', '<a href="https://EXAMPLE.org">', '<a href="http://a.b/?c=d#e">', "</a>"),
    *('<a href="https://example.org:443/../%zz">', '<a href="https://u:p@example.org/">', '<a href="https://[::1]/">'),
    *('<img src="/a.jpg" alt="a picture">', '<img alt="x">', '<img src="?a=1&amp;b=2" alt="">', '<img src="b c.png">'),
    *('<img src="https://e.org/a.png" srcset="b.png 2x">', '<img src="data:x" alt="x">', "<img alt src=x width=3>"),
    *('<a href="/x" title="&quot;&gt;">', '<a href="#x">', '<a href="javascript:1">', '<a title="a > b">', "<a>"),
    *('<td colspan="2" lang=en>', '<ol start="3">', '<time datetime="2020">', '<abbr title="é">', '<p dir="rtl">'),
    *('<q cite="/x">', '<img src="https://e.org/&amp;copy" alt="\n">', "<ol reversed>", '<abbr title="a&nbsp;b">'),
    *("text", " ", "\n", "&", "&lt;", "&nbsp;", "&copy;", "&amp;lt;", '"', ">", "<", "<div>", "<section>"),
]


def unsafe(html: str) -> Iterator[str]:
    """Find what no browser should meet: the tree as html5lib builds it, the addresses as browsers read them."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in TAGS:
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset()):
                yield f"{element.tag} {name}"
            if name in ("href", "src", "cite") and not is_harmless(value):
                yield f"{name}={value}"
            if name == "srcset" and not all(map(is_harmless, re.split(r",\s", value))):
                yield f"{name}={value}"


def is_harmless(address: str) -> bool:
    seen = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(0x21)))))
    scheme = re.match("([A-Za-z][A-Za-z0-9+.-]*):", seen)
    return scheme is None or scheme[1].lower() in ("http", "https", "mailto", "tel")


def by_both(html: str) -> str:
    return sanitize(html, BASE)


def by_nh3(html: str) -> str:
    return normalise(html, BASE)


def by_bleach(html: str) -> str:
    return clean(html, BASE)


@pytest.mark.parametrize("sanitizer", [by_both, by_nh3, by_bleach])
@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_unsafe_passes_both_or_one_of_the_sanitizers(sanitizer: Callable[[str], str], vector: str) -> None:
    assert not list(unsafe(sanitizer(vector)))


@pytest.mark.skipif(not SHARED_VECTORS.exists(), reason="the collection of vectors is not at hand")
@pytest.mark.parametrize("sanitizer", [by_both, by_nh3, by_bleach])
def test_nothing_of_the_large_collection_passes(sanitizer: Callable[[str], str]) -> None:
    vectors = [vector["input"] for vector in json.loads(SHARED_VECTORS.read_text())]

    assert len(vectors) > 5000
    assert not [(vector, found) for vector in vectors if (found := list(unsafe(sanitizer(vector))))]


@given(st.text() | FRAGMENTS)
def test_what_is_sanitized_is_safe_and_final(html: str) -> None:
    once = sanitize(html, BASE)

    assert not list(unsafe(once))
    assert sanitize(once, "https://elsewhere.example/") == once
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ud800-\udfff\ufffe\uffff]", once)


@given(st.text() | FRAGMENTS)
def test_what_is_sanitized_has_no_error_in_it(html: str) -> None:
    once = sanitize(html, BASE)
    assume("<ruby" not in once)  # whose parts, misplaced, are errors that every parser recovers from

    html5lib.HTMLParser(strict=True).parseFragment(once)


@given(st.lists(st.sampled_from(PROSE), max_size=15).map("".join))
def test_bleach_has_nothing_to_change_where_it_is_not_asked(html: str) -> None:
    once = sanitize(html, BASE)

    assert clean(once, BASE) == once


_TEXT = ("text", " ", "\n", "&", "&lt;", "&nbsp;", "&copy;", '"', ">", "é")
_IN_A_LINE = (
    *_TEXT,
    *(
        "<em>",
        "</em>",
        "<strong>",
        "</strong>",
        "<code>",
        "</code>",
        "<br>",
        "</a>",
        '<a href="https://example.org/x">',
    ),
    *('<a href="/a/../b?c#d">', '<a href="https://example.org/../%zz">', '<a href="https://e.org/?a=1&amp;b=2">'),
    *(
        '<img src="/a.jpg" alt="x">',
        '<a href="https://EXAMPLE.org:443">',
        '<a href="https://e.org/&amp;copy">',
        "<img>",
    ),
)
_BETWEEN = ("</p>\n<p>", "</p><p>", "</p>\n<blockquote>\n<p>", "</p>\n</blockquote>\n<p>", "</p>\n<h2>", "</h2>\n<p>")


@given(st.lists(st.sampled_from((*_IN_A_LINE, *_BETWEEN, *_BETWEEN)), max_size=20).map("".join))
def test_neither_sanitizer_has_anything_to_change_in_paragraphs_that_are_clean(inner: str) -> None:
    once = sanitize(f"<p>{inner}</p>\n", BASE)

    assert clean(once, BASE) == normalise(once, BASE) == once


def test_pages_in_two_threads_keep_their_own_addresses() -> None:
    bases = [f"https://example.org/{number}/" for number in range(200)]

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda base: sanitize('<a href="x">x</a>' * 50, base), bases))

    assert made == [f'<a href="{base}x">x</a>' * 50 for base in bases]


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("<p>Prose with <em>emphasis</em>.</p>", "<p>Prose with <em>emphasis</em>.</p>"),
        (
            '<a href="/x" title="t" rel="nofollow" target=_blank>x</a>',
            '<a href="https://example.com/x" title="t">x</a>',
        ),
        ('<a href="?a=1&amp;copy=2#n">x</a>', '<a href="https://example.com/2024/a-post/?a=1&amp;copy=2#n">x</a>'),
        ('<a href="javascript:123">still text</a>', "<a>still text</a>"),
        ('<p>a<img src="data:1">b</p>', "<p>ab</p>"),
        (
            '<img src="a.png" alt="a &lt;b&gt; &quot;c&quot;">',
            '<img src="https://example.com/2024/a-post/a.png" alt="a &lt;b&gt; &quot;c&quot;">',
        ),
        ('<img src="a.png" alt="">', '<img src="https://example.com/2024/a-post/a.png" alt="">'),
        ("<section>one</section><center>two</center>", "<div>one</div><div>two</div>"),
        ("before<script>1</script><style>p{}</style><svg><text>x</text></svg> after", "before after"),
        ("<form>Name <input name=x></form>", "Name "),
        ("<!-- remark -->text", "text"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("a&#11;b&#146;", "ab’"),
        ("<pre>\n\n  x</pre>", "<pre>\n\n  x</pre>"),
        ('<pre lang="en">\n\n  x</pre>', '<pre lang="en">\n\n  x</pre>'),
        ("<custom-element>text</custom-element>", "text"),
    ],
)
def test_what_people_wrote_stays(written: str, safe: str) -> None:
    assert sanitize(written, BASE) == safe


def test_a_srcset_is_made_absolute_candidate_by_candidate() -> None:
    html = sanitize('<img src="a.png" srcset="a.png 1x, javascript:1 2x, /w_1,h_2/b.png 3x">', BASE)

    assert f'srcset="{absolute_srcset("a.png 1x, /w_1,h_2/b.png 3x", BASE)}"' in html


def test_elements_nested_deeper_than_anyone_writes_are_too_deep() -> None:
    assert not too_deep("<div>" * 256 + "</div>" * 256)
    assert too_deep("<div>" * 257)
    assert too_deep("<div>" * 10_000)


def test_elements_that_end_by_themselves_are_not_nested() -> None:
    assert not too_deep("<ul>" + "<li>one<p>two<br>" * 1000)
    assert not too_deep("<table>" + "<tr><td>x" * 1000)


def test_formatting_that_is_never_closed_is_too_deep_before_parsers_repeat_it() -> None:
    assert too_deep("".join(f'<b lang="x{n}">' for n in range(200)) + "<p>" * 10_000)


@pytest.mark.parametrize(
    "hiding",
    ["<!--</b>-->", '<i title="></b>"></i>', "<style></b></style>", "<script><!--<script></script></b></script>"],
)
def test_end_tags_that_parsers_do_not_see_do_not_mislead_the_count(hiding: str) -> None:
    html = tidy("".join(f"<b lang=x{n}>{hiding}" for n in range(600)), DROPPED)
    depth = html5lib.parseFragment(html, namespaceHTMLElements=False)

    assert too_deep(html) or sum(1 for _ in depth.iter("b")) == html.count("</b>")


def test_documents_of_many_tags_keep_what_they_say_when_tidied() -> None:
    html = "<ul>" + "<li class=x>one <a href=\"/a?b&amp;c\" title='a > b'>two</a> < three<br/></li>\n" * 400 + "</ul>"

    assert sanitize(tidy(html, DROPPED), BASE) == sanitize(html, BASE)


def test_more_tags_than_people_write_are_too_much() -> None:
    assert too_much("<b>x</b>" * 20_000)
    assert too_much("&amp;" * 300_000)
    assert not too_much("<b>x</b> &amp; " * 5_000)


def test_the_policy_has_a_version() -> None:
    assert re.fullmatch("[0-9]+-[0-9a-f]{16}", POLICY)
