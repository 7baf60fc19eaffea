"""Two readers that are not ours agree on what every format of a feed says, and are never surprised by it."""

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.model.feed import FeedDefinition, Format
from loopback import Loopback, at_loopback
from two_readers import Reading, SecondReader, by_feedparser, tree
from walking import walk
from workbench import Workbench, a_publication

TIE = "2026-03-04T05:06:07Z"

#: What is hard to get right, each by the name of its file.
AWKWARD: dict[str, dict[str, Any]] = {
    "plain": {},
    "unicode": {"title": "Ünïcödé 日本 😀 e\u0301", "body": "Zażółć gęślą jaźń — “quoted” 𝔘𝔫𝔦."},
    "entities": {
        "title": "'Fish &amp; chips &lt; £4 <b>bold</b> & \"more\"'",
        "body": "AT&T a < b &copy; &nbsp; &amp;amp;",
    },
    "markup": {
        "body": '<p>One <a href="/rel?a=1&amp;b=2">link</a> <img src="pics/x.png" alt="a &quot;b&quot;"></p>\n\n'
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx < y && z\n```\n\n> Quoted *deeply*.\n\n1. one\n2. two\n",
    },
    "cdata": {"title": "'The end ]]> of it'", "body": "`]]>` and <![CDATA[x]]> and <!-- gone -->."},
    "tie-one": {"date": TIE},
    "tie-two": {"date": TIE, "title": "Tie One"},
    "tie-three": {"date": TIE, "title": "Tie One", "body": ""},
    "empty": {"body": ""},
    "untitled": {"title": None, "body": "No title, but words."},
    "pictured": {"image": "/pics/café 1.jpg", "body": "![Alt & text](/pics/b.webp 'Title')"},
    "several": {"authors": "[Ann Lee, Bjørn Ø, 'C & D']", "categories": "[TV & Radio, café]", "lang": "de-AT"},
    "summed": {"description": "Sum &amp; total < all <i>of</i> it"},
    "moved-on": {"updated": "2026-05-06T07:08:09Z"},
    "long": {"body": "\n\n".join(f"Paragraph {n} with “words” & <em>marks</em>." for n in range(900))},
}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    definitions = (FeedDefinition(name="all"), FeedDefinition(name="few", entries=4))
    bench = Workbench(tmp_path, a_publication(definitions=definitions))
    for number, (name, facts) in enumerate(AWKWARD.items()):
        write(bench, name, **({"date": f"2026-02-{number + 1:02d}T03:04:05Z"} | facts))
    yield bench
    bench.close()


@pytest.fixture
def served(bench: Workbench) -> Iterator[Loopback]:
    with at_loopback(bench) as loopback:
        bench.refresh()
        yield loopback


def write(bench: Workbench, name: str, **changes: Any) -> None:
    facts: dict[str, Any] = {"body": f"The body of {name}."} | AWKWARD.get(name, {}) | changes
    bench.post(name, **facts)


def urls(served: Loopback, feed: str = "all") -> list[str]:
    return [f"{served.url}/feeds/{feed}.{format}" for format in Format]


def get(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        body: bytes = answer.read()
    return body


def by_json(url: str) -> dict[str, Reading]:
    """Read a JSON Feed as its text says, in its own order."""
    return {item["id"]: _item(item) for item in json.loads(get(url))["items"]}


def _item(item: dict[str, Any]) -> Reading:
    return Reading(
        id=item["id"],
        title=item["title"],
        link=item["url"],
        published=datetime.fromisoformat(item["date_published"]),
        updated=datetime.fromisoformat(item["date_modified"]),
        authors=tuple(author["name"] for author in item.get("authors", ())),
        summary=item["summary"],
        html=tree(item.get("content_html", "")),
        picture=item.get("image", ""),
    )


def test_every_reader_finds_the_same_in_every_format(served: Loopback) -> None:
    rss, atom, jsonfeed = urls(served)
    second = SecondReader(rss, atom, jsonfeed)
    second.update()

    truth = by_json(jsonfeed)
    assert len(truth) == len(AWKWARD)
    agreed(by_feedparser(atom), truth)
    agreed(by_feedparser(rss), truth)
    for url in (rss, atom, jsonfeed):
        agreed(second.entries(url), truth, pictures=False, all_authors=url == jsonfeed)
    assert list(by_feedparser(atom)) == list(by_feedparser(rss)) == list(truth)
    second.close()


def agreed(
    found: dict[str, Reading], truth: dict[str, Reading], *, pictures: bool = True, all_authors: bool = True
) -> None:
    """See that a reading says what the truth says, as far as its reader keeps it: the second knows no pictures."""
    assert found.keys() == truth.keys()
    for id, reading in found.items():
        true = truth[id]
        # Of several authors of XML, the second reader keeps the last.
        authors = true.authors if all_authors else true.authors[-1:]
        expected = replace(
            true,
            updated=reading.updated and true.updated,
            authors=authors,
            picture=true.picture if pictures else "",
        )
        assert reading == expected


def test_what_they_find_is_what_was_written(served: Loopback) -> None:
    found = {id.rpartition(":")[2]: reading for id, reading in by_feedparser(urls(served)[1]).items()}

    assert found.keys() == AWKWARD.keys()
    assert found["unicode"].title == "Ünïcödé 日本 😀 e\u0301"
    assert found["entities"].title == 'Fish & chips < £4 bold & "more"'
    assert found["cdata"].title == "The end ]]> of it"
    assert found["untitled"].title == "Untitled"
    assert found["several"].authors == ("Ann Lee", "Bjørn Ø", "C & D")
    assert found["pictured"].picture == "https://example.com/pics/caf%C3%A9%201.jpg"
    assert found["summed"].summary == "Sum & total < all of it"
    assert found["moved-on"].updated == datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert found["markup"].link == "https://example.com/markup"
    assert "https://example.com/rel?a=1&b=2" in found["markup"].html
    assert "x < y && z" in found["markup"].html
    assert found["long"].html.count("Paragraph") == 900
    assert len({reading.updated for reading in found.values()}) == len(AWKWARD)


def test_a_reader_that_has_everything_is_told_so_and_finds_nothing_new(served: Loopback) -> None:
    second = SecondReader(*urls(served))
    first = second.update()

    again = second.update()

    assert {value.new for value in first.values() if value} == {len(AWKWARD)}
    assert set(again.values()) == {None}
    assert [served.statuses_of(url) for url in urls(served)] == [[200, 304]] * 3
    second.close()


NOISE: dict[str, Any] = {
    "white space": lambda bench: write(bench, "plain", body="\nThe body of plain.  \n\n", date="2026-02-01T03:04:05Z"),
    "another spelling of a category": lambda bench: write(
        bench, "several", categories="[TV & radio, CAFÉ]", date="2026-02-12T03:04:05Z"
    ),
    "a touch": lambda bench: bench.content.joinpath("plain.md").touch(),
}


@pytest.mark.parametrize("what", NOISE)
def test_what_means_nothing_is_neither_new_nor_modified(bench: Workbench, served: Loopback, what: str) -> None:
    second = SecondReader(*urls(served))
    second.update()

    NOISE[what](bench)
    bench.refresh()

    assert {(value.new, value.modified) for value in second.update().values() if value} <= {(0, 0)}
    second.close()


def test_an_edit_is_all_that_a_reader_sees_of_it(bench: Workbench, served: Loopback) -> None:
    second = SecondReader(*urls(served))
    second.update()

    write(bench, "plain", title="Plain, but better", date="2026-02-01T03:04:05Z")
    bench.refresh()

    expected = {url: (0, 1, len(AWKWARD) - 1) for url in urls(served)}
    assert counts(second) == expected
    assert {served.statuses_of(url)[-1] for url in urls(served)} == {200}
    assert {entry.title for url in urls(served) for entry in second.entries(url).values() if "plain" in entry.id} == {
        "Plain, but better"
    }
    second.close()


def counts(second: SecondReader) -> dict[str, tuple[int, int, int]]:
    return {url: (value.new, value.modified, value.unmodified) for url, value in second.update().items() if value}


@pytest.mark.parametrize("date", ["2026-05-30T00:00:00Z", TIE])
def test_a_new_post_is_all_that_a_reader_sees_of_it(bench: Workbench, served: Loopback, date: str) -> None:
    second = SecondReader(*urls(served))
    second.update()

    write(bench, "younger", date=date)
    bench.refresh()

    assert {(new, modified) for new, modified, _ in counts(second).values()} == {(1, 0)}
    second.close()


def test_a_move_of_everything_announces_nothing_anew(bench: Workbench, served: Loopback) -> None:
    second = SecondReader(*urls(served))
    second.update()

    for file in sorted(bench.content.glob("*.md")):
        new = bench.content / "moved" / f"x-{file.name}"
        new.parent.mkdir(exist_ok=True)
        file.rename(new)
    site = replace(bench.site, url="https://elsewhere.example")
    bench.publication = replace(bench.publication, site=site)
    bench.refresh()

    assert {new for new, _, _ in counts(second).values()} == {0}
    agreed(by_feedparser(urls(served)[1]), by_json(urls(served)[2]))
    assert all("elsewhere.example/moved/x-" in reading.link for reading in by_json(urls(served)[2]).values())
    second.close()


def test_what_was_deleted_and_returns_is_not_new(bench: Workbench, served: Loopback) -> None:
    second = SecondReader(*urls(served))
    second.update()
    file = bench.content / "plain.md"
    text = file.read_bytes()

    file.unlink()
    bench.refresh()
    assert {(new, modified) for new, modified, _ in counts(second).values()} == {(0, 0)}
    bench.write("plain.md", text)
    bench.refresh()
    assert {(new, modified) for new, modified, _ in counts(second).values()} <= {(0, 0)}
    second.close()


def test_readers_agree_on_every_archive_document(served: Loopback) -> None:
    walks = {
        format: [page.own for page in walk(lambda path: get(f"{served.url}{path}"), f"/feeds/few.{format}", format)]
        for format in Format
    }
    assert len(walks[Format.RSS]) == len(walks[Format.ATOM]) == len(walks[Format.JSON]) > 3
    second = SecondReader(*(url for pages in walks.values() for url in pages))
    second.update()

    everything: list[str] = []
    for rss, atom, jsonfeed in zip(walks[Format.RSS], walks[Format.ATOM], walks[Format.JSON], strict=True):
        truth = by_json(jsonfeed)
        everything.extend(truth)
        agreed(by_feedparser(rss), truth)
        agreed(by_feedparser(atom), truth)
        for url in (rss, atom, jsonfeed):
            agreed(second.entries(url), truth, pictures=False, all_authors=url == jsonfeed)
    assert everything == list(by_json(urls(served)[2]))
    assert set(second.update().values()) == {None}
    second.close()
