"""What was good stays: documents that fail their check are not swapped in, files cut off anywhere publish nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.model.feed import FeedDefinition, Format
from walking import Reader
from workbench import NOON, Workbench, a_publication

OTHER = FeedDefinition(name="other", title="The other")
GOOD = (FeedDefinition(name="all", title="All"), OTHER)

#: A feed without a title is one that no validator passes; settings would not let it come this far.
BROKEN = (FeedDefinition(name="all", title=" "), OTHER)

SECRETS = {
    "yaml": '---\ntitle: "A secret"\ndate: 2026-01-02\ntags: [hush]\ndraft: true\n---\nSecret words.\n',
    "toml": '+++\ntitle = "A secret"\ndate = 2026-01-02\ntags = ["hush"]\ndraft = true\n+++\nSecret words.\n',
    "json": '{"title": "A secret", "date": "2026-01-02", "tags": ["hush"], "draft": true}\n\nSecret words.\n',
}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    bench = Workbench(tmp_path, a_publication(definitions=GOOD))
    bench.post("one")
    yield bench
    bench.close()


def test_a_document_that_fails_its_check_is_not_swapped_in_and_health_says_why(bench: Workbench) -> None:
    bench.refresh()
    before = {format: bench.body(f"/feeds/all.{format}") for format in Format}

    bench.publication = a_publication(definitions=BROKEN)
    bench.post("two", date="2026-01-03")
    bench.refresh()

    reader = Reader(bench)
    assert {format: reader.get(f"/feeds/all.{format}") for format in Format} == before
    assert all(b"Two" in reader.get(f"/feeds/other.{format}") for format in Format)
    health = reader.client.get("/healthz")
    assert (health.status_code, health.get_json()["status"]) == (200, "degraded")
    (condition,) = health.get_json()["conditions"]
    assert condition["code"] == "document-broken"
    assert condition["message"].startswith("all: ")


def test_a_document_that_is_mended_is_swapped_in_and_health_is_well_again(bench: Workbench) -> None:
    bench.refresh()
    bench.publication = a_publication(definitions=BROKEN)
    bench.post("two", date="2026-01-03")
    bench.refresh()

    bench.publication = a_publication(definitions=GOOD)
    bench.refresh(NOON + timedelta(minutes=1))

    assert b"Two" in bench.body("/feeds/all.rss")
    assert Reader(bench).client.get("/healthz").get_json()["status"] == "ok"


def test_a_broken_document_is_tried_again_with_every_pass(bench: Workbench) -> None:
    bench.publication = a_publication(definitions=BROKEN)
    bench.refresh()
    assert "/feeds/all.rss" not in bench.paths()

    (condition,) = bench.refresh(NOON + timedelta(minutes=1)).conditions
    assert (condition.code, condition.since) == ("document-broken", NOON)


@pytest.mark.parametrize("form", SECRETS)
def test_a_draft_that_is_cut_off_anywhere_is_published_nowhere(bench: Workbench, form: str) -> None:
    text = SECRETS[form]
    for cut in range(len(text) + 1):
        bench.write(f"cut-{cut:03}.md", text[:cut])

    bench.refresh()

    assert not [path for path, body in bench.everything().items() if b"secret" in body.lower() or b"hush" in body]


@pytest.mark.parametrize("form", SECRETS)
def test_a_post_whose_front_matter_is_cut_off_anywhere_stays_as_it_was(bench: Workbench, form: str) -> None:
    text = (
        SECRETS[form].replace("draft: true", "x: y").replace("draft = true", "x = 1").replace('"draft": true', '"x": 1')
    )
    bench.write("two.md", text)
    bench.refresh()
    before = bench.everything()
    head = text.index("Secret words") - (5 if form != "json" else 3)

    for cut in range(8, head, 7):
        bench.write("two.md", text[:cut])
        bench.refresh()
        assert bench.everything() == before, text[:cut]


def test_a_post_that_was_cut_off_and_is_whole_again_is_published_as_it_is(bench: Workbench) -> None:
    text = SECRETS["yaml"].replace("draft: true\n", "")
    bench.write("two.md", text)
    bench.refresh()
    bench.write("two.md", text[:20])
    bench.refresh()

    bench.write("two.md", text.replace("words", "sentences"))
    bench.refresh()

    assert b"Secret sentences" in bench.body("/feeds/all.rss")
    assert bench.codes("two.md") == []
