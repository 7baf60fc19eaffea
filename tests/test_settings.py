import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import SettingsError
from feeds.model.feed import ContentMode, FeedDefinition, Format, Selection
from feeds.settings import GENERATORS, Settings, load, schema
from feeds.settings.lines import key_lines
from feeds.settings.urls import normalize, normalize_resource

PROJECT = Path(__file__).parents[1]

LEAST = """\
[site]
title = "The Example"
url = "https://example.org"
[content]
directory = "posts"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, so that messages name ``feeds.toml`` alone."""
    monkeypatch.chdir(tmp_path)
    return tmp_path.resolve()


def read(text: str | bytes, **environment: str) -> Settings:
    file = Path("feeds.toml")
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(file, environment)


def problems(text: str | bytes, **environment: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(text, **environment)
    return list(caught.value.problems)


def only_problem(text: str, **environment: str) -> str:
    (problem,) = problems(text, **environment)
    return problem


def feed(lines: str) -> str:
    """The least configuration with one feed, whose keys start on line 7."""
    return f"{LEAST}[[feed]]\n{lines}\n"


# What is read


def test_the_least_configuration_is_filled_with_defaults(folder: Path) -> None:
    settings = read(LEAST)

    assert settings.file == Path("feeds.toml")
    assert settings.publication.public_url == "https://example.org"
    assert settings.publication.description == "The latest from The Example"
    assert (settings.site.language, settings.site.timezone) == ("en", "UTC")
    assert settings.content.directory == folder / "posts"
    assert (settings.content.generator, settings.content.permalink, settings.content.date_formats) == ("auto", "", ())
    assert settings.defaults.formats == tuple(Format)
    assert (settings.defaults.entries, settings.defaults.max_bytes) == (50, 500_000)
    assert settings.state.directory == folder / "state"
    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 8000)
    assert (settings.server.workers, settings.server.memory_mb) == (2, 256)
    assert settings.scheduler.scan_interval == 60


@pytest.mark.usefixtures("folder")
def test_without_feeds_there_are_all_the_featured_and_one_for_each_category() -> None:
    assert read(LEAST).definitions() == (
        FeedDefinition(name="all"),
        FeedDefinition(name="featured", selection=Selection(featured=True)),
        FeedDefinition(name="category/{category}", for_each="category"),
    )


@pytest.mark.usefixtures("folder")
def test_a_feed_takes_from_the_defaults_what_it_does_not_say() -> None:
    settings = read(
        LEAST
        + """
        [defaults]
        formats = ["atom", "json"]
        entries = 10
        max_bytes = 20000
        content = "summary"
        [[feed]]
        name = "usual"
        [[feed]]
        name = "other"
        formats = "rss"
        entries = 20
        max_bytes = 30000
        content = "full"
        aliases = "/rss.xml"
        """
    )

    usual, other = settings.definitions()
    assert usual == FeedDefinition(
        name="usual",
        formats=(Format.ATOM, Format.JSON),
        entries=10,
        max_bytes=20_000,
        content=ContentMode.SUMMARY,
    )
    assert other == FeedDefinition(
        name="other", formats=(Format.RSS,), entries=20, max_bytes=30_000, aliases=("/rss.xml",)
    )


@pytest.mark.usefixtures("folder")
def test_a_selection_compares_slugs_and_instants_in_utc() -> None:
    settings = read(
        feed(
            """
            name = "some"
            [feed.where]
            category = ["TV & Film", "Été"]
            tag = "Long Reads"
            author = "Zoë Ball"
            language = ["en-GB", "DE"]
            featured = false
            path = "./posts/2025/"
            after = 2025-07-01
            before = 2026-01-01T00:00:00+02:00
            """
        ).replace("[content]", 'timezone = "Europe/London"\n[content]')
    )

    (definition,) = settings.definitions()
    assert definition.selection == Selection(
        categories=("tv-film", "été"),
        tags=("long-reads",),
        authors=("zoë-ball",),
        languages=("en-gb", "de"),
        featured=False,
        path="posts/2025/",
        after=datetime(2025, 6, 30, 23, tzinfo=UTC),
        before=datetime(2025, 12, 31, 22, tzinfo=UTC),
    )


@pytest.mark.usefixtures("folder")
def test_for_each_may_be_narrowed_and_fills_its_placeholder_everywhere() -> None:
    settings = read(
        feed(
            """
            for_each = "tag"
            name = "tag/{tag}"
            title = "{site} on {tag}"
            description = "All of {tag}."
            aliases = ["/tag/{tag}/feed/"]
            where = { featured = true }
            """
        )
    )

    (definition,) = settings.definitions()
    assert (definition.for_each, definition.name, definition.selection) == (
        "tag",
        "tag/{tag}",
        Selection(featured=True),
    )


