"""What is understood of the files that come with a post."""

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content.dialects import dialect
from feeds.content.interpret import Interpretation, interpret
from feeds.content.media_types import extension
from feeds.content.parse import parse
from feeds.content.places import places
from feeds.content.quantities import bytes_of, seconds
from feeds.model.customs import Customs
from feeds.model.feed import FeedDefinition, Selection
from feeds.model.media import Enclosure, Episode, Person, Transcript
from feeds.model.podcast import Podcast
from feeds.model.post import Post
from test_interpret import FIRST_SEEN, SITE
from workbench import NOON, Workbench, a_publication

SAMPLE = Path(__file__).parents[2] / "shared" / "data" / "content" / "hugo-ado-podcast"
PAGE = "https://example.com"
PODCAST = FeedDefinition(
    name="show",
    podcast=Podcast(categories=("Arts",), image="https://example.com/show.png"),
    selection=Selection(played=True),
)


def understood(header: str, **changes: Any) -> Interpretation:
    text = f"---\ntitle: Foo\ndate: 2024-01-31\n{header}\n---\nBody"
    options: dict[str, Any] = {"permalink": "", "date_formats": (), "site": SITE, "first_seen": FIRST_SEEN} | changes
    return interpret(parse(PurePosixPath("a-post.md"), text.encode()), dialect=dialect("plain"), **options)


def post(header: str, **changes: Any) -> Post:
    return understood(header, **changes).post


def enclosures(header: str, **changes: Any) -> tuple[Enclosure, ...]:
    return post(header, **changes).enclosures


def codes(header: str) -> list[str]:
    return [finding.code for finding in understood(header).findings]


def mp3(**changes: Any) -> Enclosure:
    facts: dict[str, Any] = {"url": f"{PAGE}/7.mp3", "media_type": "audio/mpeg"}
    return Enclosure(**(facts | changes))


@pytest.mark.parametrize(
    "header",
    [
        "audio: 7.mp3",
        "audio: /7.mp3",
        "audio: https://example.com/7.mp3",
        "Audio: [7.mp3]",
        "enclosure: {url: 7.mp3}",
        "enclosures:\n- file: 7.mp3",
        "enclosure: {href: 7, type: audio/mpeg}\naudio: 7.mp3",
        "podcast_file: 7.mp3",
        "podcast: {file: 7.mp3}",
        "episode: {filename: 7.mp3}",
        "mp3: 7.mp3",
        "audio: {mp3: 7.mp3}",
        "video: https://www.youtube.com/watch?v=x\naudio_url: 7.mp3",
        "attachments: [7.mp3, 7.mp3]",
        "file: 7.MP3",
    ],
)
def test_a_file_to_hear_is_named_in_many_ways(header: str) -> None:
    found = [enclosure.url.lower() for enclosure in enclosures(header)]

    assert found in ([f"{PAGE}/7.mp3"], [f"{PAGE}/7"])
    assert {enclosure.media_type for enclosure in enclosures(header)} == {"audio/mpeg"}


def test_everything_may_be_said_of_a_file_in_a_map() -> None:
    header = (
        'enclosure: {url: 7.mp3, length: "98,076,674", type: audio/x-mp3, duration: "1:02:03", title: The <b>show</b>}'
    )

    assert enclosures(header) == (
        mp3(media_type="audio/x-mp3", length=98_076_674, duration=3723, title="The show", stated=True),
    )


@pytest.mark.parametrize(
    "header",
    [
        "podcast_file: 7.mp3\npodcast_bytes: 98076674\npodcast_duration: 59:50",
        "audio: 7.mp3\naudio_length: 98076674\nduration: 3590",
        "audio: [7.mp3]\nfile_size: 98076674\nduration: PT59M50S",
        "podcast_link: 7.mp3\npodcast_length: 98076674\nitunes_duration: 59 min 50 s",
        'enclosure: "7.mp3\\n98076674\\naudio/mpeg\\n"\nduration: 59:50',
    ],
)
def test_length_and_duration_may_stand_beside_the_one_file(header: str) -> None:
    assert enclosures(header) == (mp3(length=98_076_674, duration=3590, stated=True),)


