"""Feeds that are podcasts, as directories and applications read them."""

from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from builders import a_document, a_feed, a_post, a_site, an_entry, day
from feeds.errors import SettingsError
from feeds.model.feed import FeedDefinition, Format, Selection
from feeds.model.license import read_license
from feeds.model.media import Enclosure
from feeds.model.podcast import CATEGORIES, Podcast, category_names
from feeds.settings import Settings, doubts, load
from feeds.syndication import atom, check, jsonfeed, rss
from feeds.syndication.addresses import self_url
from feeds.syndication.podcasts import podcast_guid
from golden_documents import DOCUMENTS, SITE
from workbench import Workbench, a_publication

SHOW = Podcast(categories=("Arts > Books",), image="https://example.com/show.png")
AUDIO = Enclosure(url="https://example.com/7.mp3", media_type="audio/mpeg", length=7)

LEAST = """
[site]
title = "The Example"
url = "https://example.com"
[content]
directory = "."
[[feed]]
name = "show"
"""


def read(folder: Path, podcast: str, before: str = LEAST) -> Settings:
    file = folder / "feeds.toml"
    file.write_text(f"{before}{podcast}\n")
    return load(file, {})


def problem(folder: Path, podcast: str, before: str = LEAST) -> str:
    with pytest.raises(SettingsError) as caught:
        read(folder, podcast, before)
    return str(caught.value)


# What directories read


