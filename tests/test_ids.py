"""Ids that come from elsewhere and go elsewhere: ``feeds ids``."""

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from builders import a_site
from feeds.errors import ForeignFeedError
from feeds.services.adopt import Outcome, Plan, carry_out, plan_adoption
from feeds.services.gather import gather, gather_file
from feeds.services.register import document, plan_return, read_document
from feeds.services.working import quietly
from service import Place, run
from webserver import WebServer, web_server
from workbench import NOON, Workbench, a_publication

LATER = NOON + timedelta(days=2)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    with web_server() as served:
        yield served


def ids(bench: Workbench) -> dict[str, str]:
    return {entry.title: entry.id for entry in feedparser.parse(bench.body("/feeds/all.atom")).entries}


def rss(*items: tuple[str, str, str], more: str = "") -> bytes:
    """An old feed; an item is an id, a link and a title."""
    entries = "".join(
        f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{id}</guid>'
        "<pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate></item>"
        for id, link, title in items
    )
    head = f"<title>Old</title><link>http://old.example.net/</link>{more}"
    return (
        f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{head}{entries}</channel></rss>'
    ).encode()


def adopt(bench: Workbench, body: bytes) -> Plan:
    plan = plan_adoption(bench.database, bench.publication, gather_file(body, "old.xml"))
    carry_out(bench.database, plan)
    bench.refresh()
    return plan


def outcomes(plan: Plan) -> dict[str, str]:
    return {adoption.id: adoption.outcome.value for adoption in plan.adoptions}


def test_posts_get_the_ids_that_their_readers_know_and_keep_them(bench: Workbench) -> None:
    for name in ("one", "two", "three"):
        bench.post(name)
    bench.refresh()
    made = ids(bench)
    old = rss(
        ("http://old.example.net/?p=1", "http://old.example.net/one/?utm_source=rss", "One"),
        ("http://old.example.net/?p=2", "http://old.example.net/2026/two.html", "Two"),
        ("http://old.example.net/?p=9", "http://old.example.net/nine", "Nine"),
    )

    plan = adopt(bench, old)

    adopted = {"One": "http://old.example.net/?p=1", "Two": "http://old.example.net/?p=2", "Three": made["Three"]}
    assert ids(bench) == adopted
    assert not plan.complete
    assert plan.others == 1
    assert outcomes(plan)["http://old.example.net/?p=9"] == "unmatched"

    bench.post("one", title="Uno")
    (bench.content / "two.md").rename(bench.content / "due.md")
    bench.publication = a_publication(site=a_site(url="https://moved.example.org"))
    bench.refresh(LATER)
    assert ids(bench) == {"Uno": adopted["One"], "Two": adopted["Two"], "Three": made["Three"]}
    assert outcomes(adopt(bench, old))["http://old.example.net/?p=1"] == "already"


def test_adopting_tells_nobody_that_an_entry_was_updated(bench: Workbench) -> None:
    bench.post("one")
    bench.refresh()
    before = bench.catalogued("one").updated

    adopt(bench, rss(("urn:x:1", "https://example.com/one", "One")))

    assert bench.catalogued("one").updated == before
    assert bench.catalogued("one").id == "urn:x:1"


def test_an_id_that_another_post_bears_is_refused_and_both_files_are_named(bench: Workbench) -> None:
    bench.post("one", id="urn:x:1")
    bench.post("two")
    bench.refresh()
    before = ids(bench)

    plan = adopt(bench, rss(("urn:x:1", "https://example.com/two", "Two")))

    assert ids(bench) == before
    (adoption,) = plan.adoptions
    assert adoption.outcome is Outcome.REFUSED
    assert "one.md" in adoption.why
    assert "two.md" in adoption.why


def test_two_posts_may_exchange_their_ids(bench: Workbench) -> None:
    bench.post("one")
    bench.post("two")
    bench.refresh()
    made = ids(bench)

    plan = adopt(
        bench, rss((made["One"], "https://example.com/two", "Two"), (made["Two"], "https://example.com/one", "One"))
    )

    assert plan.complete
    assert ids(bench) == {"One": made["Two"], "Two": made["One"]}


