"""What can be set and is probably not what was meant."""

from pathlib import Path

import pytest

from feeds.model.finding import Severity
from feeds.settings import doubts, line_of, load, places

GOOD = """\
[site]
title = "Tea & Time"
url = "https://tea.org"
description = "About tea."
author = "Ada"
icon = "https://tea.org/icon.png"
timezone = "Europe/London"
[content]
directory = "content"
"""


def found(tmp_path: Path, text: str) -> list[tuple[str, int, Severity]]:
    file = tmp_path / "feeds.toml"
    file.write_text(text)
    known = places(file)
    return [(doubt.code, line_of(doubt.key, known), doubt.severity) for doubt in doubts(load(file, {}))]


def test_nothing_is_doubtful_in_a_good_configuration(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


def test_the_least_configuration_gives_notes_only(tmp_path: Path) -> None:
    least = '[site]\ntitle = "Tea"\nurl = "https://tea.org"\n[content]\ndirectory = "content"\n'

    doubted = found(tmp_path, least)

    assert {code for code, _, _ in doubted} == {"config-author", "config-description", "config-icon", "config-timezone"}
    assert {severity for _, _, severity in doubted} == {Severity.INFO}
    assert {line for _, line, _ in doubted} == {1}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('"https://tea.org"', '"http://tea.org"', "config-url-http", 3),
        ('icon = "https:', 'icon = "http:', "config-scheme", 6),
        ('author = "Ada"', 'public_url = "http://feeds.tea.org"\nauthor = "Ada"', "config-scheme", 5),
        ("About tea.", "TEA & TIME", "config-description", 4),
        ('author = "Ada"\n', "", "config-author", 1),
        ('icon = "https://tea.org/icon.png"\n', "", "config-icon", 1),
        ("icon.png", "icon.svg", "config-icon-format", 6),
        ("icon.png", "favicon.ico", "config-icon-format", 6),
        ('timezone = "Europe/London"\n', "", "config-timezone", 1),
        ('author = "Ada"', 'author = "Ada"\nlanguage = "jp"', "config-language", 6),
        ('author = "Ada"', 'author = "Ada"\nlanguage = "en-UK"', "config-language", 6),
    ],
)
def test_what_is_doubtful_of_the_site_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in GOOD

    assert (code, line) in [(found_code, at) for found_code, at, _ in found(tmp_path, GOOD.replace(old, new, 1))]


@pytest.mark.parametrize(
    ("more", "code", "line", "severity"),
    [
        ("[defaults]\nentries = 1000\n", "config-entries", 11, Severity.WARNING),
        ("[defaults]\nmax_bytes = 10_000\n", "config-entries", 11, Severity.WARNING),
        ("[defaults]\nentries = 2\n", "config-entries", 11, Severity.INFO),
        ("[defaults]\nmax_bytes = 2_000_000\n", "config-max-bytes", 11, Severity.INFO),
        ("[defaults]\nmax_bytes = 6_000_000\n", "config-max-bytes", 11, Severity.WARNING),
        ('[[feed]]\nname = "a"\nentries = 999\n', "config-entries", 12, Severity.WARNING),
        ('[state]\ndirectory = "content/state"\n', "config-state-in-content", 11, Severity.WARNING),
        ("[scheduler]\nscan_interval = 1.0\n", "config-scan-interval", 11, Severity.WARNING),
        ("[scheduler]\nscan_interval = 86400.0\n", "config-scan-interval", 11, Severity.INFO),
    ],
)
def test_what_is_doubtful_elsewhere_is_found_on_its_line(
    tmp_path: Path, more: str, code: str, line: int, severity: Severity
) -> None:
    assert found(tmp_path, GOOD + more) == [(code, line, severity)]


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1", "http://192.168.1.2", "http://[::1]"])
def test_documents_that_name_this_machine_are_doubtful_only_where_others_are_served(tmp_path: Path, url: str) -> None:
    local = GOOD.replace("[content]", f'public_url = "{url}"\n[content]')

    assert found(tmp_path, local) == []
    assert found(tmp_path, local + '[server]\nhost = "0.0.0.0"\n') == [("config-url-local", 8, Severity.WARNING)]


@pytest.mark.parametrize("tag", ["en", "en-GB", "de-CH", "zh-Hant-TW", "es-419", "haw", "nb-NO", "sr-Latn-RS"])
def test_languages_that_there_are_are_not_doubted(tmp_path: Path, tag: str) -> None:
    assert found(tmp_path, GOOD.replace("[content]", f'language = "{tag}"\n[content]')) == []


def test_a_file_that_is_gone_has_no_lines(tmp_path: Path) -> None:
    assert line_of(("site", "title"), places(tmp_path / "feeds.toml")) == 0
