"""Plain texts hold nothing that XML cannot carry and nothing that looks like markup."""

import re
import unicodedata

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content.text import excerpt, legal, plain, slug

#: Text in which markup, entities, spaces and bidirectional controls come close to each other.
TROUBLE = st.lists(
    st.sampled_from(
        [
            *("<", ">", "&", ";", "#", "/", "!", "--", "b", "script", "</script>", "<b>", "<!--", "-->", "amp", "lt"),
            *("&lt;", "&amp;", "&#60;", "&#x3c;", "&#x202c;", "&#11;", "\x00", "\x92", "\ud800", "\u202e", "\u202c"),
            *("\u2067", "\u2069", " ", "\n", "\xa0", "\ufeff", "é", "👩‍🚀", '"', "'", "=", "onload", "svg", "T"),
        ]
    )
).map("".join)


def elements(text: str) -> list[str]:
    return [element.tag for element in html5lib.parse(text, namespaceHTMLElements=False).iter()]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("tab\tand\nnewline", "tab\tand\nnewline"),
        ("a\x00b\x0bc\x1fd", "abcd"),
        ("it\x92s \x93quoted\x94", "it’s “quoted”"),
        ("undefined in Windows-1252: \x81", "undefined in Windows-1252: "),
        ("\ud800 alone", " alone"),
        ("not \ufffe a \uffff character", "not  a  character"),
        ("nor \U0001fffe is \ufdd0 this", "nor  is  this"),
        ("😀 stays", "😀 stays"),
    ],
)
def test_only_what_xml_can_carry_is_legal(written: str, kept: str) -> None:
    assert legal(written) == kept


@given(st.text() | TROUBLE)
def test_legal_text_is_legal_once_and_for_all(text: str) -> None:
    once = legal(text)

    assert legal(once) == once
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", once)


@pytest.mark.parametrize("text", ["a < b", "AT&T", "C++", "Q&A; or not", "I <3 it", "😀 emoji", "5 > 4", "«là\xa0bas»"])
def test_what_is_plain_already_is_left_alone(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  two \n\n words\xa0", "two words"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("&amp;nbsp;twice escaped&amp;amp;", "twice escaped&"),
        ("<b>bold</b> and <i class='x'>italic</i>", "bold and italic"),
        ("<p>One</p><p>Two</p>three<br/>four", "One Two three four"),
        ("&lt;b&gt;bold&lt;/b&gt; in disguise", "bold in disguise"),
        ("before<script>alert(1)</script> after", "before after"),
        ("before<STYLE type=x>p {}</style > after", "before after"),
        ("a<!-- remark --> remark", "a remark"),
        ("Vec<T> and a <tag", "Vec< T> and a < tag"),
        ("How <!-- begins, and <?php", "How < !-- begins, and < ?php"),
        ("<scr<b>ipt>alert(1)</scr</b>ipt>", ""),
        ("a\u202eb", "a\u202eb\u202c"),
        ("a\u202cb\u2069", "ab"),
        ("<\u202cb>", "< b>"),
    ],
)
def test_markup_is_taken_off_and_the_text_kept(written: str, text: str) -> None:
    assert plain(written) == text


def test_entities_nested_deeper_than_anyone_writes_are_broken_instead_of_decoded() -> None:
    assert plain("&amp;amp;amp;amp;amp;lt;b>") == "& amp;amp;lt;b>"


@given(st.text() | TROUBLE)
def test_plain_text_is_plain_whoever_reads_it(text: str) -> None:
    once = plain(text)

    assert plain(once) == once
    assert elements(once) == ["html", "head", "body"]
    assert "\n" not in once
    assert once == once.strip()


def test_hostile_titles_take_no_longer_than_others() -> None:
    for hostile in ("<b ", "<script>", "<!--", "&amp;", "&#3", "\u202a", " \u200b", "-->", "</script"):
        assert len(plain(hostile * 10_000 + "</script>-->")) < 100_000


def test_an_excerpt_begins_with_the_paragraphs() -> None:
    html = (
        "<h2>Heading</h2>\n<p>The <em>first</em>.</p>\n<pre><code>x = 1\n</code></pre>\n<p>The second &amp; last.</p>"
    )

    assert excerpt(html) == "The first. The second & last."


def test_without_paragraphs_an_excerpt_is_made_from_what_there_is() -> None:
    assert excerpt("<ul><li>one</li><li>two</li></ul>") == "one two"
    assert excerpt('<img src="https://example.com/a.png">') == ""


def test_an_excerpt_is_cut_between_words() -> None:
    assert excerpt("<p>The quick brown fox jumps.</p>", limit=14) == "The quick…"
    assert excerpt("<p>The quick brown fox jumps.</p>", limit=26) == "The quick brown fox jumps."


def test_an_excerpt_without_words_is_cut_between_characters() -> None:
    assert excerpt("<p>" + "日本語" * 10 + "</p>", limit=8) == "日本語日本語日…"
    assert excerpt("<p>abcdee\u0301fgh</p>", limit=7) == "abcde…"
    assert excerpt("<p>abcd👩‍🚀efgh</p>", limit=7) == "abcd…"


@given(st.text() | TROUBLE, st.integers(min_value=2, max_value=40))
def test_an_excerpt_is_plain_and_short(text: str, limit: int) -> None:
    written = text.replace("&", "&amp;").replace("<", "&lt;")
    found = excerpt(f"<p>{legal(written)}</p>", limit)

    assert elements(found) == ["html", "head", "body"]
    assert len(re.sub("[\u202c\u2069]", "", found)) <= limit
    assert plain(found) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Real Housewives of L.A.", "real-housewives-of-l-a"), ("Žižek & Ко", "žižek-ко"), ("日本", "日本"), ("!!!", "")],
)
def test_a_slug_is_lower_case_and_unicode(text: str, expected: str) -> None:
    assert slug(text) == unicodedata.normalize("NFC", expected) or slug(text) == unicodedata.normalize("NFKC", expected)
