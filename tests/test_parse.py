import hashlib
import json
import string
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.content.decode import decode
from feeds.content.notes import Notes
from feeds.content.parse import MAX_FILE, MAX_FRONT_MATTER, parse
from feeds.content.text import legal
from feeds.errors import ContentError
from feeds.model.source import Source

SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "content"


def read(text: str | bytes) -> Source:
    return parse(PurePosixPath("a-post.md"), text.encode() if isinstance(text, str) else text)


def codes(text: str | bytes) -> list[str]:
    return [finding.code for finding in read(text).findings]


def refusal(text: str | bytes) -> tuple[str, int]:
    with pytest.raises(ContentError) as caught:
        read(text)
    last = caught.value.findings[-1]
    return last.code, last.line


# What python-frontmatter would lose


@pytest.mark.parametrize(
    "header",
    [
        "---\ntitle: Foo\ndraft: true\n---\n",
        "\ufeff---\ntitle: Foo\ndraft: true\n---\n",
        "\n\n---\ntitle: Foo\ndraft: true\n---\n",
        " ---\ntitle: Foo\ndraft: true\n ---\n",
        "\u00a0---\ntitle: Foo\ndraft: true\n---\n",
        "-----  \ntitle: Foo\ndraft: true\n------ \n",
        "---\u00a0\ntitle: Foo\ndraft: true\n---\u00a0\n",
        "---\ntitle: Foo\ndraft: true\n...\n",
        "---\ntitle: Foo\ndraft: true\n... \n",
        "---\r\ntitle: Foo\r\ndraft: true\r\n---\r\n",
        "---\rtitle: Foo\rdraft: true\r---\r",
        "---yaml\ntitle: Foo\ndraft: true\n---\n",
        "--- yaml\ntitle: Foo\ndraft: true\n---\n",
        "--- # the header\ntitle: Foo\ndraft: true\n---\n",
        "+++\ntitle = 'Foo'\ndraft = true\n+++\n",
        "+++ \ntitle = 'Foo'\ndraft = true\n+++ \n",
        "---toml\ntitle = 'Foo'\ndraft = true\n---\n",
        '---json\n{"title": "Foo", "draft": true}\n---\n',
        ';;;\n{"title": "Foo", "draft": true}\n;;;\n',
        '{"title": "Foo", "draft": true}\n',
        '{\n  "title": "Foo",\n  "draft": true\n}',
        "---\nTitle: Foo\nDRAFT: true\n---\n",
        '---\n"title": Foo\n"draft" : true\n---\n',
        "---\n{title: Foo, draft: true}\n---\n",
    ],
)
def test_every_kind_of_fence_is_read(header: str) -> None:
    source = read(f"{header}The body.\n")

    assert source.fields == {"title": "Foo", "draft": "true"}
    assert source.body == "The body."
    assert source.findings == ()


def test_a_rule_in_the_body_is_body() -> None:
    assert read("---\ntitle: Foo\n---\nOne\n\n---\n\nTwo\n").body == "One\n\n---\n\nTwo"


def test_text_right_behind_a_json_object_is_body() -> None:
    assert read('{"title": "{Foo}"}And so on.').body == "And so on."


def test_without_front_matter_the_whole_text_is_body() -> None:
    source = read("Just text.\n\n---\n\ntitle: not a header\n")

    assert source.fields == {}
    assert source.body == "Just text.\n\n---\n\ntitle: not a header"


@pytest.mark.parametrize(
    "body", ["{{ site.title }} says", "{% raw %}", "{: .class}", "# Title\n\nNote: this", "Hello: you"]
)
def test_a_body_that_merely_looks_odd_is_body(body: str) -> None:
    assert read(body).body == body


def test_an_indented_first_line_keeps_its_indentation() -> None:
    assert read("---\ntitle: Foo\n---\n\n    code\n").body == "    code"


def test_empty_front_matter_is_no_fields() -> None:
    assert read("---\n---\nBody").fields == {}
    assert read("---\n# nothing\n---\nBody").fields == {}


def test_a_post_may_be_only_a_title() -> None:
    assert read("---\ntitle: Foo\n---\n").body == ""