def test_folders_are_relative_to_the_file_and_a_tilde_is_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder / "home"))
    (folder / "etc").mkdir()
    file = Path("etc/feeds.toml")
    file.write_text(LEAST.replace('"posts"', '"../posts"') + '[state]\ndirectory = "~/state"\n')

    assert load(file, {}).content.directory == folder / "posts"
    assert load(file, {}).state.directory == folder / "home/state"
    assert load(file, {"FEEDS_CONTENT__DIRECTORY": "here"}).content.directory == folder / "etc/here"


def test_a_link_to_the_content_is_kept_so_that_it_may_be_switched(folder: Path) -> None:
    (folder / "release-1").mkdir()
    (folder / "posts").symlink_to("release-1")

    assert read(LEAST).content.directory == folder / "posts"


@pytest.mark.usefixtures("folder")
def test_a_byte_order_mark_and_windows_line_ends_are_no_problem() -> None:
    assert read(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()).site.title == "The Example"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("written", "kept"),
    [("en-gb", "en-GB"), ("ZH-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("en-a-bb-x-cc", "en-a-bb-x-cc")],
)
def test_a_language_is_kept_in_its_usual_case(written: str, kept: str) -> None:
    assert read(LEAST, FEEDS_SITE__LANGUAGE=written).site.language == kept


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["tv", "category/tv", "2026", "a-b_c", "été/नमस्ते"])
def test_a_feed_name_is_any_path_that_needs_no_care(name: str) -> None:
    assert read(feed(f'name = "{name}"')).definitions()[0].name == name


# The environment


@pytest.mark.usefixtures("folder")
def test_the_environment_wins_over_the_file_and_a_text_stays_a_text() -> None:
    settings = read(
        feed('name = "tv"'),
        FEEDS_SITE__TITLE="2025",
        FEEDS_SERVER__PORT="9000",
        FEEDS_SCHEDULER__SCAN_INTERVAL="0.2",
        FEEDS_DEFAULTS__FORMATS="rss, atom",
        FEEDS_CONTENT__DATE_FORMATS='["%d %B, %Y"]',
        FEEDS_FEED__0__TITLE="true",
        FEEDS_FEED__0__WHERE__CATEGORY="tv,film",
        FEEDS_FEED__0__WHERE__FEATURED="true",
        FEEDS_FEED__0__WHERE__AFTER="2025-01-01",
        FEEDS_FEED__1__NAME="news",
    )

    tv, news = settings.definitions()
    assert settings.site.title == "2025"
    assert settings.server.port == 9000
    assert settings.scheduler.scan_interval == 0.2
    assert settings.content.date_formats == ("%d %B, %Y",)
    assert tv.title == "true"
    assert tv.formats == news.formats == (Format.RSS, Format.ATOM)
    assert tv.selection.categories == ("tv", "film")
    assert tv.selection.featured is True
    assert tv.selection.after == datetime(2025, 1, 1, tzinfo=UTC)
    assert news.name == "news"


@pytest.mark.usefixtures("folder")
def test_the_environment_alone_may_be_the_configuration() -> None:
    settings = read("", FEEDS_SITE__TITLE="A", FEEDS_SITE__URL="https://example.org", FEEDS_CONTENT__DIRECTORY="posts")

    assert settings.site.title == "A"


@pytest.mark.usefixtures("folder")
def test_the_environment_puts_right_what_is_wrong_in_the_file() -> None:
    assert read(LEAST.replace("https://", ""), FEEDS_SITE__URL="https://example.org")


@pytest.mark.usefixtures("folder")
def test_variables_of_others_are_ignored() -> None:
    assert read(LEAST, FEEDS_CONFIG="x", FEEDS_SITE="x", FEED__SITE__URL="x", PATH="x") == read(LEAST)


