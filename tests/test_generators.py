"""Which generator a site is made with, and the configuration that is written for it."""

import json
import os
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds.bootstrap.recognising import recognised
from feeds.cli import main

SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "content"
POST = "---\ntitle: One\ndate: 2026-01-02\n---\nHello.\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def feeds(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"FEEDS_CONFIG": ""})


@pytest.mark.parametrize(
    "root", ["gatsby-config.js", "next.config.mjs", "mkdocs.yml", "_quarto.yml", ".vitepress/config.js"]
)
def test_a_configuration_above_the_site_of_another_generator_is_not_its_own(tmp_path: Path, root: str) -> None:
    site = (
        write(tmp_path, {"hugo.toml": "", f"proj/site/{root}": "", "proj/site/blog/hello/index.md": POST}) / "proj/site"
    )

    assert recognised(site / "blog").generator == "plain"
    assert recognised(site).generator == "plain"


@pytest.mark.parametrize(
    ("file", "text", "generator"),
    [
        ("hugo.toml", "", "hugo"),
        ("config.toml", 'baseURL = "https://example.org"', "hugo"),
        ("config.yaml", "baseURL: https://example.org", "hugo"),
        ("config/_default/hugo.toml", "", "hugo"),
        ("config.toml", 'base_url = "https://example.org"', "zola"),
        ("_config.yml", "title: Notes\nbaseurl: /blog\n", "jekyll"),
        ("_config.yml", "title: Notes\npublic_dir: public\n", "hexo"),
        ("Gemfile", 'source "x"\ngem "jekyll", "~> 4"\n', "jekyll"),
        ("pelicanconf.py", "SITENAME = 'Notes'", "pelican"),
        ("conf.py", 'BLOG_TITLE = "Notes"', "nikola"),
        (".eleventy.js", "module.exports = {}", "eleventy"),
        ("eleventy.config.mjs", "", "eleventy"),
        ("astro.config.mjs", "", "astro"),
        ("docusaurus.config.ts", "", "docusaurus"),
        ("package.json", '{"devDependencies": {"@11ty/eleventy": "3"}}', "eleventy"),
        ("composer.json", '{"require": {"tightenco/jigsaw": "1"}}', "jigsaw"),
        ("package.json", '{"dependencies": {"express": "4"}}', "plain"),
        ("conf.py", "extensions = []", "plain"),
    ],
)
def test_the_files_of_a_site_tell_its_generator(tmp_path: Path, file: str, text: str, generator: str) -> None:
    content = write(tmp_path, {file: text, "content/a.md": POST}) / "content"

    found = recognised(content)

    assert found.generator == generator
    assert found.certain is (generator != "plain")
    assert recognised(tmp_path).generator == generator


@pytest.mark.parametrize(
    ("posts", "generator"),
    [
        ({"_posts/2026-01-02-one.md": POST, "_posts/2026-01-03-two.md": POST}, "jekyll"),
        ({"one.md": "---\nextends: _layouts.post\ntitle: One\n---\n"}, "jigsaw"),
        ({"one.md": '+++\ntitle = "One"\n[taxonomies]\ntags = []\n+++\n'}, "zola"),
        ({"one.md": '+++\ntitle = "One"\n+++\n{{< figure src="a.png" >}}\n'}, "hugo"),
        ({"one.md": "Title: One\nDate: 2026-01-02\n\nHello.\n"}, "pelican"),
        ({"one.md": "<!--\n.. title: One\n.. date: 2026-01-02\n-->\nHello.\n"}, "nikola"),
        ({"one.md": '---json\n{"title": "One"}\n---\n'}, "eleventy"),
        ({"one.md": f"{POST}\n<!-- truncate -->\n"}, "docusaurus"),
        ({"one.md": POST}, "plain"),
        ({}, "plain"),
    ],
)
def test_else_the_posts_tell_it(tmp_path: Path, posts: dict[str, str], generator: str) -> None:
    assert recognised(write(tmp_path, posts)).generator == generator


def test_of_two_generators_the_posts_choose_and_nothing_is_certain(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "_config.yml": "title: x", "content/a.md": '+++\ntitle = "x"\n+++\n'})

    found = recognised(tmp_path / "content")

    assert (found.generator, found.certain) == ("hugo", False)
    assert f"hugo.toml (hugo) and _config.yml (jekyll) are both in {tmp_path}" in found.why


def test_the_nearest_folder_with_a_configuration_counts(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "title: Outer", "blog/zola.toml": "", "blog/content/a.md": POST})

    assert recognised(tmp_path / "blog" / "content").generator == "zola"


