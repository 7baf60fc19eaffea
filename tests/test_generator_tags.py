"""The tags of Jekyll, Octopress and Hexo: what each of them shows to the readers of a feed."""

from pathlib import Path, PurePosixPath

import pytest
from lxml.html import fragments_fromstring

from builders import a_site
from ending import ends
from feeds.content.dialects import dialect
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.model.customs import Customs
from feeds.model.finding import Finding
from feeds.model.source import Source
from feeds.services.reading import BodyToCompose
from generator_sites import read_all, reading_of
from workbench import Workbench, a_publication


def shown(site: Path, generator: str, path: str, body: str, config: str = "title: A site") -> tuple[str, list[Finding]]:
    """Return the HTML of a body at ``path`` of a site, and what was found in it."""
    (site / "_config.yml").write_text(config, encoding="utf-8")
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: A post\ndate: 2024-01-31\n---\n{body}\n", encoding="utf-8")
    reading = reading_of(site, generator)
    (read,) = (read for read in read_all(reading) if read.path == path)
    assert read.post
    composed = reading.compose(BodyToCompose(path=path, digest=read.digest, url=read.post.url, key=""))
    assert composed.body
    return composed.body.html, list(composed.findings)


def jekyll(site: Path, body: str, config: str = "title: A site") -> str:
    return shown(site, "jekyll", "_posts/2024-01-31-a.md", body, config)[0]


def hexo(site: Path, body: str, config: str = "title: A site") -> str:
    return shown(site, "hexo", "source/_posts/a.md", body, config)[0]


YOUTUBE = '<p><a href="https://www.youtube.com/watch?v=ab-1">Video: www.youtube.com</a></p>'