@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("http://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_a_podcast_has_the_guid_that_its_namespace_gives_its_url(url: str, guid: str) -> None:
    assert podcast_guid(url) == guid


def test_feedparser_reads_a_podcast_as_it_was_described() -> None:
    parsed = feedparser.parse(rss.render(DOCUMENTS["podcast"], SITE))

    assert not parsed.bozo
    assert (parsed.feed.author, parsed.feed.itunes_type) == ("Ada & Co", "serial")
    assert parsed.feed.publisher_detail == {"name": "Ada & Co", "email": "ada@example.com"}
    assert {tag.term for tag in parsed.feed.tags} == {"Science", "Natural Sciences", "Kids & Family"}
    first, second = parsed.entries
    assert first.enclosures == [
        {"href": "https://example.com/7.mp3?a=1&b=2", "length": "98076674", "type": "audio/mpeg"}
    ]
    assert (first.itunes_duration, first.itunes_episode, first.itunes_season) == ("3590", "7", "2")
    assert (first.itunes_explicit, first.itunes_episodetype, first.image.href) == (
        True,
        "full",
        "https://example.com/7.png",
    )
    assert second.enclosures[0].length == "0"
    assert "itunes_episode" not in second


def test_a_podcast_has_all_that_apple_asks_for_and_every_category_it_knows() -> None:
    for name in category_names():
        feed = a_feed(
            podcast=Podcast(categories=(name,), image="https://example.com/show.jpg?v=1", email="a@b.example")
        )
        body = rss.render(a_document(an_entry(a_post(enclosures=(AUDIO,))), feed=feed), SITE)

        assert check.problems(body, Format.RSS, self_url=self_url(SITE, feed, Format.RSS)) == ()
    assert set(CATEGORIES) <= set(category_names())


def test_only_rss_speaks_of_a_podcast_and_every_format_of_its_files() -> None:
    document = a_document(an_entry(a_post(enclosures=(AUDIO,))), feed=a_feed(podcast=SHOW))

    in_atom, in_json = atom.render(document, SITE), jsonfeed.render(document, SITE)
    assert b"itunes" not in in_atom + in_json
    assert feedparser.parse(in_atom).entries[0].enclosures[0].href == AUDIO.url
    assert b'"attachments":[{"url":"https://example.com/7.mp3","mime_type":"audio/mpeg","size_in_bytes":7}]' in in_json


def test_a_feed_that_is_no_podcast_says_nothing_of_the_kind() -> None:
    body = rss.render(a_document(an_entry(a_post(enclosures=(AUDIO,)))), SITE)

    assert b"itunes" not in body
    assert b"podcastindex" not in body
    assert b"<enclosure" in body


def test_a_podcast_plays_the_first_file_that_can_be_heard() -> None:
    notes = Enclosure(url="https://example.com/7.pdf", media_type="application/pdf")
    entry = an_entry(a_post(enclosures=(notes, AUDIO)))

    def enclosed(document: Any) -> str:
        return str(feedparser.parse(rss.render(document, SITE)).entries[0].enclosures[0].href)

    assert enclosed(a_document(entry)) == notes.url
    assert enclosed(a_document(entry, feed=a_feed(podcast=SHOW))) == AUDIO.url


def test_the_license_of_the_site_is_that_of_the_podcast() -> None:
    site = a_site(license="CC0")
    body = rss.render(a_document(an_entry(a_post(enclosures=(AUDIO,))), feed=a_feed(podcast=SHOW)), site)

    (found,) = etree.fromstring(body).findall("channel/{https://podcastindex.org/namespace/1.0}license")
    assert (found.text, found.get("url")) == ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")


# Which posts it shows


def test_a_podcast_shows_only_what_can_be_played_in_documents_and_archives(tmp_path: Path) -> None:
    definition = FeedDefinition(name="show", podcast=SHOW, selection=Selection(played=True), entries=2)
    bench = Workbench(tmp_path, a_publication(definitions=(definition, FeedDefinition(name="all"))))
    for number in range(1, 6):
        bench.post(f"episode-{number}", date=f"2026-01-0{number}", audio=f"{number}.mp3")
        bench.post(f"note-{number}", date=f"2026-02-0{number}", enclosure="a.pdf")
    bench.refresh()

    titles = [entry.title for entry in feedparser.parse(bench.body("/feeds/show.rss")).entries]
    assert titles == ["Episode 5", "Episode 4"]
    assert b"prev-archive" in bench.body("/feeds/show.rss")
    assert len(feedparser.parse(bench.body()).entries) == 10

    bench.post("episode-5", date="2026-01-05")
    bench.refresh()
    titles = [entry.title for entry in feedparser.parse(bench.body("/feeds/show.rss")).entries]
    assert titles == ["Episode 4", "Episode 3"]
    bench.close()


# Its configuration


def test_a_table_below_a_feed_makes_a_podcast_of_it(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        """[feed.podcast]
category = "arts>books"
image = "https://example.com/show.png"
email = "ada@example.com"
locked = false
guid = "917393E3-1B1E-5CEF-ACE4-EDAA54E1F810"
funding = { url = "https://a.example/", title = "A" }""",
    )

    (definition,) = settings.definitions()
    assert definition.podcast is not None
    assert definition.selection.played
    assert definition.podcast.categories == ("Arts > Books",)
    assert definition.podcast.guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert definition.podcast.funding[0].title == "A"
    assert [doubt.code for doubt in doubts(settings) if "podcast" in doubt.code] == []


@pytest.mark.parametrize(
    ("podcast", "message"),
    [
        (
            'podcast = { category = "Books" }',
            'category "Books" is no category of Apple\'s directory (did you mean "Arts > Books"?)',
        ),
        ('podcast = { category = "Tecnology" }', 'did you mean "Technology"?'),
        ('podcast = { category = "xyz" }', "see its list"),
        ("podcast = { category = [] }", "category is an empty list"),
        ("podcast = {}", "category is missing"),
        ('podcast = { category = "Arts" }', "image is missing, and the site has no icon"),
        ('formats = "atom"\npodcast = { category = "Arts" }', 'add "rss" to formats'),
        ('podcast = { category = "Arts", owner = "Ada" }', "owner needs the e-mail address"),
        ('podcast = { category = "Arts", locked = true }', "locked needs the e-mail address"),
        ('podcast = { category = "Arts", email = "Ada <a@b.example>" }', "is not an e-mail address"),
        ('podcast = { category = "Arts", guid = "7" }', "is not a UUID"),
        ('podcast = { category = "Arts", type = "weekly" }', '"weekly" is not one of "episodic" or "serial"'),
        ('podcast = { category = "Arts", medium = "podcasts" }', 'did you mean "podcast"?'),
        ('podcast = { category = "Arts", funding = { url = "https://a.example/" } }', "funding 1: title is missing"),
        ('podcast = { categories = "Arts" }', 'unknown key "categories" (did you mean "category"?)'),
        ("podcast = true", "podcast must be a table"),
    ],
)
def test_what_no_directory_would_take_is_refused(tmp_path: Path, podcast: str, message: str) -> None:
    assert message in problem(tmp_path, podcast)


def test_many_podcasts_cannot_have_one_guid(tmp_path: Path) -> None:
    before = LEAST.replace('name = "show"', 'name = "show/{category}"\nfor_each = "category"')
    guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"

    message = problem(
        tmp_path, f'podcast = {{ category = "Arts", image = "https://a.example/a.png", guid = "{guid}" }}', before
    )
    assert "guid is that of one podcast, but for_each makes many" in message


def test_the_icon_of_the_site_stands_in_and_what_is_lacking_is_said(tmp_path: Path) -> None:
    before = LEAST.replace("[content]", 'icon = "https://example.com/icon.gif"\n[content]')
    settings = read(tmp_path, 'podcast = { category = "Arts" }', before)

    (definition,) = settings.definitions()
    assert definition.podcast is not None
    assert definition.podcast.image == "https://example.com/icon.gif"
    assert [doubt.code for doubt in doubts(settings) if "podcast" in doubt.code] == [
        "config-podcast-owner",
        "config-podcast-image",
    ]


# Licenses


@pytest.mark.parametrize(
    ("written", "url", "identifier"),
    [
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "cc-by-sa-4.0"),
        ("cc-by-nc-nd-3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/", "cc-by-nc-nd-3.0"),
        ("Creative Commons BY", "https://creativecommons.org/licenses/by/4.0/", "cc-by-4.0"),
        ("http://creativecommons.org/licenses/by/2.0/de/", "https://creativecommons.org/licenses/by/2.0/", "cc-by-2.0"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"),
        ("https://example.com/terms", "https://example.com/terms", ""),
        ("MIT", "", ""),
    ],
)
def test_licenses_are_known_by_name_and_address(written: str, url: str, identifier: str) -> None:
    found = read_license(written)

    assert found is not None
    assert (found.url, found.identifier) == (url, identifier)


def test_nothing_is_no_license() -> None:
    assert read_license("  ") is None


def test_the_license_of_the_site_is_on_its_feeds_and_entries_unless_they_have_their_own() -> None:
    site = a_site(license="CC BY 4.0")
    own = an_entry(a_post("own", license=read_license("MIT"), published=day(2)))
    document = a_document(own, an_entry(a_post("other")))
    feed = etree.fromstring(atom.render(document, site))

    def licenses(element: Any) -> list[str]:
        return [link.get("href") for link in element.findall("{*}link") if link.get("rel") == "license"]

    by = "https://creativecommons.org/licenses/by/4.0/"
    assert licenses(feed) == [by]
    assert [licenses(entry) for entry in feed.findall("{*}entry")] == [[], [by]]
    assert feed.findtext("{*}entry/{*}rights") == "MIT"
    in_rss = etree.fromstring(rss.render(document, site))
    assert [found.text for found in in_rss.iter("{*}license")] == [by, by]
    assert [rights.text for rights in in_rss.iter("{*}rights")] == ["MIT"]