@pytest.mark.usefixtures("folder")
def test_a_problem_with_a_variable_names_it() -> None:
    text = feed('name = "tv"') + "[scheduler]\nscan_intervall = 1\n"

    assert problems(
        text,
        FEEDS_FEED__0__TITEL="x",
        FEEDS_FEED__1__TITLE="x",
        FEEDS_FEED__5__TITLE="x",
        FEEDS_FEED__TV__TITLE="x",
        FEEDS_FEED__0__WHERE="x",
        FEEDS_SERVER__PORT="abc",
        FEEDS_SITES__URL="x",
        FEEDS_SITE__TITLE__X="x",
        FEEDS_SITE__URLL="x",
    ) == [
        'feeds.toml:9: scheduler: unknown key "scan_intervall" (did you mean "scan_interval"?)',
        'environment variable FEEDS_FEED__0__TITEL: feed "tv": unknown key "titel" (did you mean "title"?)',
        "environment variable FEEDS_FEED__0__WHERE: "
        "is the name of a table: put two underscores and the name of a key behind it",
        "environment variable FEEDS_FEED__1__TITLE: feed number 2: name is missing: add it",
        "environment variable FEEDS_FEED__5__TITLE: names no feed: they are counted from 0, and the next new one is 2",
        "environment variable FEEDS_FEED__TV__TITLE: names no feed: they are counted from 0, and the next new one is 2",
        'environment variable FEEDS_SERVER__PORT: server: port must be a whole number without quotes, not "abc"',
        'environment variable FEEDS_SITES__URL: unknown key "sites" (did you mean "site"?)',
        "environment variable FEEDS_SITE__TITLE__X: has no place: what is to hold it is not a table",
        'environment variable FEEDS_SITE__URLL: site: unknown key "urll" (did you mean "url"?)',
    ]


# What is refused


@pytest.mark.usefixtures("folder")
def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    assert problems(
        '''\
titel = "lost"
[site]
title = """
[feed]   # not a heading
entries = 0 """
url = "example.org"
language = "en_US.UTF-8"
timezone = "europe/londn"
author = 5
[content]
generator = "jigsow"
date_formats = [
    "%Y-%m-%d", # fine
    "%Q",
]
[[feed]]
name = "tv"
limits = 3
entries = 1001
formats = ["rss", "atmo", "rss"]
where = { categroy = "x", category = "!!" }
[[feed]]
name = "tv"
max_bytes = true
[feed.where]
"after" = "2025-01-01"
[server]
port = 65536
[scheduler]
scan_interval = nan
'''
    ) == [
        'feeds.toml:1: unknown key "titel" outside of any table: put it below its heading, such as [site]',
        'feeds.toml:6: site: url "example.org" is not an absolute URL: start it with https:// or http://',
        'feeds.toml:7: site: language "en_US.UTF-8" is not a BCP 47 language tag (did you mean "en-US"?)',
        'feeds.toml:8: site: timezone "europe/londn" is not a known timezone (did you mean "Europe/London"?)',
        "feeds.toml:9: site: author must be a text in quotes, not 5",
        "feeds.toml:10: content: directory is missing: add it",
        'feeds.toml:11: content: generator "jigsow" is not one of "auto", "astro", "docusaurus", "eleventy", "hexo", '
        '"hugo", "jekyll", "jigsaw", "nikola", "pelican", "plain" or "zola" (did you mean "jigsaw"?)',
        'feeds.toml:12: content: date_formats "%Q" has %Q, which is not read here: use '
        "%Y %m %d %H %I %M %S %p %b %B %a %A %f %z %Z %%",
        'feeds.toml:18: feed "tv": unknown key "limits" (did you mean "entries"?)',
        'feeds.toml:19: feed "tv": entries must be 1000 or less, not 1001',
        'feeds.toml:20: feed "tv": formats names "rss" more than once: keep one',
        'feeds.toml:20: feed "tv": formats "atmo" is not one of "rss", "atom" or "json" (did you mean "atom"?)',
        'feeds.toml:21: feed "tv": where: category "!!" has no letter or digit to compare',
        'feeds.toml:21: feed "tv": where: unknown key "categroy" (did you mean "category"?)',
        'feeds.toml:23: feed "tv": name is that of another feed: choose a name of its own',
        'feeds.toml:24: feed "tv": max_bytes must be a whole number without quotes, not true',
        'feeds.toml:26: feed "tv": where: after must be a date without quotes, such as 2025-01-31, not "2025-01-01"',
        "feeds.toml:28: server: port must be 65535 or less, not 65536",
        "feeds.toml:30: scheduler: scan_interval must be a finite number, not nan",
    ]