def test_many_pictures_do_not_make_a_site_slow_to_recognise(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.png").touch()
    write(tmp_path, {"post.md": "Title: One\nDate: 2026-01-02\n\nHello.\n"})

    assert recognised(tmp_path).generator == "pelican"


def test_what_lies_in_the_way_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_bytes(b"\xff\xfe\x00---\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "hugo.toml").mkdir()

    assert recognised(tmp_path).generator == "plain"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of real sites are not here")
def test_the_samples_of_real_sites_are_recognised_by_their_posts_alone() -> None:
    manifest = json.loads((SAMPLES / "manifest.json").read_text())
    told = {site["name"]: recognised(SAMPLES / site["name"]).generator for site in manifest}
    meant = {site["name"]: site["generator"].lower() for site in manifest}

    # Its posts are plain Markdown, and say so.
    assert {name: generator for name, generator in told.items() if generator != meant[name]} == {"11ty-mxb": "plain"}


# What is assumed is said


def notes(config: Path) -> list[tuple[str, int, str]]:
    found = json.loads(feeds("check", "--config", config, "--json").stdout)["findings"]
    return [(each["code"], each["line"], each["message"]) for each in found if each["code"].startswith("config-")]


def test_a_check_says_what_was_recognised_and_why(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "content/blog/a.md": POST})
    config = tmp_path / "feeds.toml"
    config.write_text('[site]\nurl = "https://example.org"\n[content]\ndirectory = "content"\n')

    told = notes(config)

    assert ("config-assumed", 3, f"the site is made with hugo: hugo.toml is in {tmp_path}.") in told
    example = "posts are linked as hugo links them: blog/a.md is at https://example.org/blog/a/."
    assert ("config-assumed", 3, example) in told


def test_a_check_doubts_what_is_not_certain(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "pelicanconf.py": "", "content/a.md": POST})
    config = tmp_path / "feeds.toml"
    config.write_text('[site]\nurl = "https://example.org"\n[content]\ndirectory = "content"\n')

    assert [line for code, line, _ in notes(config) if code == "config-generator-unsure"] == [3]
    assert feeds("check", "--config", config, "--strict").exit_code == 1


def test_what_is_said_is_not_guessed(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "content/a.md": POST})
    config = tmp_path / "feeds.toml"
    config.write_text(
        '[site]\nurl = "https://example.org"\n[content]\ndirectory = "content"\n'
        'generator = "plain"\npermalink = "/x/{slug}"\n'
    )

    assert not [code for code, _, _ in notes(config) if code in {"config-assumed", "config-generator-unsure"}]


# A first configuration


def test_a_first_configuration_is_written_and_is_sound(tmp_path: Path) -> None:
    write(tmp_path, {"site/hugo.toml": "", "site/content/blog/a.md": POST})
    output = tmp_path / "conf" / "feeds.toml"

    result = feeds("init", tmp_path / "site", "--url", "https://example.org/blog/", "--output", output)

    assert result.exit_code == 0, result.stderr
    assert f"hugo: hugo.toml is in {tmp_path / 'site'}." in result.stdout
    assert "1 posts in" not in result.stdout
    written = tomllib.loads(output.read_text())
    assert written["content"] == {"directory": "../site/content", "generator": "hugo"}
    assert written["site"]["url"] == "https://example.org/blog/"
    assert feeds("check", "--config", output).exit_code == 0


def test_no_folder_is_left_out_where_nothing_tells_which_holds_the_posts(tmp_path: Path) -> None:
    write(tmp_path, {"site/posts/a.md": POST, "site/notes/b.md": POST})
    output = tmp_path / "feeds.toml"

    result = feeds("init", tmp_path / "site", "--url", "https://example.org", "--output", output)

    assert "2 posts in" in result.stdout
    assert tomllib.loads(output.read_text())["content"]["directory"] == "site"


def test_a_configuration_that_is_there_stays(tmp_path: Path) -> None:
    output = tmp_path / "feeds.toml"
    output.write_text("# mine\n")

    result = feeds("init", tmp_path, "--url", "https://example.org", "--output", output)

    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert output.read_text() == "# mine\n"


def test_without_an_address_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": POST})

    result = feeds("init", tmp_path, "--output", tmp_path / "feeds.toml")

    assert result.exit_code == 2
    assert "--url" in result.stderr
    assert not (tmp_path / "feeds.toml").exists()


def test_an_address_that_is_none_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": POST})

    result = feeds("init", tmp_path, "--url", "not a url", "--output", tmp_path / "feeds.toml")

    assert result.exit_code == 2
    assert not (tmp_path / "feeds.toml").exists()


def test_a_folder_without_posts_is_said_to_be_one(tmp_path: Path) -> None:
    write(tmp_path, {"site/notes.txt": "x"})

    result = feeds("init", tmp_path / "site", "--url", "https://example.org", "--output", tmp_path / "feeds.toml")

    assert result.exit_code == 1
    assert f"There is no post in {tmp_path / 'site'}" in result.stderr
    assert not (tmp_path / "feeds.toml").exists()