def test_several_formats_of_one_recording_are_several_files() -> None:
    found = enclosures("audio: {mp3: 7.mp3, opus: {url: 7.opus, size: 5}}\nvideo: /v/7.mp4\nduration: 10")

    assert [(each.url, each.media_type, each.length) for each in found] == [
        (f"{PAGE}/7.mp3", "audio/mpeg", 0),
        (f"{PAGE}/7.opus", "audio/ogg", 5),
        (f"{PAGE}/v/7.mp4", "video/mp4", 0),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "audio: true",
        "podcast: My show",
        "video: dQw4w9WgXcQ",
        "video: https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "file: report.pdf",
        "media: [a, b]",
        "episode: 184",
        "podcast: {season: 2}",
        "audio: '{{ site.url }}/7.mp3'",
        "audio:",
    ],
)
def test_what_is_no_file_to_hear_or_see_is_passed_over(header: str) -> None:
    assert enclosures(header) == ()
    assert not {"enclosure", "enclosure-length"} & set(codes(header))


@pytest.mark.parametrize(
    "header",
    ["enclosure: https://example.com/listen", "podcast_file: true", "audio_url: 'javascript:x.mp3'"],
)
def test_a_key_that_can_mean_nothing_but_a_file_is_noted_where_it_names_none(header: str) -> None:
    assert enclosures(header) == ()
    assert "enclosure" in codes(header)


def test_any_kind_of_file_may_be_enclosed_by_name() -> None:
    (found,) = enclosures("enclosure: /notes.pdf")

    assert (found.media_type, found.is_played) == ("application/pdf", False)


def test_there_is_an_end_to_the_files_of_a_post() -> None:
    header = f"attachments: [{', '.join(f'{n}.mp3' for n in range(30))}]"

    assert len(enclosures(header)) == 20
    assert "too-many" in codes(header)


def test_a_length_that_is_nowhere_to_be_had_is_noted() -> None:
    assert "enclosure-length" in codes("audio: 7.mp3")
    assert "enclosure-length" not in codes("audio: 7.mp3\nfilesize: 5")


def test_bare_names_are_below_the_sites_media_or_what_the_theme_calls_so() -> None:
    site = replace(SITE, media_url="https://media.example.net/e")
    customs = Customs(settings={"params": {"media_Prefix": "https://cdn.example.net/x/"}})

    assert enclosures("podcast_file: 7.mp3", site=site)[0].url == "https://media.example.net/e/7.mp3"
    assert enclosures("podcast_file: 7.mp3", customs=customs)[0].url == "https://cdn.example.net/x/7.mp3"
    assert enclosures("podcast_file: /7.mp3", site=site)[0].url == f"{PAGE}/7.mp3"
    beside = enclosures("podcast_file: 7.mp3", site=site, size=lambda address, page: 9)
    assert (beside[0].url, beside[0].length) == (f"{PAGE}/7.mp3", 9)


def test_the_files_count_for_what_an_edition_means_and_nothing_changes_without() -> None:
    without = understood("tags: [a]").edition.meaning

    assert understood("podcast: true").edition.meaning == without
    assert understood("audio: 7.mp3").edition.meaning != without
    assert understood("audio: 8.mp3").edition.meaning != understood("audio: 7.mp3").edition.meaning


# Quantities


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("59:50", 3590),
        ("1:02:03", 3723),
        ("00:00:07.5", 7),
        ("3590", 3590),
        ("3590.7", 3590),
        ("PT1H2M3S", 3723),
        ("1 h 2 min 3 s", 3723),
        ("1 hour, 2 minutes", 3720),
        ("45 min", 2700),
        ("", 0),
        ("an hour", 0),
        ("PT", 0),
        ("١:٠٠", 0),
    ],
)
def test_a_duration_is_read_in_seconds(written: str, expected: int) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("98076674", 98_076_674),
        ("98,076,674 bytes", 98_076_674),
        ("98 076 674", 98_076_674),
        ("13.7 MB", 13_700_000),
        ("1,5 GiB", 1_610_612_736),
        ("-1", 0),
        ("12,34", 0),
        ("59:50", 0),
        ("big", 0),
    ],
)
def test_a_length_is_read_in_bytes(written: str, expected: int) -> None:
    assert bytes_of(written) == expected


@given(st.text(max_size=40))
def test_no_text_is_too_strange_to_be_a_quantity_or_none(written: str) -> None:
    assert seconds(written) >= 0
    assert bytes_of(written) >= 0
    assert extension(written) == extension(written).lower()


# Where files are


