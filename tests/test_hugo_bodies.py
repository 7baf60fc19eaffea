"""What stands in the bodies of Hugo's pages for something else."""

from pathlib import Path, PurePosixPath

import pytest

from builders import a_site
from ending import ends
from feeds.content.dialects import dialect
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.model.customs import Customs
from feeds.model.source import Source
from tiny_sites import html, page, write

CONFIG = 'baseURL = "https://example.org/"\n'


def said(text: str, customs: Customs | None = None, name: str = "posts/a.md") -> tuple[str, tuple[str, ...]]:
    """Return what becomes of the Markdown ``text``, and the codes of what is noted."""
    source = Source(path=PurePosixPath(name), fields={"title": "A title"}, lines={}, body=text, digest="")
    notes = Notes(source.path)
    passage = Passage(
        source=source, url="https://example.org/posts/a/", site=a_site(), customs=customs or Customs(), notes=notes
    )
    return dialect("hugo").body(passage), tuple(finding.code for finding in notes.findings)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('{{< figure src="a.jpg" alt="x&y" >}}', '<figure><img src="a.jpg" alt="x&amp;y"></figure>\n'),
        ('{{< img src="a.jpg" title="T" >}}', '<img src="a.jpg" alt="" title="T">\n'),
        ('a {{< img "a.jpg" "Alt" >}} b', 'a <img src="a.jpg" alt="Alt"> b'),
        (
            '{{< figure src="a.jpg\\" onload=\\"x" >}}',
            '<figure><img src="a.jpg&quot; onload=&quot;x" alt=""></figure>\n',
        ),
        ("{{< youtube w7Ft2ymGmfc >}}", '<iframe src="https://www.youtube.com/embed/w7Ft2ymGmfc"></iframe>\n'),
        ("{{% vimeo 3535418 %}}", '<iframe src="https://player.vimeo.com/video/3535418"></iframe>\n'),
        ("{{< gist u 12 >}}", '<p><a href="https://gist.github.com/u/12">Gist: u/12</a></p>\n'),
        ('{{< x user="U" id="1" >}}', '<p><a href="https://x.com/U/status/1">Post on X by @U</a></p>\n'),
        ("{{< tweet 1 >}}", '<p><a href="https://x.com/i/status/1">Post on X</a></p>\n'),
        ("{{< instagram Bz >}}", '<p><a href="https://www.instagram.com/p/Bz/">Instagram</a></p>\n'),
        ("{{< highlight php >}}\n$a;\n{{< /highlight >}}", "\n```php\n$a;\n```\n"),
        ("{{< details summary=`S` >}}in{{< /details >}}", "<details><summary>S</summary>\n\nin\n\n</details>\n"),
        ("{{% param title %}}, {{< param missing >}}", "A title, "),
        ("{{< note >}}a {{< b >}} c{{< /note >}} d", "a  c d"),
        ("{{< note />}} a {{< /note >}}", " a "),
        ("{{< x.inline >}}{{ .Page }}{{< /x.inline >}}", ""),
        ('{{</* figure src="a" */>}} {{%/* b */%}}', '{{< figure src="a" >}} {{% b %}}'),
        ("`{{< param title >}}` `{{< figure src=a >}}`", "`A title` ``"),
        ("{{< comment >}} secret {{< /comment >}}", ""),
        ("{{< a\nb=c >}}", ""),
        ("{{ .Title }} {% x %} {{<", "{{ .Title }} {% x %} "),
        ('`{{<` {{< figure src="\n\n{{< note >}}b{{< /note >}}', '`{{<`  figure src="\n\nb'),
        ("## A {#b .c}\n\nP\n{.d}\n\n    {.e}\n", "## A \n\nP\n\n\n    {.e}\n"),
        ("## `code` text {#two}\n## `{#a}` {.b}\n### `{#c}`", "## `code` text \n## `{#a}` \n### `{#c}`"),
        ("`{.a}` {b} x{.c}\n```\n{.d}\n- [ ] e\n```", "`{.a}` {b} x{.c}\n```\n{.d}\n- [ ] e\n```"),
        ("- [ ] a\n1. [X] b\n- [c](d)", "- ☐ a\n1. ☑ b\n- [c](d)"),
        (":tada: stays", ":tada: stays"),
    ],
)
def test_marks_become_what_they_stand_for(text: str, outcome: str) -> None:
    assert said(text)[0] == outcome


def test_what_is_left_out_is_noted_once_and_what_is_known_is_not() -> None:
    assert said("{{< a >}} {{< a >}} {{< b >}}")[1] == ("template-removed", "template-removed")
    assert said("{{< youtube a >}} {{% highlight go %}}x{{% /highlight %}} {{</* a */>}}")[1] == ()
    assert said('{{< ref "missing.md" >}}') == ("", ("link-unresolved",))


def test_emoji_have_names_where_the_site_says_so() -> None:
    assert said(":tada: `:tada:` :none:", Customs(settings={"enableemoji": "true"}))[0] == "🎉 `:tada:` :none:"


def test_references_find_pages_beside_below_and_by_their_path(tmp_path: Path) -> None:
    names = (
        "content/posts/other.md",
        "content/posts/b/index.md",
        "content/docs/deep/c.md",
        "content/posts/other.fr.md",
    )
    languages = "defaultContentLanguage = 'en'\n[languages.en]\n[languages.fr]\n"
    links = ('"other"', '"b#x"', '"/docs/deep/c.md"', '"docs/deep/c"', 'path="other.md" lang="fr"', '"#here"')
    text = "\n\n".join(f"[x]({{{{< relref {link} >}}}})" for link in links)
    write(
        tmp_path,
        {"hugo.toml": CONFIG + languages, "content/posts/a.md": f"---\ntitle: A\n---\n{text}\n\n[y](b/index.md#z)"},
    )
    write(tmp_path, {name: page(title="T") for name in names})
    home = "https://example.org"
    expected = ["/posts/other/", "/posts/b/#x", "/docs/deep/c/", "/docs/deep/c/", "/fr/posts/other/", "/posts/a/#here"]

    for named in ("", "content"):
        text = html(tmp_path / named, "hugo", "posts/a.md" if named else "content/posts/a.md")
        assert [part.partition('"')[0] for part in text.split('href="')[1:]] == [
            *(home + path for path in expected),
            f"{home}/posts/b/#z",
        ]


def test_of_a_link_to_no_page_the_text_is_left(tmp_path: Path) -> None:
    links = '[a]({{< relref "x" >}}) [b](<{{% ref "x#y" %}}>) <a href="{{< ref "x" >}}">c</a> ({{< ref "nope" >}}).'
    write(tmp_path, {"hugo.toml": CONFIG, "content/posts/a.md": f"---\ntitle: A\n---\n{links}\n"})

    assert html(tmp_path / "content", "hugo", "posts/a.md") == "<p><a>a</a> <a>b</a> <a>c</a> ().</p>"


@pytest.mark.parametrize(
    "mark",
    ["{{<a>}}", "{{< a ", "{{< /a >}}", "{{< details >}}", '{{< ref "a" >}}', "`a``b```c", "# x {#a ", "](a.md", "{a="],
)
def test_hostile_bodies_take_no_longer_than_they_are(mark: str) -> None:
    with ends():
        said(mark * (100_000 // len(mark)))
