import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content.edition import body_digest
from feeds.content.identity import explicit, mint, second_mint

WHEN = datetime(2020, 9, 30, 6, 42, 47, tzinfo=UTC)

#: RFC 4151, 2.1: a tag URI with a host name.
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-F]{2})*")


def minted(url: str, path: str, authority: str = "example.com") -> str:
    return mint(authority, WHEN, url, PurePosixPath(path))


def test_an_id_is_made_of_host_date_and_link() -> None:
    assert minted("https://example.com/articles/a-post", "_posts/a_post.md") == (
        "tag:example.com,2020-09-30:articles/a-post"
    )


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://example.com/a-post", "a-post.md"),
        ("https://example.com/a-post/", "a-post/index.md"),
        ("https://example.com/a-post.html", "A_Post.md"),
        ("https://example.com/a-post", "2020-09-30-a-post.md"),
        ("https://example.com/a-post", "_posts/a_post.blade.md"),
        ("https://example.com/%C3%A4pfel", "äpfel.md"),
    ],
)
def test_a_link_that_names_its_file_is_enough(url: str, path: str) -> None:
    assert ";" not in minted(url, path)


@pytest.mark.parametrize("url", ["https://example.com/another", "https://example.com/", "https://example.com/?p=7"])
def test_a_link_that_does_not_name_its_file_is_not_enough(url: str) -> None:
    assert minted(url, "one.md") != minted(url, "two.md")
    assert minted(url, "one.md") == minted(url, "one.md")


def test_the_second_id_of_a_link_always_tells_the_file() -> None:
    path = PurePosixPath("a-post.md")
    second = second_mint("example.com", WHEN, "https://example.com/a-post", path)

    assert re.fullmatch(r"tag:example\.com,2020-09-30:a-post;[0-9a-f]{8}", second)


def test_an_authority_is_a_host_in_lower_case() -> None:
    assert minted("https://example.com/a", "a.md", "Example.COM:8080") == "tag:example.com,2020-09-30:a"


@given(st.text(max_size=20), st.text("abc/%é ?#", max_size=20))
def test_every_id_is_a_valid_tag_uri(name: str, link: str) -> None:
    path = PurePosixPath(f"x{name.replace('/', '').encode('utf-8', 'replace').decode()}.md")

    assert TAG.fullmatch(mint("example.com", WHEN, f"https://example.com/{link}", path))
    assert TAG.fullmatch(second_mint("example.com", WHEN, f"https://example.com/{link}", path))


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("64421DA5-100c-4911-821d-299b92534131", "urn:uuid:64421da5-100c-4911-821d-299b92534131"),
        ("64421da5100c4911821d299b92534131", "urn:uuid:64421da5-100c-4911-821d-299b92534131"),
        ("http://example.com/?p=123", "http://example.com/?p=123"),
        ("https://Example.com", "https://Example.com"),
        ("https://example.com/ä%20b", "https://example.com/%C3%A4%20b"),
        ("tag:example.com,2020:a", "tag:example.com,2020:a"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        (" urn:x:y ", "urn:x:y"),
    ],
)
def test_an_author_may_give_the_id(written: str, id: str) -> None:
    assert explicit(written) == id


@pytest.mark.parametrize(
    "written",
    [
        "",
        "42",
        "a-post",
        "1354 http://example.com/?p=1354",
        "note: this",
        "https://",
        "http:a",
        "http://[",
        "javascript:x",
        "tag:example.com,20:a",
        "tag:example.com,2020-13:a",
        "tag:nothing",
        "http://example.com/" + "a" * 2000,
        "/a/b",
    ],
)
def test_what_does_not_identify_is_no_id(written: str) -> None:
    assert explicit(written) == ""


@given(st.text(max_size=40))
def test_an_explicit_id_is_ascii_without_spaces(written: str) -> None:
    assert re.fullmatch(r"[!-~]*", explicit(written))


def test_a_body_is_recognised_whatever_its_white_space() -> None:
    assert body_digest("One two\n\nthree") == body_digest(" \nOne  two\nthree\n")
    assert body_digest("One two") != body_digest("One three")
    assert len(body_digest("One")) == 64


def test_an_empty_body_is_like_no_other() -> None:
    assert body_digest("") == body_digest(" \n") == ""
