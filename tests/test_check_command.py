"""``feeds check``, as people, hooks and code scanners use it."""

import json
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.model.rulebook import RULEBOOK
from service import Place, run

COMPLETE = (
    'author = "Ada"\ndescription = "Notes from a small place."\nicon = "https://example.org/i.png"\ntimezone = "UTC"\n'
)


#: Nothing is assumed of a site whose generator and links are said.
SAID = 'generator = "plain"\npermalink = "/{folder}/{slug}"'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    for name in [name for name in os.environ if name.startswith("FEEDS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    place = Place(folder=tmp_path)
    place.config.write_text(place.config.read_text().replace("[content]", f"{COMPLETE}[content]\n{SAID}"))
    return place


def check(place: Place, *words: str) -> Result:
    return CliRunner().invoke(main, ["check", "--config", str(place.config), *words])


def found(place: Place, *words: str) -> list[tuple[str, int, str]]:
    findings = json.loads(check(place, "--json", *words).stdout)["findings"]
    return [(finding["file"], finding["line"], finding["code"]) for finding in findings]


def append(place: Place, text: str) -> None:
    place.config.write_text(place.config.read_text() + text)


BAD = "---\ntitle: Bad\ndate: 2026-02-31\n---\nx"
DOUBTFUL = "---\ntitle: Doubtful\ndate: 2026-01-01\ncatgories: x\n---\n![](x.png)"


# What people see


def test_a_date_that_is_old_and_true_is_noted_once_and_passes_a_strict_check(place: Place) -> None:
    place.post("old", "Old", date="1969-07-20")

    strict = check(place, "--strict", "--notes")

    assert strict.exit_code == 0
    assert [line.split()[1:3] for line in strict.stdout.splitlines()] == [["note", "date-old:"]]


def test_nothing_wrong_is_said_in_no_line_and_one_sentence_apart(place: Place) -> None:
    place.post("one", "One")

    result = check(place)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 post and 8 documents checked: 0 errors, 0 warnings, 0 notes.\n"


def test_each_finding_is_one_line_with_place_severity_code_and_advice(place: Place) -> None:
    (place.content / "bad.md").write_text(BAD)

    result = check(place)

    assert result.exit_code == 1
    assert result.stdout.startswith('content/bad.md:3: error date-impossible: the date "2026-02-31" is ')
    assert result.stdout.count("\n") == 1


def test_errors_come_first_and_notes_only_when_they_are_asked_for(place: Place) -> None:
    (place.content / "a.md").write_text(DOUBTFUL)
    (place.content / "z.md").write_text(BAD)

    lines = check(place, "--notes").stdout.splitlines()

    assert [line.split()[1:3] for line in lines] == [
        ["error", "date-impossible:"],
        ["warning", "key-misspelt:"],
        ["note", "alt-missing:"],
    ]
    assert check(place).stdout.splitlines() == lines[:2]
    assert "1 error, 1 warning, 1 note (--notes shows them)." in check(place).stderr


def test_warnings_fail_only_where_one_is_strict(place: Place) -> None:
    (place.content / "a.md").write_text(DOUBTFUL)

    assert check(place).exit_code == 0
    assert check(place, "--strict").exit_code == 1
    assert check(place, "--strict", "--ignore", "key-misspelt").exit_code == 0


def test_codes_are_chosen_and_passed_over(place: Place) -> None:
    (place.content / "a.md").write_text(DOUBTFUL)
    (place.content / "z.md").write_text(BAD)

    assert found(place, "--only", "alt-missing,date-impossible") == [
        ("content/z.md", 3, "date-impossible"),
        ("content/a.md", 6, "alt-missing"),
    ]
    assert found(place, "--ignore", "alt-missing", "--ignore", "date-impossible") == [
        ("content/a.md", 4, "key-misspelt")
    ]
    append(place, '[check]\nignore = ["date-impossible"]\n')
    assert check(place).exit_code == 0
    assert found(place, "--only", "date-impossible") == []


def test_a_code_that_is_none_is_a_mistake_of_the_command_or_of_the_config(place: Place) -> None:
    result = check(place, "--only", "alt-mising")
    assert result.exit_code == 2
    assert 'did you mean "alt-missing"?' in result.stderr

    append(place, '[check]\nignore = ["alt-mising"]\n')
    result = check(place)
    assert result.exit_code == 2
    assert (
        'feeds.toml:18: check: ignore "alt-mising" is no code of a finding (did you mean "alt-missing"?)'
        in result.stderr
    )


def test_a_hook_that_names_files_is_told_of_those_and_of_the_config(place: Place) -> None:
    append(place, '[[feed]]\nname = "empty"\nwhere = { category = "none" }\n')
    (place.content / "a.md").write_text(DOUBTFUL)
    (place.content / "z.md").write_text(BAD)
    (place.folder / "README.md").write_text("Read me.")

    told = found(place, "content/a.md", "README.md")

    assert ("content/a.md", 4, "key-misspelt") in told
    assert ("feeds.toml", 17, "config-feed-empty") in told
    assert not [file for file, _, _ in told if file == "content/z.md"]
    assert check(place, "content/a.md").exit_code == 0
    assert check(place, str(place.content / "z.md")).exit_code == 1


def test_a_file_that_is_not_there_is_no_clean_one(place: Place) -> None:
    answer = check(place, "content/typo.md")

    assert answer.exit_code == 2
    assert "typo.md" in answer.stderr


# What programs read


def test_the_shape_of_the_json_is_this(place: Place) -> None:
    (place.content / "a.md").write_text(DOUBTFUL)

    answer = json.loads(check(place, "--json").stdout)

    assert list(answer) == ["sound", "posts", "documents", "counts", "conditions", "findings"]
    assert (answer["sound"], answer["posts"], answer["documents"]) == (True, 1, 8)
    assert answer["counts"] == {"error": 0, "warning": 1, "info": 1}
    assert answer["findings"][0] == {
        "path": "a.md",
        "line": 4,
        "code": "key-misspelt",
        "severity": "warning",
        "message": 'the key "catgories" is not known: did you mean "categories"?',
        "advice": "Correct it, or rename it if it is meant.",
        "file": "content/a.md",
    }


def sarif(place: Place, *words: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(check(place, "--sarif", *words).stdout)
    return log


def test_code_scanners_get_what_they_require(place: Place) -> None:
    append(place, '[[feed]]\nname = "all"\ntitle = "Tea&nbsp;Time"\n')
    (place.content / "a b.md").write_text(DOUBTFUL)
    (place.content / "z.md").write_text(BAD)

    log = sarif(place)

    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    driver = run["tool"]["driver"]
    assert driver["name"] == "feeds"
    for rule in driver["rules"]:
        assert rule["id"] in RULEBOOK
        for text in (rule["shortDescription"], rule["fullDescription"], rule["help"]):
            assert text["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["partialFingerprints"]["finding/v1"]
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert not artifact["uri"].startswith(("/", "file:"))
        assert location["physicalLocation"]["region"]["startLine"] >= 1
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels["date-impossible"] == "error"
    assert levels["key-misspelt"] == "warning"
    assert levels["alt-missing"] == "note"
    uris = {r["ruleId"]: r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert uris["key-misspelt"] == "content/a%20b.md"
    assert uris["document-markup"] == "feeds.toml"
    assert run["invocations"][0]["executionSuccessful"] is True


def test_fingerprints_stay_when_a_finding_moves_to_another_line(place: Place) -> None:
    file = place.content / "a.md"
    file.write_text(DOUBTFUL)
    before = sarif(place)["runs"][0]["results"][0]
    file.write_text(DOUBTFUL.replace("catgories", "layout: x\ncatgories"))
    after = sarif(place)["runs"][0]["results"][0]

    assert before["locations"] != after["locations"]
    assert before["partialFingerprints"] == after["partialFingerprints"]


def test_a_config_that_cannot_be_used_is_a_finding_for_programs(place: Place) -> None:
    append(place, "[defaults]\nlimits = 3\n")

    result = check(place, "--json")
    log = CliRunner().invoke(main, ["check", "--config", str(place.config), "--sarif"])

    assert (result.exit_code, log.exit_code) == (2, 2)
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["file"], finding["line"], finding["code"]) == ("feeds.toml", 18, "config-invalid")
    (told,) = json.loads(log.stdout)["runs"][0]["results"]
    assert told["locations"][0]["physicalLocation"]["region"]["startLine"] == 18


def test_two_forms_at_once_are_none(place: Place) -> None:
    assert check(place, "--json", "--sarif").exit_code == 2


# What it leaves alone


def published(place: Place) -> list[Any]:
    with sqlite3.connect(place.folder / "state" / "feeds.sqlite3") as connection:
        return [*connection.execute("SELECT path, digest, last_modified FROM artefacts ORDER BY path")]


def test_a_check_publishes_nothing(place: Place) -> None:
    place.post("one", "One")
    place.run("refresh")
    before = published(place)
    place.post("two", "Two")

    result = check(place)

    assert "2 posts" in result.stderr
    assert published(place) == before
    assert "1 of 2 posts" not in place.run("list").stderr
    assert len(published(place)) == len(before)
    assert published(place) != before


def test_a_check_of_a_site_that_was_never_published_publishes_nothing(place: Place) -> None:
    place.post("one", "One")

    check(place)

    assert [file.name for file in (place.folder / "state").iterdir()] == ["check"]


def test_a_state_that_cannot_be_written_is_done_without(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.post("one", "One")
    (place.folder / "state").write_text("in the way")

    result = check(place)

    assert (result.exit_code, result.stdout) == (0, "")
    assert (place.folder / "state").read_text() == "in the way"


def test_what_a_check_remembers_may_be_damaged(place: Place) -> None:
    (place.content / "z.md").write_text(BAD)
    check(place)
    for file in (place.folder / "state" / "check").glob("feeds.sqlite3*"):
        file.write_bytes(b"no database at all" * 100)

    assert found(place) == [("content/z.md", 3, "date-impossible")]
    assert check(place).exit_code == 1


def test_what_a_later_release_remembers_is_begun_anew(place: Place) -> None:
    (place.content / "z.md").write_text(BAD)
    check(place)
    with sqlite3.connect(place.folder / "state" / "check" / "feeds.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert found(place) == [("content/z.md", 3, "date-impossible")]


def test_a_second_check_reads_no_file_again(place: Place) -> None:
    file = place.content / "a.md"
    file.write_text(DOUBTFUL)
    os.utime(file, (1_700_000_000, 1_700_000_000))
    before = found(place)
    same_size = DOUBTFUL.replace("catgories", "categories").replace("x\n", "\n")
    file.write_text(same_size)
    os.utime(file, (1_700_000_000, 1_700_000_000))

    assert len(same_size) == len(DOUBTFUL)
    assert found(place) == before


def test_content_of_another_day_is_judged_anew_by_the_same_config(place: Place) -> None:
    place.post("one", "One", date="2999-01-01")

    assert ("content/one.md", 3, "date-far") in found(place)
    assert ("content/one.md", 3, "date-far") in found(place)


def test_content_that_is_gone_is_an_error(place: Place) -> None:
    place.content.rmdir()

    result = check(place)

    assert result.exit_code == 1
    assert "degraded: The content directory cannot be read" in result.stderr
    assert json.loads(check(place, "--json").stdout)["conditions"][0]["code"] == "content-gone"


def test_two_checks_at_once_find_the_same(place: Place) -> None:
    (place.content / "z.md").write_text(BAD)
    results: list[str] = []

    def work() -> None:
        results.append(run("check", "--config", str(place.config)).stdout)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 2
    assert results[0].count("date-impossible") == 1
    assert results[0] == results[1]