@pytest.mark.parametrize(
    ("tag", "html"),
    [
        ("{% highlight js %}\na < b\n{% endhighlight %}", "<pre><code>a &lt; b\n</code></pre>"),
        ("{% highlight js %}\n```\n{% endhighlight %}", "<pre><code>```\n</code></pre>"),
        ("a {% highlight js %}b{% endhighlight %} c", "<p>a </p><pre><code>b</code></pre> c<p></p>"),
        (
            "1. a\n\n   {% highlight sh %}\n   b\n     c\n   {% endhighlight %}\n\n2. d",
            "<ol>\n<li>\n<p>a</p>\n<pre><code>b\n  c\n</code></pre>\n</li>\n<li>\n<p>d</p>\n</li>\n</ol>",
        ),
        ("{% codeblock A title lang:ruby %}\nx\n{% endcodeblock %}", "<p>A title</p>\n<pre><code>x\n</code></pre>"),
        ('{% pullquote %}Say {"it"} so.{% endpullquote %}', "<p>Say it so.</p>"),
        (
            "{% blockquote Ada, Tea https://x.example/ A book %}\n*Tea.*\n{% endblockquote %}",
            "<blockquote>\n<p><em>Tea.</em></p>\n"
            '<p>— Ada, Tea <a href="https://x.example/">A book</a></p></blockquote>',
        ),
        ("{% img left /a.png 300 200 'A \"t\" & c' 'alt' %}", None),
        ("{% img /a.png %}\nText", '<img src="https://example.org/a.png" alt="">\n<p>Text</p>'),
        ('{% img src="/a.png" alt="b" %}', '<img src="https://example.org/a.png" alt="b">'),
        ("{% youtube ab-1 %}", YOUTUBE),
        ("{% youtube https://youtu.be/ab-1?t=3 %}", YOUTUBE),
        ('{% youtube id="ab-1" %}', YOUTUBE),
        ('{% include video.html provider="youtube" id="ab-1" %}', YOUTUBE),
        ('{% include youtubePlayer.html id="ab-1" %}', YOUTUBE),
        ("{% gist ada/12 file.rb %}", '<p><a href="https://gist.github.com/ada/12">Gist: gist.github.com</a></p>'),
        ("{% vimeo 12 %}", '<p><a href="https://vimeo.com/12">Video: vimeo.com</a></p>'),
        ("{% video /a.mp4 640 360 /a.png %}", '<p><a href="https://example.org/a.mp4">Video: a.mp4</a></p>'),
        (
            '{% include figure image_path="/a.png" alt="b" caption="c <i>d</i>" %}',
            '<figure><img src="https://example.org/a.png" alt="b">'
            "<figcaption>c &lt;i&gt;d&lt;/i&gt;</figcaption></figure>",
        ),
        (
            '{% include image.html url="/a.png" description="b" link="/c" %}',
            '<figure><a href="https://example.org/c"><img src="https://example.org/a.png" alt="b"></a>'
            "<figcaption>b</figcaption></figure>",
        ),
        ("{% include toc.html %}{% seo %}Text", "<p>Text</p>"),
        ("[a]({% link assets/a (b).pdf %})", '<p><a href="https://example.org/assets/a%20%28b%29.pdf">a</a></p>'),
        ("[a]({% link assets/a.pdf %})", '<p><a href="https://example.org/assets/a.pdf">a</a></p>'),
        ("[a]({% link about.md %}#b)", '<p><a href="https://example.org/about.html#b">a</a></p>'),
        ("[a]({% link docs/index.md %})", '<p><a href="https://example.org/docs/">a</a></p>'),
        ("[a]({% link _docs/x/y.md %})", '<p><a href="https://example.org/docs/x/y.html">a</a></p>'),
        ("[a]({% link _posts/2024-01-31-a.md %})", '<p><a href="https://example.org/2024/01/31/a.html">a</a></p>'),
        ("[a]({% post_url 2024-01-31-a %})", '<p><a href="https://example.org/2024/01/31/a.html">a</a></p>'),
        ("[a]({{ '/b' | relative_url }})", '<p><a href="https://example.org/b">a</a></p>'),
        ("[a]({{ 'b' | absolute_url }})", '<p><a href="https://example.org/b">a</a></p>'),
        ("[a]({{ site.url }}{{ site.baseurl }}/b)", '<p><a href="https://example.org/b">a</a></p>'),
        ("{{ page.title }} {{ page.url }} {{ 'A b' | slugify }}", "<p>A post /2024/01/31/a.html a-b</p>"),
        ("`{{ page.title }}`", "<p><code>A post</code></p>"),
        ("{% include JB/setup %}![a]({{ BASE_PATH }}/b.png)", '<p><img src="https://example.org/b.png" alt="a"></p>'),
        ("{% include base_path %}![a]({{ base_path }}/b.png)", '<p><img src="https://example.org/b.png" alt="a"></p>'),
        ("[a]({{ site.github.url }}/b)", '<p><a href="https://example.org/b">a</a></p>'),
        ("{% tweet https://x.example/1 %}", '<p><a href="https://x.example/1">https://x.example/1</a></p>'),
    ],
)
def test_a_tag_of_jekyll_shows_what_it_is_for(tmp_path: Path, tag: str, html: str | None) -> None:
    found = jekyll(tmp_path, tag)

    if html is None:
        assert "{%" not in found
    else:
        assert found == html


@pytest.mark.parametrize(
    ("tag", "html"),
    [
        ("[a]({{ '/c' | relative_url }})", '<p><a href="https://x.example/b/c">a</a></p>'),
        ("[a]({{ '/b/c' | relative_url }})", '<p><a href="https://x.example/b/c">a</a></p>'),
        ("[a]({{ '/c' | prepend: site.baseurl | prepend: site.url }})", '<p><a href="https://x.example/b/c">a</a></p>'),
        ("[a]({{ site.baseurl }}{% post_url 2024-01-31-a %})", '<p><a href="https://x.example/b/a/">a</a></p>'),
        ("[a]({% post_url 2024-01-31-a %})", '<p><a href="https://x.example/b/a/">a</a></p>'),
        ("[a]({{ site.url }}{% post_url 2024-01-31-a %})", '<p><a href="https://x.example/b/a/">a</a></p>'),
        ("[a]({% link about.md %})", '<p><a href="https://x.example/b/about/">a</a></p>'),
        ("[a]({% link _docs/c.md %})", '<p><a href="https://x.example/b/d/c/">a</a></p>'),
        ("{% img /c.png %}", '<img src="https://x.example/b/c.png" alt="">'),
    ],
)
def test_addresses_begin_at_the_base_of_the_site(tmp_path: Path, tag: str, html: str) -> None:
    config = (
        "url: https://x.example\nbaseurl: /b\npermalink: /:title/\ncollections: { docs: { permalink: '/d/:path/' } }"
    )

    assert jekyll(tmp_path, tag, config) == html


