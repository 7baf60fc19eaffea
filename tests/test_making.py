"""One feed's documents, and what becomes of an entry that none can be made of."""

from datetime import UTC, datetime

from builders import a_feed, a_post, a_site, an_entry, day
from feeds.model.feed import Format
from feeds.model.finding import Severity
from feeds.services.making import FeedToMake, make


def test_a_sound_feed_comes_in_every_format_it_is_to_have() -> None:
    feed = a_feed(formats=(Format.RSS, Format.JSON))

    made = make(FeedToMake(site=a_site(), feed=feed, entries=(an_entry(),)))

    assert set(made.bodies) == {Format.RSS, Format.JSON}
    assert (made.faults, made.findings, len(made.shown)) == ((), (), 1)


def test_one_bad_entry_is_left_out_and_named_and_the_others_are_shown() -> None:
    good = an_entry(a_post("good", published=day(1)))
    relative = an_entry(a_post("relative", url="/not-absolute", published=day(2)))
    hostile = an_entry(a_post("hostile", title="A \x00 title", published=day(3)))

    made = make(FeedToMake(site=a_site(), feed=a_feed(), entries=(good, relative, hostile)))

    assert [entry.post.path.stem for entry in made.shown] == ["good"]
    assert b"good" in made.bodies[Format.ATOM]
    assert [(finding.path.stem, finding.code) for finding in made.findings] == [
        ("relative", "entry-broken"),
        ("hostile", "entry-broken"),
    ]
    assert made.faults == ()


def test_a_feed_of_which_no_document_can_be_made_gives_none_and_says_why() -> None:
    made = make(FeedToMake(site=a_site(), feed=a_feed(title=""), entries=(an_entry(),)))

    assert made.bodies == {}
    assert made.faults


def test_a_doubt_about_an_entry_does_not_stop_it_and_is_said_of_its_post_once() -> None:
    old = an_entry(a_post("old", published=datetime(1980, 1, 1, tzinfo=UTC)), html="<p>AT&T</p>")

    made = make(FeedToMake(site=a_site(), feed=a_feed(), entries=(old,)))

    assert set(made.bodies) == set(Format)
    assert made.faults == ()
    found = [(str(finding.path), finding.code, finding.severity) for finding in made.doubts]
    assert found.count(("old.md", "document-html", Severity.WARNING)) == 1
    assert {code for _, code, _ in found} == {"document-html"}


def test_a_doubt_about_a_document_is_said_of_its_address() -> None:
    made = make(FeedToMake(site=a_site(), feed=a_feed(title="Tea&nbsp;Time"), entries=(an_entry(),)))

    assert set(made.bodies) == set(Format)
    assert {(str(finding.path), finding.code) for finding in made.doubts} == {
        ("/feeds/all.rss", "document-markup"),
        ("/feeds/all.json", "document-markup"),
    }