@pytest.mark.usefixtures("folder")
def test_an_empty_file_lacks_what_is_required() -> None:
    assert problems("") == [
        "feeds.toml:1: site: url is missing: add it",
        "feeds.toml:1: content: directory is missing: add it",
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("[defaults]\nfoo = 5", 'defaults: unknown key "foo": take it out'),
        ("[feeds]", 'unknown key "feeds" (did you mean "feed"?)'),
        ("[feed]", "feed must be a list, not a table"),
        ("[[server]]", "server must be a table, not a list"),
        ("[defaults]\nformats = []", 'defaults: formats must not be empty: choose from "rss", "atom" or "json"'),
        ("[defaults]\nformats = 5", "defaults: formats must be a list, not 5"),
        ("[defaults]\nformats = [true]", 'defaults: formats true is not one of "rss", "atom" or "json"'),
        ("[defaults]\nentries = 0", "defaults: entries must be 1 or more, not 0"),
        ("[defaults]\nentries = '50'", 'defaults: entries must be a whole number without quotes, not "50"'),
        ("[defaults]\nmax_bytes = 9999", "defaults: max_bytes must be 10000 or more, not 9999"),
        (
            "[defaults]\ncontent = 'ful'",
            'defaults: content "ful" is not one of "full" or "summary" (did you mean "full"?)',
        ),
        ("[server]\nport = 0", "server: port must be 1 or more, not 0"),
        ("[server]\nport = 80.5", "server: port must be a whole number without quotes, not 80.5"),
        (
            "[server]\nhost = 'http://x/'",
            'server: host "http://x/" is not a host: write an address such as "127.0.0.1"',
        ),
        ("[scheduler]\nscan_interval = 0", "scheduler: scan_interval must be greater than 0, not 0"),
        ("[scheduler]\nscan_interval = true", "scheduler: scan_interval must be a number without quotes, not true"),
        ("[state]\ndirectory = ' '", "state: directory must not be empty: name a folder"),
        ("[state]\ndirectory = 3", "state: directory must be a text in quotes, not 3"),
        (
            "[state]\ndirectory = '~no-such-user/x'",
            'state: directory "~no-such-user/x" starts with "~", but there is no such home: write the path whole',
        ),
    ],
)
def test_a_wrong_value_is_told_with_what_to_do(lines: str, problem: str) -> None:
    line = 6 + lines.count("\n")

    assert only_problem(f"{LEAST}{lines}\n") == f"feeds.toml:{line}: {problem}"


@pytest.mark.usefixtures("folder")
def test_a_key_below_the_wrong_heading_is_told_where_it_belongs() -> None:
    assert only_problem(LEAST.replace("[site]", "[site]\nentries = 5")) == (
        'feeds.toml:2: site: unknown key "entries" (it belongs to [defaults] or [[feed]])'
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("title", " ", "title must not be empty"),
        ("title", "a\x07b", "title holds a character that feeds cannot carry (U+0007): take it out"),
        ("author", "\udcff", "author holds a character that feeds cannot carry (U+DCFF): take it out"),
        ("language", "english", 'language "english" is not a BCP 47 language tag: write "en" or "en-GB"'),
        ("timezone", "London", 'timezone "London" is not a known timezone (did you mean "Europe/London"?)'),
        ("timezone", "+01:00", 'timezone "+01:00" is not a known timezone: use a name such as Europe/London'),
        ("url", "", "url must not be empty: write a URL such as https://example.org"),
        ("url", "/news", 'url "/news" is not an absolute URL: start it with https:// or http://'),
        (
            "url",
            "ftp://example.org",
            'url "ftp://example.org" is not an absolute URL: start it with https:// or http://',
        ),
        (
            "url",
            "https:example.org",
            'url "https:example.org" is not an absolute URL: start it with https:// or http://',
        ),
        ("url", "https://", 'url "https://" has no valid host: write it like https://example.org'),
        ("url", "https://a..b", 'url "https://a..b" has no valid host: write it like https://example.org'),
        ("url", "https://a|b", 'url "https://a|b" has no valid host: write it like https://example.org'),
        ("url", "https://[::1", 'url "https://[::1" is not a URL: write it like https://example.org'),
        ("url", "https://[v1.x]", 'url "https://[v1.x]" has no valid IPv6 address in its brackets'),
        ("url", "https://x:70000", 'url "https://x:70000" has a port out of range: use 1 to 65535'),
        ("url", "https://x/?a=1", 'url "https://x/?a=1" must end before the "?" or "#"'),
        ("public_url", "https://x/#a", 'public_url "https://x/#a" must end before the "?" or "#"'),
        ("url", "https://me:secret@x", "url must not hold a user name or password: write only host and path"),
        ("url", "https://x/a b", "url holds a space or a control character: take it out"),
        ("icon", "icon.png", 'icon "icon.png" is not an absolute URL: start it with https:// or http://'),
    ],
)
def test_a_wrong_word_about_the_site_is_told_with_what_to_do(key: str, value: str, problem: str) -> None:
    name = f"FEEDS_SITE__{key.upper()}"

    assert only_problem(LEAST, **{name: value}) == f"environment variable {name}: site: {problem}"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["TV", "a//b", "/a", "a/", "a b", "a.b", "..", "ä?", "%41", ""])