def test_a_post_in_a_folder_is_found_by_its_name(tmp_path: Path) -> None:
    for path in ("_posts/2023-01-01-b.md", "_posts/2023/2023-02-02-c.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("---\ntitle: Another\n---\nHello.", encoding="utf-8")
    tags = "[b]({% post_url 2023-01-01-b %}) [c]({% post_url 2023-02-02-c %}) [d]({% post_url /2023/2023-02-02-c %})"
    html, findings = shown(tmp_path, "jekyll", "_posts/2024/2024-01-31-a.md", tags)

    assert html == (
        '<p><a href="https://example.org/2023/01/01/b.html">b</a> <a href="https://example.org/2023/02/02/c.html">c</a>'
        ' <a href="https://example.org/2023/02/02/c.html">d</a></p>'
    )
    assert not findings


def test_a_tag_that_nothing_is_known_of_is_told_with_its_line(tmp_path: Path) -> None:
    body = "Text.\n\n{% post_url 2001-01-01-nothing %}{% widget %}\n{% widget %}"
    html, findings = shown(tmp_path, "jekyll", "_posts/2024-01-31-a.md", body)

    assert html == "<p>Text.</p>"
    assert [(finding.code, finding.line) for finding in findings] == [("template-removed", 7)] * 2


def test_of_a_link_to_a_post_that_is_not_there_the_text_stays(tmp_path: Path) -> None:
    body = "[a]({% post_url 2001-01-01-b %}) [c][d]\n\n[d]: {% post_url 2001-01-01-e %}"
    html, findings = shown(tmp_path, "jekyll", "_posts/2024-01-31-a.md", body)

    assert html == "<p><a>a</a> <a>c</a></p>"
    assert [(finding.code, finding.line) for finding in findings] == [("template-removed", 5), ("template-removed", 7)]


def test_a_check_does_not_blame_templates_that_are_filled_in(tmp_path: Path) -> None:
    bench = Workbench(tmp_path, a_publication(generator="jekyll"))
    body = "[a]({{ '/b' | relative_url }}) [c]({{ site.nothing }})"
    bench.write("_posts/2024-01-31-a.md", f"---\ntitle: A\n---\n{body}")
    bench.check()

    assert bench.codes("_posts/2024-01-31-a.md") == ["template-removed"]


def test_a_post_in_html_is_html(tmp_path: Path) -> None:
    body = "<p>*a* {{ page.title }}</p>\n{% highlight js %}\nb\n{% endhighlight %}"

    html, _ = shown(tmp_path, "jekyll", "_posts/2024-01-31-a.html", body)

    assert html == "<p>*a* A post</p>\n<pre><code>b</code></pre>"


def test_the_sites_own_mark_ends_the_beginning(tmp_path: Path) -> None:
    customs = Customs(settings={"excerpt_separator": "<!-- cut -->"})
    source = Source(path=PurePosixPath("_posts/2024-01-31-a.md"), fields={}, lines={}, body="", digest="")
    its = dialect("jekyll")

    def lead_of(body: str, **fields: str) -> str:
        written = Source(path=source.path, fields=fields, lines={}, body=body, digest="")
        notes = Notes(source.path)
        passage = Passage(source=written, url="https://x.example/a", site=a_site(), customs=customs, notes=notes)
        return its.lead(its.body(passage))

    assert lead_of("One.\n\nTwo.\n<!-- cut -->\nThree.") == "One.\n\nTwo."
    assert lead_of("One.\n\nTwo.\n\n----\n\nThree.", excerpt_separator="----") == "One.\n\nTwo."
    assert lead_of("One.\n\nTwo.") == "One."


@pytest.mark.parametrize(
    ("tag", "html"),
    [
        ("{% asset_img b.jpg %}", '<img src="https://example.org/2024/01/31/a/b.jpg" alt="">'),
        ('{% asset_img \'b c.jpg\' 300 200 "d" "e" %}', None),
        ("{% asset_path b.pdf %}", "<p>https://example.org/2024/01/31/a/b.pdf</p>"),
        ("{% asset_link b.pdf The file %}", '<p><a href="https://example.org/2024/01/31/a/b.pdf">The file</a></p>'),
        ("{% post_link a Me & you true %}", '<p><a href="https://example.org/2024/01/31/a/">Me &amp; you</a></p>'),
        ("[x]({% post_path a %})", '<p><a href="https://example.org/2024/01/31/a/">x</a></p>'),
        ("{% link Home page /b %}", '<p><a href="https://example.org/b">Home page</a></p>'),
        ("{% iframe https://x.example/p %}", '<p><a href="https://x.example/p">Embedded: x.example</a></p>'),
        ("{% btn /b, Read on, fa-book %}", '<p><a href="https://example.org/b">Read on</a></p>'),
        ("a {% label primary@b %} c", "<p>a b c</p>"),
        ("{% note info %}\n**a**\n{% endnote %}", "<p><strong>a</strong></p>"),
        ("{% note %}\n```\n{{ a }}\n```\n{% endnote %}", "<pre><code>{{ a }}\n</code></pre>"),
        ("{% codeblock %}\n`{{ 'a' }}` ```\n{% endcodeblock %}", None),
        ("{% quote Ada %}a{% endquote %}", "<blockquote>\n<p>a</p>\n<p>— Ada</p></blockquote>"),
        ("{% mermaid %}\na --> b\n{% endmermaid %}", "<pre><code>a --&gt; b\n</code></pre>"),
        ("{% raw %}{{ a }}{% endraw %}", "<p>{{ a }}</p>"),
        ("a {# b {{ c }} #} d", "<p>a  d</p>"),
        ("`{% a %}` and ```{{ b }}```", "<p><code>{% a %}</code> and <code>{{ b }}</code></p>"),
        ("{{ title }}", "<p>A post</p>"),
        ("![a](a/b.png)", '<p><img src="https://example.org/2024/01/31/a/b.png" alt="a"></p>'),
        ("- [x] a", "<ul>\n<li>☑ a</li>\n</ul>"),
    ],
)
def test_a_tag_of_hexo_shows_what_it_is_for(tmp_path: Path, tag: str, html: str | None) -> None:
    found = hexo(tmp_path, tag, "post_asset_folder: true")

    if html is None:
        assert "{%" not in found
    else:
        assert found == html


@pytest.mark.parametrize("tag", ['" onerror="x', "'><script>x</script>", "javascript:x", "<b>"])
def test_what_stands_in_a_tag_is_text(tmp_path: Path, tag: str) -> None:
    quoted = tag.replace('"', "&quot;") if '"' in tag else tag
    body = "\n\n".join(
        (
            f'{{% include figure.html src="/a.png?{quoted}" alt="{quoted}" caption="{quoted}" %}}',
            f"{{% youtube {tag} %}}",
            f"{{% img /a.png{tag} 300 '{tag}' %}}",
            f"{{% blockquote {tag} https://x.example/{tag} %}}a{{% endblockquote %}}",
            f"{{% link {tag} https://x.example/{tag} %}}",
        )
    )

    for html in (jekyll(tmp_path, body), hexo(tmp_path, body)):
        elements = list(fragments_fromstring(f"<div>{html}</div>")[0].iter())
        assert {element.tag for element in elements} <= {"div", "p", "a", "img", "figure", "figcaption", "blockquote"}
        assert {name for element in elements for name in element.attrib} <= {"href", "src", "alt", "title", "width"}
        assert all(element.get("href", "https:").startswith("https:") for element in elements)


@pytest.mark.parametrize(
    "body",
    [
        "{% post_url 2024-01-01-x %}" * 5_000,
        "{% include image.html src='/a.png' %}" * 5_000,
        "{% link a b c %}" * 5_000,
        "{% img " + "a " * 90_000 + "%}",
        "{# " * 60_000,
        "![" * 80_000,
        "\n \n" * 60_000,
    ],
)
@pytest.mark.parametrize("generator", ["jekyll", "hexo"])
def test_no_body_takes_long(generator: str, body: str) -> None:
    its, path = dialect(generator), PurePosixPath("_posts/2024-01-31-a.md")
    source = Source(path=path, fields={}, lines={}, body=body, digest="")
    passage = Passage(source=source, url="https://x.example/a", site=a_site(), notes=Notes(path))
    with ends():
        its.lead(its.body(passage))