def test_the_digest_is_that_of_the_file() -> None:
    assert read(b"Body\r\n").digest == hashlib.sha256(b"Body\r\n").hexdigest()


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\n \n\t\n"])
@pytest.mark.parametrize(
    ("header", "line"),
    [("---\ntitle: Foo\n---\n", 4), ("---\ntitle: Foo\n---\n\n\n", 6), ("\n{}", 2), ("", 1), ("\n\n", 3)],
)
def test_the_line_of_the_body_is_known_whatever_blank_lines_end_it(header: str, line: int, end: str) -> None:
    assert read(f"{header}Foo\n\nBar{end}").body_line == line


def test_the_line_of_each_key_is_known() -> None:
    assert read("\n---\ntitle: Foo\n\n# a comment\ntags:\n  - a\nDate: 2024\n---\n").lines == {
        "title": 3,
        "tags": 6,
        "date": 8,
    }
    assert read("---toml\na = 1\n\n[extra]\nb = 2\n---\n").lines["a"] == 2
    assert read('{\n  "a": 1,\n  "b": 2\n}\n').lines == {"a": 2, "b": 3}


# What must wait


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", 0),
        (" \n\n", "empty", 0),
        ("---\n---\n", "empty", 0),
        ("---\ntitle: Foo\n\nBody", "unclosed-fence", 1),
        ("\n+++\ntitle = 'Foo'\n", "unclosed-fence", 2),
        ("---\ntitle: Foo\n ---\nBody", "unclosed-fence", 1),
        ("---", "unclosed-fence", 1),
        ("Title: Foo\nDraft: true\n\nBody", "front-matter-unknown", 1),
        ("\ntitle: Foo\n\nBody", "front-matter-unknown", 2),
        ("title = 'Foo'\ndraft = true\n\nBody", "front-matter-unknown", 1),
        ("Series: Foo\nEpisode: 3\n\nBody", "front-matter-unknown", 1),
        ("Foo\n###\n\n:date: 2024-01-01\n:status: draft\n", "front-matter-unknown", 1),
        (".. title: Foo\n.. status: draft\n\nBody", "front-matter-unknown", 1),
        ("<!--\n.. title: Foo\n-->\nBody", "front-matter-unknown", 1),
        ("<!-- note -->\n---\ndraft: true\n---\nBody", "front-matter-unknown", 1),
        ("#+TITLE: Foo\n", "front-matter-unknown", 1),
        ("---lua\ndraft = true\n---\n", "front-matter-unknown", 1),
        ("--\ntitle: Foo\ndraft: true\n--\nBody", "front-matter-unknown", 1),
        ("———\ndraft: true\n———\nBody", "front-matter-unknown", 1),
        ("---\n- a\n- b\n---\n", "front-matter-shape", 2),
        ("---\nonly text\n---\n", "front-matter-shape", 2),
        ("---\ndraft:true\n---\nBody", "front-matter-shape", 2),
        ("---\ntitle = 'Foo'\ndraft = true\n---\nBody", "front-matter-shape", 2),
        ("---\na: 1\n--- # again\ndraft: true\n---\nBody", "front-matter-shape", 2),
        ("---json\n[1]\n---\n", "front-matter-shape", 2),
        ("---\n%%%\n]]]\n---\nBody", "front-matter-broken", 2),
        ("---\ntitle: Foo\ndraft:true\n---\nBody", "front-matter-broken", 4),
        ("---\ntitle: Foo: bar\n draft: true\n---\nBody", "front-matter-broken", 2),
        ("+++\ntitle = 'Foo'\ndate = 2023-02-31\n+++\n", "front-matter-broken", 3),
        ("+++\ntitle = Foo\n+++\n", "front-matter-broken", 2),
        ("+++\nn = " + "1" * 5000 + "\n+++\n", "front-matter-broken", 2),
        ('---json\n{"a": 1,\n"b" 2}\n---\n', "front-matter-broken", 3),
        ('---json\n{"a": 1} {}\n---\n', "front-matter-broken", 2),
        ("{draft: true}\nBody", "front-matter-broken", 1),
        ("---\na: &x [1]\nb: *x\n---\n", "yaml-alias", 2),
        ("---\na: b\nb: *x\n---\n", "yaml-alias", 3),
        ("---\na: b\n<<: {draft: true}\n---\n", "yaml-alias", 3),
        ("---\ntitle: Foo: bar\nb: *x\n---\n", "yaml-alias", 3),
    ],
)
def test_what_looks_like_front_matter_and_is_not_understood_waits(text: str, code: str, line: int) -> None:
    assert refusal(text) == (code, line)