@pytest.mark.parametrize("id", ["1354 at http://old.example.net", "7", "https://old.example.net/ä"])
def test_an_id_that_no_feed_can_carry_is_refused(bench: Workbench, id: str) -> None:
    bench.post("one")
    bench.refresh()
    before = ids(bench)

    plan = adopt(bench, rss((id, "https://example.com/one", "One")))

    assert [adoption.outcome for adoption in plan.adoptions] == [Outcome.REFUSED]
    assert ids(bench) == before


def test_an_id_in_front_matter_is_not_overruled(bench: Workbench) -> None:
    bench.post("one", id="urn:x:mine")
    bench.refresh()

    plan = adopt(bench, rss(("urn:x:old", "https://example.com/one", "One")))

    assert outcomes(plan) == {"urn:x:old": "refused"}
    assert ids(bench) == {"One": "urn:x:mine"}


def test_what_is_ambiguous_is_left_alone(bench: Workbench) -> None:
    bench.post("a", title="Same", body="One.")
    bench.post("b", title="Same", body="Another.")
    bench.post("c")
    bench.refresh()
    made = {post: bench.catalogued(post).id for post in "abc"}

    plan = adopt(
        bench,
        rss(
            ("urn:x:1", "http://old.example.net/?p=1", "Same"),
            ("urn:x:2", "https://example.com/c", "C"),
            ("urn:x:3", "https://example.com/c/", "C again"),
        ),
    )

    assert set(outcomes(plan).values()) == {"ambiguous"}
    assert {post: bench.catalogued(post).id for post in "abc"} == made


def test_an_id_that_the_old_feed_gives_to_several_posts_is_left_alone(bench: Workbench) -> None:
    bench.post("a")
    bench.post("b")
    bench.refresh()
    made = ids(bench)

    plan = adopt(bench, rss(("urn:x:1", "https://example.com/a", "A"), ("urn:x:1", "https://example.com/b", "B")))

    assert outcomes(plan) == {"urn:x:1": "ambiguous"}
    assert ids(bench) == made


def test_the_id_that_was_made_first_is_never_made_again(bench: Workbench) -> None:
    text = bench.post("one").read_text()
    bench.refresh()
    made = ids(bench)["One"]
    adopt(bench, rss(("urn:x:1", "https://example.com/one", "One")))
    bench.write("copy.md", text)
    bench.refresh()
    assert ids(bench) == {"One": "urn:x:1"}
    (bench.content / "copy.md").unlink()
    (bench.content / "one.md").rename(bench.content / "uno.md")
    bench.refresh()
    bench.post("one", title="Another", body="Another body.")
    bench.refresh()

    assert ids(bench)["One"] == "urn:x:1"
    assert ids(bench)["Another"] != made


# From the web


def test_older_documents_are_followed_on_the_same_host_to_their_end(web: WebServer) -> None:
    def page(number: int, older: str) -> bytes:
        link = f'<atom:link rel="next" href="{older}"/>' if older else ""
        return rss((f"urn:x:{number}", f"http://old.example.net/{number}", str(number)), more=link)

    web.pages |= {
        "/feed": (200, {}, page(1, "/feed?page=2")),
        "/feed?page=2": (200, {}, page(2, f"{web.url}/feed?page=3")),
        "/feed?page=3": (200, {}, page(3, "/feed")),
        "/away": (200, {}, page(4, "http://127.0.0.2:1/feed")),
    }

    assert [entry.id for entry in gather(f"{web.url}/feed", quietly).entries] == ["urn:x:1", "urn:x:2", "urn:x:3"]
    assert gather(f"{web.url}/away", quietly).documents == 1


def test_a_feed_of_json_is_followed_too(web: WebServer) -> None:
    def page(number: int, **more: str) -> bytes:
        items = [{"id": f"urn:x:{number}", "url": f"https://example.com/{number}"}]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **more}).encode()

    web.pages |= {"/1.json": (200, {}, page(1, next_url="/2.json")), "/2.json": (200, {}, page(2))}

    assert len(gather(f"{web.url}/1.json", quietly).entries) == 2


# To another machine


