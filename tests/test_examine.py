"""What only shows when all posts, and the feeds made of them, are looked at together."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from filelock import FileLock

from feeds.model.doubt import Doubt
from feeds.model.feed import FeedDefinition, Selection
from feeds.model.finding import Finding
from feeds.model.publication import Publication
from feeds.services import examine
from feeds.services.examine import Configuration, Examination, Examine
from feeds.services.proofreading import Proofreading
from feeds.services.refresh import Refresh
from feeds.services.working import quietly
from workbench import NOON, Workbench, a_publication


def located(doubt: Doubt) -> Finding:
    """Show the key of a doubt in place of a line."""
    return Finding(
        path=PurePosixPath("/".join(map(str, doubt.key))),
        line=0,
        code=doubt.code,
        severity=doubt.severity,
        message=doubt.message,
        advice="",
    )


def examined(bench: Workbench, publication: Publication | None = None, now: datetime = NOON) -> Examination:
    publication = publication or bench.publication
    lock = FileLock(bench.state / "refresh.lock", timeout=10)
    refresh = Refresh(bench.database, Proofreading(directory=bench.directory(), publication=publication), lock)
    configuration = Configuration(publication=publication, written=True, digest="", locate=located)
    return Examine(bench.database, refresh, configuration).run(now, quietly)


def found(bench: Workbench, *definitions: FeedDefinition, now: datetime = NOON) -> list[tuple[str, str]]:
    publication = replace(bench.publication, definitions=definitions) if definitions else None
    return [(str(finding.path), finding.code) for finding in examined(bench, publication, now).findings]


def fail(_examine: Examine, _now: datetime) -> None:
    raise KeyboardInterrupt


ALL = FeedDefinition(name="all")


def test_posts_of_one_title_and_day_are_found_once(bench: Workbench) -> None:
    bench.post("a", "One.", title="Tea")
    bench.post("b", "Two.", title="Tea", date="2026-01-02T23:00:00Z")
    bench.post("c", "Three.", title="Tea", date="2026-01-03T03:04:05Z")

    assert found(bench, ALL) == [("b.md", "title-repeated")]


def test_posts_of_one_address_and_of_one_body_are_found(bench: Workbench) -> None:
    bench.post("a", "The very same.", permalink="/x")
    bench.post("b", "The very same.", permalink="/x")

    assert found(bench, ALL) == [("b.md", "body-repeated"), ("b.md", "url-repeated")]


def test_a_copy_with_title_and_body_is_said_to_be_one_once(bench: Workbench) -> None:
    bench.post("a", "The very same.", title="Tea")
    bench.post("b", "The very same.", title="Tea", featured="true")

    assert found(bench, ALL) == [("b.md", "title-repeated")]


def test_what_nobody_sees_is_no_copy(bench: Workbench) -> None:
    bench.post("a", "One.", title="Tea")
    bench.post("b", "Two.", title="Tea", draft="true")

    assert found(bench, ALL) == []


def test_a_date_far_ahead_is_found_until_it_is_near(bench: Workbench) -> None:
    bench.post("a", date="2027-07-01")

    assert ("a.md", "date-far") in found(bench, ALL)
    assert ("a.md", "date-far") not in found(bench, ALL, now=NOON + timedelta(days=60))


def test_a_change_in_the_future_is_found(bench: Workbench) -> None:
    bench.post("a", updated="2999-01-01")

    assert found(bench, ALL) == [("a.md", "updated-ahead")]


def test_a_category_that_is_almost_another_is_found(bench: Workbench) -> None:
    for number in range(3):
        bench.post(f"p{number}", f"Body {number}.", categories="Gardens")
    bench.post("slip", categories="Gardnes")

    assert found(bench, ALL) == [("slip.md", "name-near")]


def test_what_shows_only_beside_other_posts_is_found_on_the_line_that_says_it(bench: Workbench) -> None:
    bench.write("a.md", "---\ntitle: Tea\ndate: 2026-01-02\n---\nOne.\n")
    bench.write("b.md", "---\nlanguage: en\ndate: 2026-01-02\ntitle: Tea\n---\nTwo.\n")
    bench.write("far.md", "---\ntitle: Far\ncategories: [x]\npublished_at: 2999-01-02\n---\nThree.\n")
    bench.write("c1.md", "---\ntitle: C1\ndate: 2026-01-03\ntags: [C++]\n---\nFour.\n")
    bench.write("c2.md", "---\ntitle: C2\ndate: 2026-01-04\ntags: [C++]\n---\nFive.\n")
    bench.write("c3.toml.md", "+++\ntitle = 'C3'\ndate = 2026-01-05\n\ntags = ['C#']\n+++\nSix.\n")

    each_tag = FeedDefinition(name="tag/{tag}", for_each="tag")
    findings = examined(bench, replace(bench.publication, definitions=(ALL, each_tag))).findings

    assert {(str(each.path), each.code, each.line) for each in findings} == {
        ("b.md", "title-repeated", 4),
        ("far.md", "date-far", 4),
        ("c3.toml.md", "slug-shared", 5),
    }


def test_what_the_name_of_a_file_says_has_no_line(bench: Workbench) -> None:
    bench.write("2999-01-02-far.md", "---\ntitle: Far\n---\nOne.\n")

    only_all = replace(bench.publication, definitions=(ALL,))
    far = [each for each in examined(bench, only_all).findings if each.code == "date-far"]
    assert [(str(each.path), each.line) for each in far] == [("2999-01-02-far.md", 0)]


def test_what_is_mended_is_found_no_more(bench: Workbench) -> None:
    bench.post("a", "One.", title="Tea")
    bench.post("b", "Two.", title="Tea")
    assert found(bench, ALL) == [("b.md", "title-repeated")]

    bench.post("b", "Two.", title="Coffee")

    assert found(bench, ALL) == []


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            {"selection": Selection(categories=("tee",))},
            {("feed/1", "config-feed-empty"), ("feed/1/where/category", "config-term-unknown")},
        ),
        ({"selection": Selection(categories=("tea", "tee"))}, {("feed/1/where/category", "config-term-unknown")}),
        (
            {"selection": Selection(tags=("tea",))},
            {("feed/1", "config-feed-empty"), ("feed/1/where/tag", "config-term-unknown")},
        ),
        ({"name": "tag/{tag}", "for_each": "tag"}, {("feed/1", "config-feed-empty")}),
        (
            {},
            {
                ("feed/1", "config-feed-same"),
                ("feed/0/title", "config-title-same"),
                ("feed/1/title", "config-title-same"),
            },
        ),
        ({"retired": NOON}, set()),
        ({"moved_to": "https://elsewhere.example/all.{format}"}, set()),
        (
            {"selection": Selection(path="one"), "title": "The Example"},
            {("feed/0/title", "config-title-same"), ("feed/1/title", "config-title-same")},
        ),
        ({"name": "c/{category}", "for_each": "category", "title": "News"}, {("feed/1/title", "config-title-same")}),
        ({"selection": Selection(path="one"), "aliases": ("/one",)}, {("feed/1/aliases", "config-alias-taken")}),
        ({"selection": Selection(path="one"), "aliases": ("/one/",)}, {("feed/1/aliases", "config-alias-taken")}),
        ({"selection": Selection(path="one"), "aliases": ("/feed/",)}, set()),
    ],
)
def test_feeds_that_are_probably_not_meant_so_are_found_at_their_key(
    tmp_path: Path, definition: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    publication = a_publication()
    same_host = replace(publication, site=replace(publication.site, public_url=publication.site.url))
    bench = Workbench(tmp_path, same_host)
    bench.post("one", categories="Tea")

    assert set(found(bench, ALL, FeedDefinition(**({"name": "second"} | definition)))) == expected
    bench.close()


def test_a_term_that_no_post_has_is_named_with_the_one_that_was_meant(bench: Workbench) -> None:
    bench.post("one", categories="Gardens")
    definition = FeedDefinition(name="g", selection=Selection(categories=("gardns",)))

    messages = [f.message for f in examined(bench, replace(bench.publication, definitions=(definition,))).findings]

    assert any('did you mean "gardens"?' in message for message in messages)


def test_rules_of_a_later_release_judge_all_content_anew(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.post("one")
    examined(bench)
    assert bench.refresh().changed == 0

    monkeypatch.setattr(examine, "RULES", examine.RULES + 1)
    examined(bench)

    with bench.database.reading() as connection:
        reports = connection.exec_driver_sql("SELECT report FROM runs ORDER BY number DESC LIMIT 1").scalar_one()
    assert '"changed": 1' in reports


def test_an_examination_that_was_cut_short_is_made_good_by_the_next(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.post("a", "One.", title="Tea")
    examined(bench)
    bench.post("b", "Two.", title="Tea")
    with monkeypatch.context() as power:
        power.setattr(Examine, "_look_around", fail)
        with pytest.raises(KeyboardInterrupt):
            examined(bench)

    assert ("b.md", "title-repeated") in found(bench)


def test_a_doubt_of_a_document_leaves_with_its_feed(bench: Workbench) -> None:
    bench.post("one")
    odd = FeedDefinition(name="odd", title="Tea&nbsp;Time", selection=Selection(path="one"))
    assert {code for _, code in found(bench, ALL, odd)} == {"document-markup"}

    assert found(bench, ALL) == []


def test_what_documents_are_doubted_for_counts_no_file(bench: Workbench) -> None:
    bench.publication = replace(bench.publication, definitions=(FeedDefinition(name="odd", title="Tea&nbsp;Time"),))
    bench.post("one")

    assert bench.refresh().findings == 0
    assert set(bench.codes("/feeds/odd.rss")) == {"document-markup"}