def test_a_file_over_the_limit_waits() -> None:
    assert refusal(b"a" * (MAX_FILE + 1)) == ("too-large", 0)
    assert read(b"a" * MAX_FILE).body


@pytest.mark.parametrize(
    "text",
    [
        f"---\na: {'b' * MAX_FRONT_MATTER}\n---\n",
        f"+++\na = '{'b' * MAX_FRONT_MATTER}'\n+++\n",
        f'{{"a": "{"b" * MAX_FRONT_MATTER}"}}',
    ],
)
def test_front_matter_over_the_limit_waits(text: str) -> None:
    assert refusal(text) == ("front-matter-too-large", 1)


@pytest.mark.parametrize(
    "header",
    [
        "---\na: " + "[" * 50_000 + "\n---\n",
        "---\na:\n  " + "- " * 25_000 + "\n---\n",
        "---\n" + "? " * 25_000 + "\n---\n",
        "---\na: " + "[{b: " * 10_000 + "\n---\n",
        "---\n" + "\n".join(" " * depth + "a:" for depth in range(300)) + "\n---\n",
        "+++\na = " + "[" * 50_000 + "\n+++\n",
        "+++\na = " + "{b=" * 20_000 + "\n+++\n",
        "+++\n" + "a." * 30_000 + "b = 1\n+++\n",
        "+++\n[" + "'a'." * 15_000 + "b]\n+++\n",
        '{"a": ' + "[" * 50_000,
        '---json\n{"a": ' + "[" * 100 + "]" * 100 + "}\n---\n",
        '{"a": ' + '{"a": ' * 10_000 + "1" + "}" * 10_001,
    ],
)
def test_nesting_is_judged_before_it_can_hurt(header: str) -> None:
    assert refusal(header)[0] == "front-matter-too-deep"


def test_nesting_within_reason_is_read() -> None:
    deep = "[" * 60 + "x" + "]" * 60

    assert "a" in read(f"---\na: {deep}\n---\n").fields


def test_long_lists_are_not_deep() -> None:
    tags = ", ".join(f"[t{number}]" for number in range(1000))

    assert len(read(f"---\ntags: [{tags}]\n---\n").fields["tags"]) == 1000


# Values stay text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2025", "2025"),
        ("yes", "yes"),
        ("12:30:45", "12:30:45"),
        ("2024-01-31", "2024-01-31"),
        ("2023-02-31", "2023-02-31"),
        ("1" * 5000, "1" * 5000),
        ("", ""),
        ("~", ""),
        ("null", ""),
        ('"null"', "null"),
        ("Tom & Jerry *live*", "Tom & Jerry *live*"),
        ("!!python/object/apply:os.system ['true']", ["true"]),
        ("!!binary aGVsbG8=", "aGVsbG8="),
        ("{a: {b: [c, 1]}}", {"a": {"b": ["c", "1"]}}),
        ("|\n  one\n  two", "one\ntwo\n"),
    ],
)
def test_yaml_values_stay_as_they_were_written(written: str, read_as: object) -> None:
    assert read(f"---\nkey: {written}\n---\n").fields == {"key": read_as}


def test_toml_values_are_turned_back_into_text() -> None:
    header = "a = true\nb = 2024-01-31T10:00:00Z\nc = 1.50\nd = 7\ne = [1, 'x']\nf = 2024-01-31\n[g]\nh = false"

    assert read(f"+++\n{header}\n+++\n").fields == {
        "a": "true",
        "b": "2024-01-31T10:00:00+00:00",
        "c": "1.50",
        "d": "7",
        "e": ["1", "x"],
        "f": "2024-01-31",
        "g": {"h": "false"},
    }


def test_json_values_are_turned_back_into_text() -> None:
    numeral = "9" * 5000
    written = '{"a": true, "b": null, "c": 1.50, "d": ' + numeral + ', "e": {"f": [false]}}'

    assert read(written).fields == {"a": "true", "b": "", "c": "1.50", "d": numeral, "e": {"f": ["false"]}}