def test_a_ledger_that_is_taken_along_makes_the_same_feeds_on_another_machine(bench: Workbench, tmp_path: Path) -> None:
    bench.post("one")
    bench.post("two", body="A body of its own.")
    bench.post("gone")
    bench.write("notes.md", "---\ntitle: Undated\n---\nSome notes.")
    bench.refresh()
    (bench.content / "two.md").rename(bench.content / "due.md")
    (bench.content / "gone.md").unlink()
    bench.refresh()
    bench.post("one", body="Edited.")
    bench.refresh(LATER)
    kept = read_document("\n".join(document(bench.database)).encode(), "ids.json")
    other = Workbench(tmp_path / "other", bench.publication)
    for file in bench.content.iterdir():
        other.write(file.name, file.read_bytes())
    other.refresh(LATER + timedelta(days=1))
    assert other.body("/feeds/all.atom") != bench.body("/feeds/all.atom")

    assert kept is not None
    plan = plan_return(other.database, kept)
    carry_out(other.database, plan)
    other.refresh(LATER + timedelta(days=1))

    assert plan.complete
    assert other.everything() == bench.everything()
    other.post("gone")
    bench.post("gone")
    for each in (bench, other):
        each.refresh(LATER + timedelta(days=2))
    assert other.everything() == bench.everything()
    other.close()


@pytest.mark.parametrize(
    "body",
    [
        b'{"version": "feeds-ids-1"}',
        b'{"version": "feeds-ids-1", "ids": [{"id": "x"}]}',
        b'{"version": "feeds-ids-1", "ids": [7]}',
    ],
)
def test_a_broken_ledger_is_refused_whole(body: bytes) -> None:
    with pytest.raises(ForeignFeedError):
        read_document(body, "ids.json")


# As a user meets it


def feeds_ids(place: Place, command: str, *words: str) -> subprocess.CompletedProcess[str]:
    return run("ids", command, "--config", str(place.config), *words)


def test_the_commands_list_keep_and_adopt_ids(tmp_path: Path, web: WebServer) -> None:
    place = Place(folder=tmp_path)
    place.post("one", "One")
    place.post("two", "Two")
    old = tmp_path / "old.xml"
    old.write_bytes(rss(("urn:x:1", "http://old.example.net/one", "One"), ("urn:x:9", "http://old.example.net/9", "9")))

    tried = feeds_ids(place, "import", "--dry-run", "--json", str(old))
    listed = feeds_ids(place, "list")
    assert tried.returncode == 1
    report = json.loads(tried.stdout)
    assert (report["dry_run"], report["adopted"], report["unmatched"]) == (True, 1, 1)
    assert "urn:x:1" not in listed.stdout
    assert "one.md" in listed.stdout

    web.pages["/feed.xml"] = (200, {}, rss(("urn:x:1", "http://old.example.net/one", "One")))
    adopted = feeds_ids(place, "import", f"{web.url}/feed.xml")
    assert (adopted.returncode, adopted.stderr) == (0, "")
    assert "1 ids: 1 adopted, 0 there already, 0 unmatched, 0 ambiguous, 0 refused." in adopted.stdout
    listed = feeds_ids(place, "list", "--json")
    assert {entry["path"]: entry["id"] for entry in json.loads(listed.stdout) if not entry["gone"]} == {
        "one.md": "urn:x:1",
        "two.md": "tag:example.org,2026-01-02:two",
    }
    assert place.run("explain", "one.md").stdout.count("urn:x:1") == 1

    kept = tmp_path / "ids.json"
    assert feeds_ids(place, "export", "--output", str(kept)).returncode == 0
    assert feeds_ids(place, "export").stdout == kept.read_text()
    again = feeds_ids(place, "import", str(kept))
    assert again.returncode == 0, again.stdout


def test_what_cannot_be_read_changes_nothing(tmp_path: Path, web: WebServer) -> None:
    place = Place(folder=tmp_path)
    place.post("one", "One")
    page = tmp_path / "page.html"
    page.write_text("<html><body>Hello</body></html>")

    for source in (str(page), str(tmp_path / "nothing.xml"), f"{web.url}/nothing"):
        result = feeds_ids(place, "import", source)
        assert result.returncode == 1
        assert result.stderr.startswith("feeds: ")
        assert "Traceback" not in result.stderr