def test_a_feed_name_that_is_no_safe_path_is_refused(name: str) -> None:
    assert problems(feed(f'name = "{name}"'))[0].endswith(
        f'name "{name}" is not a safe path: use lower-case letters, digits, "-", "_", and "/" between the parts'
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["tv/archive/1", "a/b/archive/12", "tv/archive/1-0123456789"])
def test_a_name_is_never_that_of_an_archive_document(name: str) -> None:
    assert "the path of another feed's archive document" in only_problem(feed(f'name = "{name}"'))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["tv/archive/{tag}", "tv/{tag}/1"])
def test_a_name_with_a_placeholder_cannot_become_that_of_an_archive_document(name: str) -> None:
    assert "the path of another feed's archive document" in only_problem(feed(f'name = "{name}"\nfor_each = "tag"'))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["archive/1", "archive", "tv/archive", "tv/archive/summer", "tv/1", "tv/archives/1"])
def test_a_name_may_speak_of_archives(name: str) -> None:
    assert read(feed(f'name = "{name}"')).definitions()[0].name == name


@pytest.mark.usefixtures("folder")
def test_a_feed_says_for_itself_whether_it_has_archives() -> None:
    lines = '[[feed]]\nname = "x"\narchives = true\n[[feed]]\nname = "y"\n[defaults]\narchives = false\n'

    assert [each.archives for each in read(feed('name = "w"') + "\n" + lines).definitions()] == [False, True, False]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('title = "x"', "6: feed number 1: name is missing: add it"),
        (
            'name = "x"\nfor_each = "categry"',
            '8: feed "x": for_each "categry" is not one of "category", "tag", "author" or "language" '
            '(did you mean "category"?)',
        ),
        ('name = "x"\nfor_each = "tag"', '7: feed "x": name "x" needs {tag}, as for_each = "tag" makes many feeds'),
        ('name = "x/{tag}"', '7: feed "x/{tag}": name holds {tag}, which needs for_each = "tag"'),
        ('name = "x"\ntitle = "On {tag}"', '8: feed "x": title holds {tag}, which needs for_each = "tag"'),
        ('name = "{site}"', '7: feed "{site}": name holds {site}, which stands for nothing here: take it out'),
        (
            'for_each = "tag"\nname = "{tag}"\ndescription = "{tags} and {x}"',
            '9: feed "{tag}": description holds {tags}, which stands for nothing here (did you mean "{tag}"?)\n'
            'feeds.toml:9: feed "{tag}": description holds {x}, which stands for nothing here: take it out',
        ),
        (
            'for_each = "tag"\nname = "{tag}"\naliases = "/feed"',
            '9: feed "{tag}": aliases "/feed" needs {tag}, as for_each = "tag" makes many feeds',
        ),
        ('name = "x"\naliases = "rss.xml"', '8: feed "x": aliases "rss.xml" must start with one "/"'),
        ('name = "x"\naliases = "//rss.xml"', '8: feed "x": aliases "//rss.xml" must start with one "/"'),
        (
            'name = "x"\naliases = "/a#b"',
            '8: feed "x": aliases "/a#b" must be a path, perhaps with a query, without spaces, "#" or "\\"',
        ),
        (
            'name = "x"\naliases = ["/a", "/a"]',
            '8: feed "x": aliases "/a" leads to this feed already: keep one of the two',
        ),
        (
            'name = "x"\naliases = "/a"\n[[feed]]\nname = "y"\naliases = ["/a"]',
            '11: feed "y": aliases "/a" leads to feed "x" already: keep one of the two (the other is at feeds.toml:8)',
        ),
        (
            'name = "x"\naliases = "/caf%C3%89"\n[[feed]]\nname = "y"\naliases = ["/CAF\u00c9//"]',
            '11: feed "y": aliases "/CAF\u00c9//" leads to feed "x" already: keep one of the two '
            "(the other is at feeds.toml:8)",
        ),
        (
            'name = "x"\naliases = "/feeds/tv.rss"\n[[feed]]\nname = "tv"',
            '8: feed "x": aliases "/feeds/tv.rss" is the path of feed "tv" already: keep one of the two '
            "(the other is at feeds.toml:10)",
        ),
        (
            'name = "x"\naliases = "/feeds/x.json"',
            '8: feed "x": aliases "/feeds/x.json" is the path of this feed already: keep one of the two',
        ),
        (
            'name = "x"\nmoved_to = "https://example.org/feeds/x.{format}"',
            '8: feed "x": moved_to "https://example.org/feeds/x.{format}" is where the feed is already: '
            "give its new address",
        ),
        (
            'name = "x"\nmoved_to = "/feeds/y.rss"',
            '8: feed "x": moved_to "/feeds/y.rss" is not an absolute URL: start it with https:// or http://',
        ),
        (
            'name = "x"\nmoved_to = "https://example.com/{tag}"',
            '8: feed "x": moved_to holds {tag}, which needs for_each = "tag"',
        ),
        (
            'name = "x"\nmin_entries = 2',
            '8: feed "x": min_entries is for many feeds: add for_each, or take it out',
        ),
        (
            'name = "x"\nretired = "2026-11-01"',
            '8: feed "x": retired must be true, false or a date without quotes, not "2026-11-01"',
        ),
        (
            'name = "été"\n[[feed]]\nname = "e\u0301te\u0301"',
            '9: feed "e\u0301te\u0301": name is that of another feed: choose a name of its own',
        ),
        (
            'name = "x"\nwhere = { path = "../x" }',
            '8: feed "x": where: path "../x" must start in the content directory: write it like "posts/2025/"',
        ),
        ('name = "x"\nwhere = { before = 0001-01-01 }', '8: feed "x": where: before 0001-01-01 is out of range'),
        (
            'name = "x"\nwhere = { before = 12:00:00 }',
            '8: feed "x": where: before must be a date without quotes, such as 2025-01-31, not 12:00:00',
        ),
        ('name = "x"\nwhere = { language = "" }', '8: feed "x": where: language must not be empty'),
        ('name = "x"\nwhere = { tag = 5 }', '8: feed "x": where: tag must be a list, not 5'),
    ],
)
def test_a_wrong_feed_is_told_with_what_to_do(lines: str, problem: str) -> None:
    assert "\n".join(problems(feed(lines))) == f"feeds.toml:{problem}"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "path",
    ["/", "/feeds", "/feeds/", "/feeds/tv", "/feeds/a/b", "/Feeds/", "/feeds.opml", "/healthz", "/readyz"],
)
def test_an_alias_never_hides_a_path_of_the_service(path: str) -> None:
    assert only_problem(feed(f'name = "x"\naliases = "{path}"')) == (
        f'feeds.toml:8: feed "x": aliases "{path}" is a path of the service itself: choose another'
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "path", ["/feed/", "/index.php/rss", "/feeds/all.atom.xml", "/café.xml", "/feeds/a/b.json", "/?feed=rss2"]
)
def test_an_alias_may_be_any_path_an_old_system_had(path: str) -> None:
    assert read(feed(f'name = "x"\naliases = "{path}"')).definitions()[0].aliases == (path,)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("pattern", ["%Y-%m-%d-%H-%M-%S", "%d.%m.%Y", "%A, %d %B %Y %I:%M %p %z"])