def test_an_escape_brings_no_illegal_character_in() -> None:
    assert read('{"a": "x\\u0000\\ud800y", "b": {"c": ["\\u000b"]}}').fields == {"a": "xy", "b": {"c": [""]}}
    assert read('---\na: "x\\0\\x0by"\n---\n').fields == {"a": "xy"}


def test_keys_that_are_not_text_do_not_cost_the_others() -> None:
    source = read("---\n2020: a\non: b\n? [x, y]\n: c\n? {z: 1}\n: d\ntitle: Foo\ncontent: e\nhandler: f\n---\n")

    assert source.fields == {"2020": "a", "on": "b", "title": "Foo", "content": "e", "handler": "f"}
    assert [finding.code for finding in source.findings] == ["front-matter-key"]


def test_of_a_key_given_twice_the_last_counts() -> None:
    source = read("---\ntitle: One\nTitle: Two\n---\n")

    assert source.fields == {"title": "Two"}
    assert [(finding.code, finding.line) for finding in source.findings] == [("duplicate-key", 3)]


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("draft: true", "Draft: false", "true"),
        ("draft: false", "draft: TRUE", "TRUE"),
        ("published: false", "published: true", "false"),
        ("status: private", "status: publish", "private"),
        ("draft: maybe", "draft: false", "maybe"),
    ],
)
def test_nothing_undoes_what_hides_a_post(one: str, other: str, kept: str) -> None:
    assert list(read(f"---\n{one}\n{other}\n---\nBody").fields.values()) == [kept]


def test_a_json_key_given_twice_is_seen() -> None:
    assert read('{"draft": true, "draft": false}').fields == {"draft": "true"}


# What is recovered


def test_an_unquoted_colon_is_part_of_the_value() -> None:
    source = read("---\ntitle: Foo: bar\ndate: 2024-01-31\n---\nBody")

    assert source.fields == {"title": "Foo: bar", "date": "2024-01-31"}
    assert str(source.findings[0]) == (
        'a-post.md:2: the title holds an unquoted colon: read as "Foo: bar". Quote it to be sure.   [unquoted-colon]'
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("@foo says", "@foo says"),
        ("*live* tonight", "*live* tonight"),
        ("`code` first", "`code` first"),
        ("%d things", "%d things"),
        ('"Foo" and "bar"', '"Foo" and "bar"'),
        ("Foo: bar # a comment", "Foo: bar"),
        ("Foo: bar\n  goes on", "Foo: bar goes on"),
    ],
)
def test_a_text_that_lacks_its_quotes_is_read_as_it_stands(written: str, read_as: str) -> None:
    assert read(f"---\ntitle: {written}\nfoo: bar\n---\n").fields == {"title": read_as, "foo": "bar"}


def test_tabs_are_read_as_spaces() -> None:
    source = read("---\ntags:\n\t- a\n\t- b\n---\n")

    assert source.fields == {"tags": ["a", "b"]}
    assert [finding.code for finding in source.findings] == ["front-matter-tabs"]


def test_a_value_that_cannot_be_read_costs_only_itself() -> None:
    source = read("---\ntitle: Foo\ntags: [a, b\nimage: x.jpg\n---\n")

    assert source.fields == {"title": "Foo", "image": "x.jpg"}
    assert [(finding.code, finding.line) for finding in source.findings] == [("front-matter-value", 3)]


@pytest.mark.parametrize("written", ['draft: "true', "draft: [true", "draft: {", "published: 'no", "status: [draft"])
def test_a_broken_value_that_may_hide_the_post_keeps_its_text(written: str) -> None:
    key, _, value = written.partition(": ")

    assert read(f"---\ntitle: Foo\n{written}\nfoo: bar\n---\n").fields[key] == value


def test_template_lines_are_left_out() -> None:
    source = read("---\n{% if x %}\ntitle: Foo\n{{ more }}\n{% endif %}\ntags: [a]\n---\n")

    assert source.fields == {"title": "Foo", "tags": ["a"]}
    assert [finding.line for finding in source.findings] == [2, 4, 5]


def test_a_line_of_no_key_is_left_out() -> None:
    source = read("---\ntitle: Foo\nstray\ntags:\n- a\n---\n")

    assert source.fields == {"title": "Foo", "tags": ["a"]}
    assert [(finding.code, finding.line) for finding in source.findings] == [("front-matter-line", 3)]


