import hashlib
import locale
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from builders import a_document, a_feed, a_post, a_site, an_entry
from feeds.errors import RenderingError
from feeds.model.feed import FeedDocument, Format
from feeds.syndication import check, render
from feeds.syndication.addresses import document_url, self_url
from golden_documents import DOCUMENTS, SITE

DIGEST_OF_ALL = """
import hashlib, locale
from golden_documents import DOCUMENTS, SITE
from feeds.model.feed import Format
from feeds.syndication import render
locale.setlocale(locale.LC_ALL, "")
for document in DOCUMENTS.values():
    for format in Format:
        print(hashlib.sha256(render.render(document, SITE, format)).hexdigest())
"""

#: Texts as the noun promises them: what XML can carry and readers can show, and not only blanks.
PLAIN = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
).filter(lambda text: text == text.strip())


@pytest.mark.parametrize("environment", [("0", "UTC", "C"), ("7", "Asia/Kathmandu", "C.UTF-8")], ids=["here", "there"])
def test_another_process_on_another_machine_writes_the_same_bytes(environment: tuple[str, str, str]) -> None:
    seed, zone, language = environment
    there = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
    output = subprocess.run(
        [sys.executable, "-c", DIGEST_OF_ALL], cwd=Path(__file__).parent, env=there, check=True, capture_output=True
    ).stdout

    assert output.decode().split() == [
        hashlib.sha256(render.render(document, SITE, format)).hexdigest()
        for document in DOCUMENTS.values()
        for format in Format
    ]


def test_rendering_in_threads_never_touches_the_locale_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    before = locale.setlocale(locale.LC_ALL)
    changes: list[object] = []
    monkeypatch.setattr(locale, "setlocale", lambda *change: changes.append(change))
    with ThreadPoolExecutor(3) as pool:
        jobs = [(document, format) for document in DOCUMENTS.values() for format in Format] * 5
        bodies = list(pool.map(lambda job: render.render(job[0], SITE, job[1]), jobs))
    monkeypatch.undo()

    assert changes == []
    assert locale.setlocale(locale.LC_ALL) == before
    assert len(set(bodies)) == len(DOCUMENTS) * len(Format)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_rss_and_atom_tell_the_same_story(document: FeedDocument) -> None:
    rss, atom = (feedparser.parse(render.render(document, SITE, format)) for format in (Format.RSS, Format.ATOM))

    assert (rss.feed.title, rss.feed.link) == (atom.feed.title, atom.feed.link)
    assert unescape(rss.feed.subtitle) == atom.feed.subtitle
    assert rss.feed.updated_parsed == atom.feed.updated_parsed
    for one, other in zip(rss.entries, atom.entries, strict=True):
        for name in ("id", "link", "title", "published_parsed", "media_content", "media_thumbnail"):
            assert one.get(name) == other.get(name)
        assert [tag.term for tag in one.get("tags", [])] == [tag.term for tag in other.get("tags", [])]
        assert [content.value for content in one.get("content", [])] == [
            content.value for content in other.get("content", [])
        ]


@given(title=PLAIN, summary=PLAIN, name=PLAIN)
def test_any_text_arrives_in_every_format_as_it_was(title: str, summary: str, name: str) -> None:
    document = a_document(an_entry(a_post(title=title), summary=summary, html=""), feed=a_feed(title=name))
    bodies = {format: render.render(document, a_site(), format) for format in Format}

    channel = etree.fromstring(bodies[Format.RSS])[0]
    feed = etree.fromstring(bodies[Format.ATOM])
    assert (channel.findtext("title"), channel.findtext("item/title")) == (name, title)
    assert (feed.findtext("{*}title"), feed.findtext("{*}entry/{*}title")) == (name, title)
    assert feed.findtext("{*}entry/{*}summary") == summary
    for format, body in bodies.items():
        assert check.problems(body, format, self_url=self_url(a_site(), document.feed, format)) == ()


@pytest.mark.parametrize("format", [Format.RSS, Format.ATOM])
def test_a_text_that_xml_cannot_carry_is_refused_with_the_path_of_the_document(format: Format) -> None:
    document = a_document(an_entry(a_post(title="a\x0bb")))

    with pytest.raises(RenderingError) as caught:
        render.render(document, a_site(), format)

    assert caught.value.path == f"/feeds/all.{format}"


def test_a_text_that_utf8_cannot_carry_is_refused_in_json_too() -> None:
    with pytest.raises(RenderingError):
        render.render(a_document(an_entry(a_post(title="\ud800"))), a_site(), Format.JSON)


def test_an_address_is_percent_encoded_in_one_way_and_keeps_its_slashes() -> None:
    address = document_url(a_site(public_url="https://example.com/base"), "/feeds/tag/c# & für?100%.rss")

    assert address == "https://example.com/base/feeds/tag/c%23%20%26%20f%C3%BCr%3F100%25.rss"