def test_a_date_format_is_one_that_gives_a_whole_date(pattern: str) -> None:
    assert read(LEAST, FEEDS_CONTENT__DATE_FORMATS=json.dumps([pattern])).content.date_formats == (pattern,)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("pattern", ["%Y-%m-%", "%Y %Y"])
def test_a_date_format_that_strptime_does_not_know_is_refused(pattern: str) -> None:
    assert only_problem(LEAST, FEEDS_CONTENT__DATE_FORMATS=pattern).endswith(
        f'date_formats "{pattern}" is not a strptime format: write one such as %Y-%m-%d %H:%M'
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("pattern", ["%Y", "%Y-%m", "today"])
def test_a_date_format_that_gives_no_whole_date_is_refused(pattern: str) -> None:
    assert only_problem(LEAST, FEEDS_CONTENT__DATE_FORMATS=pattern).endswith(
        f'date_formats "{pattern}" does not give a whole date: it needs year, month and day, as %Y-%m-%d has'
    )


# Files that cannot be read


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "[site]\ntitle = The Example",
            "2: this is not TOML: the value is missing or not closed, or it is a text without quotes",
        ),
        ("[site]\ntitle", '2: this is not TOML: a key needs "=" and a value behind it, a comment needs "#" before it'),
        ("[site\ntitle = 1", "1: this is not TOML: the heading is not closed: write it like [site] or [[feed]]"),
        ("[site]\n[site]", "2: this is not TOML: this heading stands twice: put the keys of both under one"),
        ("[site]\nurl = 1\nurl = 2", "3: this is not TOML: this key was set already: keep one of the two"),
        ('[site]\nurl = "a\n', "2: this is not TOML: the text is not closed: put a quote at its end"),
        ("[site]\nurl = 'a", "2: this is not TOML: the text is not closed: put a single quote at its end"),
        ("[site]\nx = [1\n", "2: this is not TOML: the list or table is not closed: add the bracket"),
        (
            'x = "c:\\x"',
            "1: this is not TOML: a backslash in double quotes must be written twice, or the text put in single quotes",
        ),
        ("x = 2025-02-31", "1: this is not TOML: there is no such date or time"),
        (
            "x = 1 2",
            "1: this is not TOML: something stands behind the value: quote texts, and give every key its own line",
        ),
        ("= 1", '1: this is not TOML: a line starts with a key, with "[" or with "#"'),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_line(text: str, problem: str) -> None:
    assert only_problem(text) == f"feeds.toml:{problem}"