def test_the_findings_of_a_file_have_an_end() -> None:
    header = "\n".join(f"key{number}: a: b" for number in range(500))

    assert len(read(f"---\n{header}\n---\n").fields) == 500
    assert len(codes(f"---\n{header}\n---\n")) == 100


# Bytes


def test_bytes_that_are_not_utf_8_are_read_as_windows_1252_one_by_one() -> None:
    source = read(b"---\ntitle: caf\xe9 \xe2\x82\xac\n---\n\x93quoted\x94 \xc3\xa9 \x81")

    assert source.fields == {"title": "café €"}
    assert source.body == "“quoted” é \N{REPLACEMENT CHARACTER}"
    assert [(finding.code, finding.line) for finding in source.findings] == [("encoding", 2)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_by_its_mark(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"

    assert read(f"{mark}---\ntitle: Foo\n---\nBäh".encode(encoding)).body == "Bäh"


def test_half_a_character_of_utf_16_is_noted() -> None:
    assert codes("\ufeffBody".encode("utf-16-le") + b"x") == ["encoding"]


def test_characters_that_xml_cannot_carry_are_dropped() -> None:
    source = read("---\ntitle: Fo\x0bo\n---\nBo\x00dy\ufffe and \ufffd\n")

    assert source.fields == {"title": "Foo"}
    assert source.body == "Body and \ufffd"
    assert [(finding.code, finding.line) for finding in source.findings] == [("characters", 2)]


def test_a_character_that_yaml_refuses_is_left_out() -> None:
    assert read("---\ntitle: Foo\x7f\n---\n").fields == {"title": "Foo"}


# Laws


_UNUSUAL = st.sampled_from([*map(chr, range(0xA1)), "\ud7ff", "\ue000", "\ufdcf", "\ufdd0", "\ufdef", "\ufdf0"])
_TEXTS = st.lists(st.one_of(_UNUSUAL, st.sampled_from("\ufeff\ufffd\ufffe\uffff😀£“"), st.text(max_size=3))).map(
    "".join
)


@given(_TEXTS, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_what_is_legal_by_its_bytes_is_legal_by_its_characters(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    read = decode(data, Notes(PurePosixPath("post.md")))
    assert read == legal(read)


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_content_error(data: bytes) -> None:
    _source_or_refusal(data)


_TOKENS = """
--- +++ ;;; ... { } ---json ---toml ---lua title:~a:~b -~x ~~y a:~[ ] draft:~true draft~=~true "draft":~true ?~[a] :~b
&a~b *a <<:~*a !!int~x | {%~x~%} ' " # %YAML~1.2 <!-- --> Title:~x :date:~y a.b.c~=~1 [a] \x85 \t
"""
_LIKE_FRONT_MATTER = st.lists(
    st.one_of(
        st.sampled_from([token.replace("~", " ") for token in _TOKENS.split(" ")]),
        st.text(string.printable, max_size=12),
        st.text(max_size=6),
    ),
    max_size=14,
)


@settings(max_examples=400)
@given(_LIKE_FRONT_MATTER, st.sampled_from(["\n", "\r\n", "\r", " \n", "\n "]))
def test_no_text_like_front_matter_raises_anything_but_a_content_error(lines: list[str], end: str) -> None:
    _source_or_refusal(end.join(lines).encode("utf-8", "surrogatepass"))
    _source_or_refusal(end.join(["---", *lines, "---", "body"]).encode("utf-8", "surrogatepass"))


def _source_or_refusal(data: bytes) -> None:
    try:
        source = read(data)
    except ContentError:
        return
    assert source.body or source.fields
    assert all(key == key.strip().lower() for key in source.fields)


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(string.printable, max_size=20), max_size=5)
)
def test_quoted_values_come_back_as_they_were(values: dict[str, str]) -> None:
    header = "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())
    legal = {key: value.replace("\x0b", "").replace("\x0c", "") for key, value in values.items()}

    assert read(f"---\n{header}---\nBody").fields == legal


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample posts are not on this machine")
def test_real_posts_are_read_or_wait() -> None:
    files = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    for path in files:
        _source_or_refusal(path.read_bytes())
    assert len(files) > 800
