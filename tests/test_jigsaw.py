"""Jigsaw: Blade, and what config.php says."""

from pathlib import Path

import pytest

from feeds.bootstrap.surroundings import customs_of
from feeds.content.dialects import dialect
from feeds.content.php import returned
from generator_sites import SITES, golden, sample, understood
from tiny_sites import html, page, posts, reads, write


def test_a_site_of_jigsaw_is_understood() -> None:
    assert understood(SITES / "jigsaw", "jigsaw", "source") == golden("jigsaw")


@pytest.mark.parametrize("named", ["", "source", "source/_news"])
def test_root_source_and_collection_may_be_named(tmp_path: Path, named: str) -> None:
    config = "<?php return ['collections' => ['news' => ['path' => 'n/{filename}'], 'posts' => ['path' => 'p']]];"
    write(tmp_path, {"config.php": config, "source/_news/a.md": page(title="A", date="2024-01-02")})
    write(tmp_path, {"source/about.md": page(title="About"), "README.md": "# x"})

    assert [post.url for post in posts(tmp_path / named, "jigsaw").values()] == ["https://example.org/n/a"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("'n/{filename}'", "/n/b"),
        ("function ($page) { return 'x'; }", "/notes/b"),
        ("fn ($page) => 'x'", "/notes/b"),
    ],
)
def test_every_collection_has_its_own_path_or_the_default_one(tmp_path: Path, path: str, address: str) -> None:
    config = (
        f"<?php return ['collections' => ['posts' => ['path' => 'blog/{{filename}}'], 'notes' => ['path' => {path}]]];"
    )
    files = {name: page(title="A", date="2024-01-02") for name in ("source/_posts/a.md", "source/_notes/b.md")}
    write(tmp_path, {"config.php": config, **files})
    _, findings = customs_of(tmp_path, dialect("jigsaw"))

    assert [post.url.removeprefix("https://example.org") for post in posts(tmp_path, "jigsaw").values()] == [
        address,
        "/blog/a",
    ]
    assert [finding.code for finding in findings] == ([] if path.startswith("'") else ["site-file"])


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("{{ $page->title }} {!! $page->title !!}", "<p>A A</p>"),
        ("{{-- no --}}Text", "<p>Text</p>"),
        ("@{{ kept }} @@if", "<p>{{ kept }} @if</p>"),
        ("me@example.net @someone @media", "<p>me@example.net @someone @media</p>"),
        ("@verbatim\n{{ kept }}\n@endverbatim", "<p>{{ kept }}</p>"),
        ("@if(f(1)) one @elseif(2) two @else three @endif", "<p>one</p>"),
        ("@foreach($a as $b) no @endforeach yes", "<p>yes</p>"),
        ("@php $a = 1; @endphp yes @include('x')", "<p>yes</p>"),
        ("`@include('x') {{ a }}`", "<p><code>@include('x') {{ a }}</code></p>"),
        ("![]({{ $page->baseUrl . '/a.png' }})", '<img src="https://example.org/a.png" alt="">'),
    ],
)
def test_blade_is_shown_for_what_it_means(tmp_path: Path, body: str, shown: str) -> None:
    write(tmp_path, {"a.blade.md": f"---\ntitle: A\ndate: 2024-01-02\n---\n{body}\n"})

    assert shown in html(tmp_path, "jigsaw", "a.blade.md")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<?php return ['a' => 'b\\'c', \"d\" => 1, 'e' => [true, null]];", {"a": "b'c", "d": "1", "e": ["true", ""]}),
        ("<?php return array('a' => array('b' => 'c'), 'd' => fn ($x) => [1], 'e' => f('g'));", {"a": {"b": "c"}}),
        ("<?php // return ['x' => 'y']\nreturn ['a' => 'b' . C, 'd' => 'e', ...$f];", {"d": "e"}),
        ("<?php return ['a' => function () { return ['b' => 1]; }, 'c' => 'd'];", {"c": "d"}),
        ("<?php return $config;", {}),
        ("<?php return ['a' => ['b' => ", {"a": []}),
    ],
)
def test_only_what_is_written_out_is_read_of_a_configuration(text: str, read: object) -> None:
    assert returned(text) == read


def test_facts_are_what_the_configuration_says() -> None:
    customs, _ = customs_of(SITES / "jigsaw" / "source" / "_posts", dialect("jigsaw"))
    facts = dialect("jigsaw").facts(customs)

    assert (facts.title, facts.url) == (
        "Harbour Notes",
        "https://harbour.example.net",
    )


def test_the_posts_of_a_real_site_are_all_understood() -> None:
    content = sample("jigsaw-tomasnorre")
    found = reads(content, "jigsaw")

    assert len(found) == 37
    assert all(read.post and not read.post.hidden for read in found.values())
