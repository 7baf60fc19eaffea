"""Addresses of Hugo's pages that newer releases know, or that no page of the others has."""

from pathlib import Path

import pytest

from tiny_sites import page, posts, reads, write

CONFIG = 'baseURL = "https://example.org/"\n'
DATE = "2024-01-02"


@pytest.mark.parametrize(
    ("config", "fields", "url"),
    [
        ("", {"url": "https://elsewhere.example/x"}, "https://elsewhere.example/x"),
        ("", {"url": "'/:year/:slug.html'", "slug": "s"}, "/2024/s.html"),
        ("", {"url": "'/{{ .Title }}/'"}, "/docs/a/x/"),
        ("", {"slug": "S s"}, "/docs/a/s-s/"),
        ("[uglyURLs]\ndocs = true\n", {}, "/docs/a/x.html"),
        ("[uglyURLs]\nposts = true\n", {}, "/docs/a/x/"),
        ('[permalinks]\ndocs = "/:sectionslugs/:contentbasename/"\n', {}, "/manuals/first-part/x/"),
        ('[permalinks]\ndocs = "/:sectionslug/:sectionslugs[last]/"\n', {}, "/manuals/first-part/"),
        ('[permalinks]\ndocs = "/:sections[0:1]/:sections[5]/:slug/"\n', {}, "/docs/x/"),
        ('[permalinks]\ndocs = "/:none/"\n', {}, "/docs/a/x/"),
        ('[permalinks]\ndocs = "/a\\\\:b/:06-:1-:2/:yearday/"\n', {}, "/ab/24-1-2/2/"),
        ('[permalinks]\ndocs = "/:15:04/:PM/:3/"\n', {"date": f"{DATE}T15:06:00Z"}, "/1506/pm/3/"),
        ('[permalinks]\ndocs = "/:month/:day/"\n', {"date": "2099-05-06", "publishDate": DATE}, "/05/06/"),
        ('[permalinks]\ndocs = "/:day/"\n', {"date": f"{DATE}T23:30:00-05:00"}, "/02/"),
        ('[permalinks]\ndocs = "/:day/"\n', {"date": f"{DATE}T23:30:00+00:00"}, "/02/"),
        ('timeZone = "Asia/Tokyo"\n[permalinks]\ndocs = "/:day/"\n', {"date": f"{DATE} 01:30:00"}, "/02/"),
    ],
)
def test_a_page_is_where_hugo_has_it(tmp_path: Path, config: str, fields: dict[str, str], url: str) -> None:
    sections = {
        "content/docs/_index.md": '{"title": "Docs", "slug": "manuals"}',
        "content/docs/a/_index.md": "+++\ntitle = 'First part'\n+++",
        "content/docs/b/_index.md": "No front matter.",
    }
    write(tmp_path, {"hugo.toml": CONFIG + config, "content/docs/a/x.md": page(**{"date": DATE} | fields), **sections})
    (post,) = posts(tmp_path / "content", "hugo").values()

    assert post.url.removeprefix("https://example.org") == url


def test_a_pattern_that_names_what_hugo_does_not_know_is_not_used_and_noted(tmp_path: Path) -> None:
    files = {f"content/a/{name}.md": page(title="X", date=DATE) for name in "xy"}
    own = {"content/a/z.md": page(title="Z", date=DATE, url="/:foo/:year/")}
    write(tmp_path, {"hugo.toml": f'{CONFIG}[permalinks]\na = "/:none/:year/"\n', **files, **own})
    found = reads(tmp_path / "content", "hugo").values()

    assert [read.post.url.removeprefix("https://example.org") for read in found if read.post] == [
        *("/a/x/", "/a/y/", "/a/z/")
    ]
    assert [[finding.code for finding in read.findings] for read in found] == [["permalink-part"]] * 3