def test_posts_beside_the_usual_folder_are_not_lost(tmp_path: Path) -> None:
    write(tmp_path, {".eleventy.js": "", "src/posts/a.md": POST, "src/notes/b.md": POST})

    result = feeds("init", tmp_path, "--url", "https://example.org", "--output", tmp_path / "feeds.toml")

    assert "2 posts in" in result.stdout
    assert tomllib.loads((tmp_path / "feeds.toml").read_text())["content"]["directory"] == "src"


def test_what_the_generator_says_and_cannot_be_used_is_a_comment(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "timezone: Mars/X\ntitle: Notes\n", "_posts/2026-01-02-a.md": POST})

    result = feeds("init", tmp_path, "--url", "https://example.org", "--output", tmp_path / "feeds.toml")

    assert result.exit_code == 0
    written = (tmp_path / "feeds.toml").read_text()
    assert '# timezone = "Mars/X"' in written
    assert tomllib.loads(written)["site"]["title"] == "Notes"


def test_a_configuration_outside_of_the_repository_is_not_this_sites(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "mine/.git/HEAD": "x", "mine/content/a.md": POST})

    assert recognised(tmp_path / "mine" / "content").generator == "plain"


def test_a_file_far_above_that_leaves_no_post_is_named_with_what_to_do(tmp_path: Path) -> None:
    config = '[site]\nurl = "https://example.org"\n[content]\ndirectory = "a/notes"\n'
    write(tmp_path, {"hugo.toml": "", "a/notes/_index.md": POST, "feeds.toml": config})

    started = feeds("init", tmp_path / "a/notes", "--url", "https://example.org", "--output", tmp_path / "new.toml")
    checked = feeds("check", "--config", tmp_path / "feeds.toml")

    for said in (started.stderr, checked.stdout):
        assert f"hugo.toml is in {tmp_path}" in said
        assert "may be another site's" in said
        assert 'generator = "plain"' in said


def test_pipes_and_links_that_lead_out_are_never_opened(tmp_path: Path) -> None:
    write(tmp_path, {"other/secret.yml": "title: Secret\n", "site/_config.yml": "title: Notes\n"})
    site = tmp_path / "site"
    write(site, {"_posts/2024-01-01-a.md": POST})
    (site / "_data").mkdir()
    for pipe in ("_posts/2024-01-02-b.md", "_data/authors.yml", "_config.toml", "hugo.toml"):
        os.mkfifo(site / pipe)
    (site / "_posts/2024-01-03-c.md").symlink_to(tmp_path / "other/secret.yml")

    assert recognised(site).generator == "jekyll"
    started = feeds("init", site, "--url", "https://example.org", "--output", tmp_path / "feeds.toml")
    assert "1 post in" in started.stdout

    (site / "_data/people.yml").symlink_to(tmp_path / "other/secret.yml")
    refused = feeds("check", "--config", tmp_path / "feeds.toml")
    assert "people.yml: cannot be read (it leads out of the site)" in refused.stderr + refused.stdout


# A site's own files that are broken


JEKYLL = "title: Notes\ndefaults:\n  - scope: {path: _posts/secret}\n    values: {published: false}\n"


@pytest.fixture
def jekyll(tmp_path: Path) -> Path:
    files = {"_config.yml": JEKYLL, "_posts/2026-01-02-a.md": POST, "_posts/secret/2026-01-03-b.md": POST}
    write(tmp_path, files)
    (tmp_path / "feeds.toml").write_text('[site]\nurl = "https://example.org"\n[content]\ndirectory = "."\n')
    return tmp_path


def published(config: Path) -> int:
    return int(json.loads(feeds("refresh", "--config", config, "--json").stdout)["visible"])


def test_a_broken_file_of_the_site_changes_nothing_and_shows_nothing_that_was_hidden(jekyll: Path) -> None:
    config = jekyll / "feeds.toml"
    assert published(config) == 1

    (jekyll / "_config.yml").write_text(JEKYLL + "description: [half")
    result = feeds("refresh", "--config", config)

    assert result.exit_code == 2
    assert f"{jekyll / '_config.yml'}:6: this is not YAML" in result.stderr
    (jekyll / "_config.yml").write_text(JEKYLL)
    assert published(config) == 1


def test_a_check_names_what_is_broken_in_a_file_of_the_site(jekyll: Path) -> None:
    (jekyll / "_config.yml").write_text("a: [half")

    result = feeds("check", "--config", jekyll / "feeds.toml", "--json")

    assert result.exit_code == 2
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["code"] == "config-invalid"
    assert "not YAML" in finding["message"]


def test_anchors_of_a_configuration_mean_what_they_mean(jekyll: Path) -> None:
    (jekyll / "_config.yml").write_text(
        JEKYLL.replace("{published: false}", "&hidden {published: false}") + "x: *hidden\n"
    )

    assert published(jekyll / "feeds.toml") == 1


def test_anchors_that_multiply_are_refused_at_once(jekyll: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    (jekyll / "_config.yml").write_text(bomb)

    assert feeds("refresh", "--config", jekyll / "feeds.toml").exit_code == 2