@given(st.text(max_size=40), st.sampled_from(["", "content", "a/b"]))
def test_no_address_leads_out_of_the_site(address: str, prefix: str) -> None:
    found = places(f"{PAGE}/{address}", page=f"{PAGE}/x/", site=PAGE, post=PurePosixPath("a/b.md"), prefix=prefix)

    for place in found:
        assert ".." not in place.removeprefix("../").removeprefix("../").split("/")


def test_a_file_is_measured_beside_its_post_and_below_the_static_folder(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.write("shows/7.mp3", b"x" * 7)
    bench.post("shows/seven", audio="7.mp3")
    (tmp_path / "static" / "audio").mkdir(parents=True)
    (tmp_path / "static" / "audio" / "8 a.mp3").write_bytes(b"x" * 8)
    bench.post("shows/eight", audio="/audio/8%20a.mp3")
    bench.post("shows/nine", audio="https://example.com/9.mp3", audio_length=99)
    bench.write("9.mp3", b"x")
    bench.refresh()

    lengths = {name: bench.catalogued(f"shows/{name}").enclosures[0].length for name in ("seven", "eight", "nine")}
    assert lengths == {"seven": 7, "eight": 8, "nine": 99}
    assert b'length="7"' in bench.body()
    bench.close()


def test_a_file_that_comes_later_or_changes_is_measured_then(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.post("seven", audio="7.mp3")
    bench.refresh()
    before = bench.body("/feeds/all.atom")
    assert b'length="0"' in bench.body()
    assert "enclosure-length" in bench.codes("seven.md")

    bench.write("7.mp3", b"x" * 7)
    report = bench.refresh()
    assert report.changed == 1
    assert b'length="7"' in bench.body()
    assert "enclosure-length" not in bench.codes("seven.md")
    assert before.count(b"<updated>2026-01-02T03:04:05Z") == bench.body("/feeds/all.atom").count(
        b"<updated>2026-01-02T03:04:05Z"
    )

    assert bench.refresh().changed == 0
    (bench.content / "7.mp3").unlink()
    bench.refresh()
    assert b'length="0"' in bench.body()
    bench.close()


def test_a_broken_post_is_not_read_again_for_its_files(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    bench.post("seven", audio="7.mp3")
    bench.refresh()
    bench.write("seven.md", "---\ntitle: x\n")
    bench.write("7.mp3", b"x" * 7)
    bench.refresh()

    assert bench.refresh().changed == 0
    bench.close()


def test_nothing_outside_of_the_site_is_measured(tmp_path: Path) -> None:
    bench = Workbench(tmp_path / "site")
    (tmp_path / "secret.mp3").write_bytes(b"x" * 5)
    (bench.content / "link.mp3").symlink_to(tmp_path / "secret.mp3")
    (bench.content / ".hidden.mp3").write_bytes(b"x" * 5)
    (bench.content / "folder.mp3").mkdir()
    for number, name in enumerate(("link.mp3", ".hidden.mp3", "folder.mp3", "../../secret.mp3", "/%2e%2e/secret.mp3")):
        bench.post(f"post-{number}", audio=name)
    bench.refresh()

    for number in range(5):
        assert bench.catalogued(f"post-{number}").enclosures[0].length == 0
    bench.close()


# Episodes


def test_an_episode_is_read_from_keys_with_and_without_prefix_and_from_maps() -> None:
    expected = Episode(number="7", season=2, kind="bonus", explicit=True, title="Aloud")

    for header in (
        "episode: 7\nseason: 2\nepisode_type: bonus\nexplicit: yes\nepisode_title: Aloud",
        "podcast_episode: 7\nitunes_season: 2\nitunes_episodeType: Bonus\nitunes_explicit: explicit\n"
        "itunes_title: Aloud",
        "podcast: {episode: 7, season: 2, type: bonus, explicit: true, title: Aloud}",
        "episode: {number: 7, seasonNumber: 2, episodeType: bonus, explicit: yes, title: Aloud}",
    ):
        assert post(f"audio: a.mp3\n{header}").episode == expected, header


@pytest.mark.parametrize(
    ("written", "number", "shown", "season"),
    [
        ("184", "184", "", 0),
        ("007", "7", "", 0),
        ("100.5", "100.5", "", 0),
        ("S2E5", "5", "", 2),
        ("Episode 12", "12", "Episode 12", 0),
        ("#12", "12", "#12", 0),
        ("0", "", "", 0),
        ("special", "", "", 0),
    ],
)
def test_the_number_of_an_episode_is_found_in_what_is_written(
    written: str, number: str, shown: str, season: int
) -> None:
    found = post(f'audio: a.mp3\nepisode: "{written}"\nexplicit: no').episode

    assert found is not None
    assert (found.number, found.number_shown, found.season) == (number, shown, season)


def test_words_chapters_and_people_are_linked_to() -> None:
    found = post(
        """audio: a.mp3
transcript: [a.vtt, {url: /a.srt, language: de, rel: captions}]
chapters: a.json
hosts: [Ada, "Tom & Jerry"]
guests: {name: Zoë, role: Narrator, url: /zoe, img: /zoe.png}
episode_image: img/a.png"""
    ).episode

    assert found == Episode(
        transcripts=(
            Transcript(url=f"{PAGE}/a.vtt", media_type="text/vtt"),
            Transcript(url=f"{PAGE}/a.srt", media_type="application/x-subrip", language="de", captions=True),
        ),
        chapters=f"{PAGE}/a.json",
        chapters_type="application/json+chapters",
        people=(
            Person(name="Ada", role="host"),
            Person(name="Tom & Jerry", role="host"),
            Person(name="Zoë", role="narrator", url=f"{PAGE}/zoe", picture=f"{PAGE}/zoe.png"),
        ),
        picture=f"{PAGE}/img/a.png",
    )


def test_a_transcript_that_is_written_out_is_no_address() -> None:
    assert post("audio: a.mp3\ntranscript: Hello and welcome.\nchapters: ['00:00 Hello']").episode is None


def test_whatever_is_written_every_document_can_carry_it(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(definitions=(PODCAST,)))
    odd = 'a\\x07<b>&\\u202e\\"'
    bench.write(
        "odd.md",
        f"""---
title: x
date: 2026-01-02
audio: [{{url: "/7{odd}.mp3", type: audio/mpeg, title: "{odd}"}}, 8.mp3]
transcript: {{url: 7.vtt, language: "{odd}", type: "{odd}"}}
chapters: {{url: "{odd}.json"}}
episode: "{odd}"
season: 99999999999
season_name: "{odd}"
episode_type: "{odd}"
guests: [{{name: "{odd}", role: "{odd}", url: "{odd}", img: "javascript:x"}}]
license: "https://example.com/{odd}"
canonical: "https://example.org/{odd}"
external_url: "https://[x"
dir: "{odd}"
---
Text
""",
    )
    bench.refresh()

    assert "entry-broken" not in bench.codes()
    assert bench.conditions() == ()
    assert b"<enclosure" in bench.body("/feeds/show.rss")
    bench.close()


def test_a_post_without_a_file_is_no_episode() -> None:
    assert post("season: 2\nexplicit: yes").episode is None


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="the sample of a podcast is not here")
def test_every_episode_of_a_real_podcast_has_its_recording(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    for file in SAMPLE.glob("*.md"):
        bench.write(file.name, file.read_bytes())
    bench.refresh(NOON)

    found = [bench.catalogued(file.stem) for file in sorted(SAMPLE.glob("*.md"))]
    assert all(post.played and post.played.media_type == "audio/mpeg" for post in found)
    assert sum(post.played is not None and post.played.duration > 600 for post in found) > 20
    assert sum(post.episode is not None and bool(post.episode.number) for post in found) > 40
    assert {post.episode.explicit for post in found if post.episode} == {True, False}
    bench.close()


@pytest.mark.parametrize(
    "header", ['audio: "/a/b c.mp3"', "audio: a/b c.mp3", 'audio: {mp3: "/a/b c.mp3"}', 'podcast: {mp3: "/a/b c.mp3"}']
)
def test_the_name_of_a_file_may_have_a_space_in_it(header: str) -> None:
    assert [each.url for each in enclosures(header)] == [f"{PAGE}/a/b%20c.mp3"]


def test_words_are_no_file() -> None:
    assert not enclosures("audio: to be recorded")
    assert not enclosures("podcast: The Daily Show")
    assert codes("audio: to be recorded") == []
    assert not enclosures("audio: see 7.mp3")
    assert codes("audio: see 7.mp3") == ["enclosure"]


def test_what_a_map_of_formats_says_is_true_of_each() -> None:
    (mp3, ogg) = enclosures("podcast: {mp3: /7.mp3, ogg: /7.ogg, duration: 61}")

    assert (mp3.duration, ogg.duration) == (61, 61)
