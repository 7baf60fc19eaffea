"""What hostile posts can do to the documents that others read: nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import html5lib
import pytest

from feeds.content.sanitize import ATTRIBUTES, TAGS
from feeds.model.feed import FeedDefinition, Format
from feeds.syndication.check import problems
from workbench import Workbench, a_publication

SHARED = Path(__file__).parents[2] / "shared" / "data" / "xss_vectors.json"

#: A few of each kind, so that the rule is tested where the large collection is absent.
VECTORS = [
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "&lt;svg/onload=alert(1)&gt;",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" &#14; java\tscript:alert(1)">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--><script>alert(1)</script>-->",
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '"><form action=x><input autofocus onfocus=alert(1)>',
    "<style>*{background:url(javascript:alert(1))}</style>",
    "[x](javascript:alert(1))",
    "![x](data:text/html,<script>alert(1)</script>)",
    "<a <b>",
    "\u0000<scr\u0000ipt>alert(1)</script>",
]


def vectors() -> list[str]:
    """Return our own vectors, and every fifteenth of the large collection where it is present."""
    if not SHARED.exists():
        return VECTORS
    return [*VECTORS, *(vector["input"] for vector in json.loads(SHARED.read_text(encoding="utf-8"))[::15])]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    definition = FeedDefinition(name="all", entries=1000, max_bytes=50_000_000)
    bench = Workbench(tmp_path_factory.mktemp("attacked"), a_publication(definitions=(definition,)))
    bench.post("canary", title="Canary")
    for number, vector in enumerate(vectors()):
        fields = {
            "title": f"{number}: {vector}",
            "date": "2026-01-01T00:00:00Z",
            "description": vector,
            "author": vector,
            "categories": [vector],
            "image": vector,
        }
        # JSON can hold any text, so that nothing of a vector is lost on the way in.
        bench.write(f"post-{number}.md", f"{json.dumps(fields)}\n\n{vector}\n")
    bench.refresh()
    yield bench
    bench.close()


def test_every_document_is_published_and_sound(attacked: Workbench) -> None:
    assert attacked.conditions() == ()
    for format in Format:
        artefact = attacked.artefact(f"/feeds/all.{format}")
        assert problems(artefact.body, format, self_url=artefact.self_url) == ()
        assert b"Canary" in artefact.body


def test_nearly_every_hostile_post_is_still_published(attacked: Workbench) -> None:
    shown = len(json.loads(attacked.body("/feeds/all.json"))["items"])

    assert shown >= 0.97 * len(vectors())


def test_no_content_has_an_element_or_an_attribute_that_is_not_allowed(attacked: Workbench) -> None:
    for item in json.loads(attacked.body("/feeds/all.json"))["items"]:
        for element in html5lib.parseFragment(item.get("content_html", ""), namespaceHTMLElements=False).iter():
            if element.tag == "DOCUMENT_FRAGMENT":
                continue
            assert element.tag in TAGS
            assert set(element.attrib) <= ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())


def test_no_plain_text_is_markup_to_a_reader_that_takes_it_for_html(attacked: Workbench) -> None:
    for item in json.loads(attacked.body("/feeds/all.json"))["items"]:
        texts = [item["title"], item.get("summary", ""), *item.get("tags", [])]
        texts.extend(author["name"] for author in item.get("authors", []))
        for text in texts:
            elements = [element.tag for element in html5lib.parse(text, namespaceHTMLElements=False).iter()]
            assert elements == ["html", "head", "body"]


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_a_reader_without_a_sanitizer_of_its_own_gets_the_same_entries(attacked: Workbench, format: str) -> None:
    parsed = feedparser.parse(attacked.body(f"/feeds/all.{format}"), sanitize_html=False, resolve_relative_uris=False)
    items = json.loads(attacked.body("/feeds/all.json"))["items"]

    assert not parsed.bozo
    assert [entry.id for entry in parsed.entries] == [item["id"] for item in items]
    for entry, item in zip(parsed.entries, items, strict=True):
        if "content_html" in item:
            assert entry.content[0].value.strip() == item["content_html"].strip()


def test_the_page_for_people_runs_nothing(attacked: Workbench) -> None:
    page = html5lib.parse(attacked.body("/").decode(), namespaceHTMLElements=False)

    for element in page.iter():
        assert element.tag not in ("script", "iframe", "object", "embed", "svg", "form")
        assert not [name for name in element.attrib if name.startswith("on")]