@pytest.mark.usefixtures("folder")
def test_a_file_in_another_encoding_is_told_with_its_line() -> None:
    assert problems(LEAST.replace("The Example", "Café").encode("latin-1")) == [
        "feeds.toml:2: the file is not in UTF-8: save it in that encoding"
    ]


def test_a_file_that_is_missing_or_a_folder_is_told(folder: Path) -> None:
    (folder / "a-folder").mkdir()
    with pytest.raises(SettingsError) as missing:
        load(Path("no.toml"), {})
    with pytest.raises(SettingsError) as unreadable:
        load(Path("a-folder"), {})

    assert missing.value.problems == (
        "no.toml: there is no such file: create it, or name another with --config or FEEDS_CONFIG",
    )
    assert unreadable.value.problems == (
        "a-folder: cannot be read (Is a directory): name a file that this user may read",
    )


# Lines


def test_the_line_of_a_key_is_found_in_any_toml() -> None:
    text = '''\
"top" = 1 # [no]
[a]
b . "c d" = """
[no]
x = 1\\""" still """
e = [ # ]
  "]", '[', { x = 1 },
]
f = \'\'\'\'one\'\' "
[no]\'\'\'
  [[ a.g ]] # first
h = { i = { j = 1 } }
[a.g.k]
l = 2025-01-01 00:00:00
[[a.g]]
  m = 'x' '''

    lines = key_lines(text.rstrip())

    assert lines == {
        (): 1,
        ("top",): 1,
        ("a",): 2,
        ("a", "b"): 3,
        ("a", "b", "c d"): 3,
        ("a", "e"): 6,
        ("a", "f"): 9,
        ("a", "g"): 11,
        ("a", "g", 0): 11,
        ("a", "g", 0, "h"): 12,
        ("a", "g", 0, "k"): 13,
        ("a", "g", 0, "k", "l"): 14,
        ("a", "g", 1): 15,
        ("a", "g", 1, "m"): 16,
    }
    assert tomllib.loads(text)["a"]["g"][1] == {"m": "x"}


TEXTS = st.text(st.sampled_from("ab=#[]{}\"'\\\n ,."), max_size=12)


@given(st.lists(st.tuples(TEXTS, st.booleans()), max_size=6))
def test_no_text_in_a_value_is_ever_taken_for_a_key(values: list[tuple[str, bool]]) -> None:
    lines: list[str] = []
    expected: dict[str, int] = {}
    for number, (value, in_list) in enumerate(values):
        expected[f"k{number}"] = sum(line.count("\n") + 1 for line in lines) + 1
        text = '"""\n' + value.replace("\\", "\\\\").replace('"', '\\"') + '"""'
        lines.append(f"k{number} = [\n{text}, # ]\n]" if in_list else f"k{number} = {text}")

    found = key_lines("\n".join(lines))

    assert {path[0]: line for path, line in found.items() if path} == expected


# URLs


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("HTTPS://Example.ORG", "https://example.org"),
        ("https://example.org:443/", "https://example.org"),
        ("http://example.org:80//", "http://example.org"),
        ("http://example.org:8080/News/", "http://example.org:8080/News"),
        ("https://bücher.example/é/%c3%a9", "https://xn--bcher-kva.example/%C3%A9/%C3%A9"),
        ("https://example.org./100%", "https://example.org/100%25"),
        ("http://[0:0::1]:81/", "http://[::1]:81"),
    ],
)
def test_a_url_has_one_spelling(url: str, kept: str) -> None:
    assert normalize(url) == kept