def test_languages_with_hosts_of_their_own_have_no_folder(tmp_path: Path) -> None:
    hosts = '[languages.en]\nbaseURL = "https://example.org/"\n[languages.fr]\nbaseURL = "https://fr.example.org/"\n'
    files = dict.fromkeys(("content/p/a.md", "content/p/a.fr.md"), page(title="A"))
    write(tmp_path, {"hugo.toml": f'defaultContentLanguage = "en"\n{hosts}', **files})

    assert {post.url for post in posts(tmp_path / "content", "hugo").values()} == {
        "https://example.org/p/a/",
        "https://fr.example.org/p/a/",
    }


def test_content_is_where_modules_mount_it(tmp_path: Path) -> None:
    mounts = "".join(
        f'[[module.mounts]]\nsource = "{source}"\ntarget = "{target}"\n'
        for source, target in (("notes", "content/posts"), ("x", "static"))
    )
    write(tmp_path, {"hugo.toml": CONFIG + mounts, "notes/a.md": page(title="A"), "x/b.md": page(title="B")})

    for named in ("", "notes"):
        assert [post.url for post in posts(tmp_path / named, "hugo").values()] == ["https://example.org/posts/a/"]


def test_languages_that_are_disabled_have_no_pages(tmp_path: Path) -> None:
    languages = 'disableLanguages = ["fr"]\n[languages.en]\n[languages.fr]\n[languages.de]\ndisabled = true\n'
    names = ("content/p/a.md", "content/p/a.fr.md", "content/p/a.de.md")
    write(tmp_path, {"hugo.toml": CONFIG + languages, **dict.fromkeys(names, page(title="A"))})

    assert [post.hidden for post in posts(tmp_path / "content", "hugo").values()] == [
        "language de: disabled",
        "language fr: disabled",
        "",
    ]


def test_pictures_of_single_pages_are_at_the_root_and_of_bundles_beside_them(tmp_path: Path) -> None:
    resources = "[{src: 'a-*.jpg', name: cover}, {src: b.jpg, name: Cover}]"
    write(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://example.org/sub/"\n',
            "content/p/a.md": page(title="A", images="[img/a.jpg]"),
            "content/p/b/index.md": page(title="B", resources=resources),
            "content/p/c.md": page(title="C", cover="{image: c.jpg, alt: Sea}"),
            "content/p/d.md": page(title="D", params="{images: [/d.jpg], draft: true}"),
            "content/p/e/index.md": page(title="E", images="[e.jpg]"),
        },
    )
    found = [post.picture for post in posts(tmp_path / "content", "hugo").values()]

    assert [picture and picture.url.removeprefix("https://example.org") for picture in found] == [
        "/sub/img/a.jpg",
        "/sub/p/b/b.jpg",
        "/sub/c.jpg",
        "/d.jpg",
        "/sub/p/e/e.jpg",
    ]
    assert [picture.alt for picture in found if picture and picture.alt] == ["Sea"]


def test_authors_are_known_by_their_keys_and_pages(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "hugo.toml": CONFIG,
            "data/authors/ada.toml": 'name = "Ada Keel"\nurl = "https://keel.example"\n',
            "content/authors/tom-oar/_index.md": page(title="Tom Oar, Jr."),
            "content/p/a.md": page(title="A", authors="[ada, Tom Oar, Eve]"),
            "content/p/b.md": page(title="B", author="ADA"),
            "content/p/c.md": page(title="C", author="{name: Zed}"),
        },
    )
    found = [[author.name for author in post.authors] for post in posts(tmp_path / "content", "hugo").values()]

    assert found == [["Ada Keel", "Tom Oar, Jr.", "Eve"], ["Ada Keel"], ["Zed"]]


def test_a_page_without_date_or_deeper_section_is_where_hugo_has_it_and_nothing_is_amiss(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": f'{CONFIG}[permalinks]\nposts = "/:year/:month/:sections[1:]/:slug/"\n'})
    write(tmp_path, {"content/posts/a.md": page(title="A"), "content/posts/b.md": page(title="B", date=DATE)})
    undated, dated = reads(tmp_path / "content", "hugo").values()
    assert undated.post
    assert dated.post

    assert undated.post.url == "https://example.org/1/01/a/"
    assert dated.post.url == "https://example.org/2024/01/b/"
    assert not dated.findings
