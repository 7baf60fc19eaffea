"""References become absolute URIs that every reader can follow, or nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content.absolutize import RESOURCES, absolute, absolute_srcset

BASE = "https://example.com/2024/a-post/?draft=no"

#: The characters of RFC 3986, with every percent sign the beginning of an octet.
URI = re.compile(
    r"(?:https?://[a-z0-9._-]+(?::\d+)?(?:[/?#]|$)|mailto:|tel:)(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
)

REFERENCES = st.lists(
    st.sampled_from(
        [
            *(
                "http",
                "https",
                "javascript",
                "data",
                "mailto",
                "tel",
                ":",
                "/",
                "//",
                "\\",
                "?",
                "#",
                "@",
                "[",
                "]",
                "%",
            ),
            *(
                "%41",
                "..",
                ".",
                "example.org",
                "例え.jp",
                "é",
                " ",
                "\t",
                "\n",
                "\x00",
                "|",
                '"',
                "<",
                "80",
                "99999",
                ",",
                "a",
            ),
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("reference", "uri"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("HTTP://Example.ORG/X", "http://example.org/X"),
        ("/about", "https://example.com/about"),
        ("picture.png", "https://example.com/2024/a-post/picture.png"),
        ("../b", "https://example.com/2024/b"),
        ("../../../../b", "https://example.com/b"),
        ("?page=2", "https://example.com/2024/a-post/?page=2"),
        ("#notes", "https://example.com/2024/a-post/?draft=no#notes"),
        ("", BASE),
        ("//cdn.example.org/x.js", "https://cdn.example.org/x.js"),
        ("  \n https://exa\tmple.org/\x00", "https://example.org/"),
        ("https:example.org", "https://example.org"),
        ("images\\cat.png?a\\b", "https://example.com/2024/a-post/images/cat.png?a%5Cb"),
        ("/a b|c/é?q=ü&x=%41%zz#ß", "https://example.com/a%20b%7Cc/%C3%A9?q=%C3%BC&x=%41%25zz#%C3%9F"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://user:secret@example.org:8080/x", "https://example.org:8080/x"),
        ("mailto:me@example.org?subject=Hello you", "mailto:me@example.org?subject=Hello%20you"),
        ("TEL:+44-20-7946-0000", "tel:+44-20-7946-0000"),
        ("java\x00script:alert(1)", "https://example.com/2024/a-post/java%00script:alert(1)"),
    ],
)
def test_a_reference_is_read_as_browsers_read_it(reference: str, uri: str) -> None:
    assert absolute(reference, BASE) == uri


@pytest.mark.parametrize(
    "reference",
    [
        *("javascript:alert(1)", "javascript:123", "JaVaScRiPt:1", " \x01javascript:1", "java\nscript:1", "vbscript:1"),
        *("data:text/html,x", "data:1", "file:///etc/passwd", "file:1", "about:blank", "blob:x", "C:\\x", "feed:x"),
        *("http://[", "http://[::1]/", "http://exa mple.org/", "http://example.org:port/", "http://example.org:99999/"),
        *("http://", "https:///", "mailto:", "http://a..b/", "http://%65xample.org/"),
    ],
)
def test_what_no_reader_should_follow_is_no_uri(reference: str) -> None:
    assert absolute(reference, BASE) is None


def test_a_picture_is_never_a_mail_address() -> None:
    assert absolute("mailto:me@example.org", BASE, schemes=RESOURCES) is None
    assert absolute("/a.png", BASE, schemes=RESOURCES) == "https://example.com/a.png"


@given(st.text() | REFERENCES)
def test_whatever_is_written_the_outcome_is_a_valid_uri_or_nothing(reference: str) -> None:
    found = absolute(reference, BASE)

    assert found is None or URI.fullmatch(found)
    assert found is None or absolute(found, "http://elsewhere.example/") == found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a.png 1x, b.png 2x", "https://example.com/a.png 1x, https://example.com/b.png 2x"),
        ("a.png,b.png 480w", "https://example.com/a.png,b.png 480w"),
        ("/w_1,h_2/a.png 1.5x,/b.png", "https://example.com/w_1,h_2/a.png 1.5x, https://example.com/b.png"),
        ("data:image/gif;base64,R0lGOD 1x, /real.png 2x", "https://example.com/real.png 2x"),
        ("javascript:1 1x", ""),
        ("a.png, , b.png 2x,", "https://example.com/a.png, https://example.com/b.png 2x"),
        ("a.png huge, b.png 2x", "https://example.com/b.png 2x"),
        (" , ", ""),
    ],
)
def test_each_candidate_of_a_srcset_is_judged_by_itself(written: str, expected: str) -> None:
    assert absolute_srcset(written, "https://example.com/") == expected


@given(st.text() | REFERENCES)
def test_the_srcset_of_a_srcset_is_itself(written: str) -> None:
    once = absolute_srcset(written, BASE)

    assert absolute_srcset(once, "http://elsewhere.example/") == once