def test_the_url_of_a_file_keeps_its_query() -> None:
    assert normalize_resource("https://Example.org/iconé.png?v=1&w=ü#x") == (
        "https://example.org/icon%C3%A9.png?v=1&w=%C3%BC"
    )


HOSTS = st.one_of(st.text(min_size=1, max_size=12), st.sampled_from(["Example.org", "bücher.de", "ß.example", "[::1]"]))


@given(st.sampled_from(["http", "https", "HTTP"]), HOSTS, st.integers(-1, 70_000), st.text(max_size=12))
def test_normalising_a_url_twice_is_the_same_as_once(scheme: str, host: str, port: int, path: str) -> None:
    for normalise in (normalize, normalize_resource):
        try:
            once = normalise(f"{scheme}://{host}:{port}/{path}")
        except ValueError:
            continue
        assert once.isascii()
        assert normalise(once) == once


# The schema and the files that come along


def validate(text: str) -> None:
    """Check a file as an editor would, to which a date is a text of a certain form."""
    document = json.loads(json.dumps(tomllib.loads(text), default=str))
    jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)


def tables(of: dict[str, Any]) -> list[dict[str, Any]]:
    return [table for table in of["$defs"].values() if "properties" in table]


def test_the_stored_schema_is_that_of_the_tables() -> None:
    stored = (PROJECT / "config/feeds.schema.json").read_text(encoding="utf-8")

    assert stored == json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_schema_is_one_and_describes_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())

    assert all(key.get("description") for table in tables(schema()) for key in table["properties"].values())
    assert "null" not in json.dumps(schema())
    assert schema()["$defs"]["ContentTable"]["properties"]["generator"]["enum"] == list(GENERATORS)


@pytest.mark.parametrize("file", ["config/feeds.toml", "config/examples/finescoop.toml"])
def test_the_files_that_come_along_are_good(file: str) -> None:
    validate((PROJECT / file).read_text(encoding="utf-8"))

    settings = load(PROJECT / file, {})
    assert [definition.name for definition in settings.definitions()] == ["all", "featured", "category/{category}"]
    assert settings.state.directory.parent == PROJECT / "state"


def test_the_commented_file_shows_every_key_and_its_examples_are_good(folder: Path) -> None:
    text = (PROJECT / "config/feeds.toml").read_text(encoding="utf-8")
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in text.splitlines()
    )

    settings = read(uncommented)
    validate(uncommented)

    document = tomllib.loads(uncommented)
    shown = {
        key for table in document.values() for part in (table if isinstance(table, list) else [table]) for key in part
    }
    shown |= {*document["feed"][0]["where"], *document["feed"][0]["podcast"]}
    assert shown == {key for table in tables(schema()) for key in table["properties"]}
    assert settings.defaults == read(LEAST).defaults
    assert settings.server == read(LEAST).server
    assert settings.scheduler == read(LEAST).scheduler


def test_an_editor_objects_to_what_the_service_objects_to() -> None:
    for wrong in ("[feeds]", "[defaults]\nentries = 0", "[server]\nport = '80'", "[[feed]]\nfor_each = 'x'"):
        with pytest.raises(jsonschema.ValidationError):
            validate(f"{LEAST}{wrong}\n")
    validate(feed('name = "x"\nformats = "rss"\nwhere = { after = 2025-01-01, tag = ["a", "b"] }'))


@pytest.mark.parametrize("pattern", ["%y-%m-%d", "%j/%Y", "%d %Q %Y", "%G-W%V-%u"])
def test_a_date_format_that_posts_are_not_read_with_is_refused(tmp_path: Path, pattern: str) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(
        f'[site]\ntitle = "x"\nurl = "https://example.org"\n[content]\ndirectory = "."\ndate_formats = "{pattern}"\n'
    )

    with pytest.raises(SettingsError, match="is not read here"):
        load(file, {})


@pytest.mark.usefixtures("folder")
def test_the_terms_for_readers_are_networks_in_one_spelling() -> None:
    settings = read(
        LEAST + '[server]\nunlimited = []\ntrusted_proxies = ["192.0.2.7", "2001:DB8::1/32"]\ndelta = true\n'
    )

    assert settings.terms.unlimited == ()
    assert settings.terms.proxies == ("192.0.2.7/32", "2001:db8::/32")
    assert (settings.terms.per_hour, settings.terms.delta) == (120, True)


@pytest.mark.usefixtures("folder")
def test_what_is_no_network_is_refused_with_an_example() -> None:
    assert "192.0.2.0/24" in only_problem(LEAST + '[server]\ntrusted_proxies = "proxy.example"\n')
