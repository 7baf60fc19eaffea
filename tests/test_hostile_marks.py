"""Bodies that are made to take long: each takes time in proportion to its length."""

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from builders import a_site
from ending import ends
from feeds.content import javascript, php
from feeds.content.assignments import assignments
from feeds.content.dialects import dialect
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.model.source import Source

LENGTH = 60_000

PIECES = (
    *("{{", "{% ", "{%", "{#", "{{{a", "{% for %}", "{% if %}{% else %}", "{% endfor %}", "{% raw %}", "` {{a}} "),
    *("<A ", '<A "', "<A '", "<A {", "{a ", "{a} ", "<a b={ ", "<A a={b} ", "<>", "{/* ", "\\{", "{'", '{"', "<A {'"),
    *(
        "import a\n",
        "import a from 'x\n",
        "export const a = {\n",
        "import {a,\n",
        ":::note\n",
        "!!! note\n",
        "    a\n\n",
    ),
    *(
        "@if(a)",
        "@foreach(a",
        "{{--",
        "{!!",
        "@{{",
        "@include(",
        "@@",
        "@if((a)",
        "{filename}",
        "{tag}a ",
        "|filename|a",
    ),
    *("{{% a", "{{% a %}}", "link://slug/", "{{< a", "![a](./", "[a]: ./b", "](a", "~~~\n", "- a\n    b\n", "{: .a"),
)


@pytest.mark.parametrize("name", ["astro", "docusaurus", "eleventy", "jigsaw", "nikola", "pelican", "plain"])
def test_no_body_takes_long(name: str) -> None:
    file = {"astro": "a.mdx", "jigsaw": "a.blade.md", "plain": "a.mdx"}.get(name, "a.md")
    for piece in PIECES:
        body = piece * (LENGTH // len(piece))
        source = Source(path=PurePosixPath(file), fields={}, lines={}, body=body, digest="")
        passage = Passage(source=source, url="https://example.com/a", site=a_site(), notes=Notes(source.path))
        its = dialect(name)
        with ends():
            its.lead(its.body(passage))


#: What stands before and behind the piece that comes again and again: a mark, a text in it, a list in a file.
MARKS = (
    *(
        ("hugo", "{{< figure ", " >}}"),
        ("hugo", '{{< figure src="', " >}}"),
        ("hugo", "{{< figure link=a src=", '" >}}'),
    ),
    *(("zola", "{{ youtube(", ") }}"), ("zola", '{{ youtube(id="', ") }}"), ("zola", "{% quote(a=", ") %}a{% end %}")),
    *(("nikola", "{{% youtube ", " %}}"), ("nikola", '{{% youtube id="', " %}}"), ("nikola", "{{% ", "")),
    *(
        ("jekyll", "{% include figure.html ", " %}"),
        ("jekyll", '{{ "', '" }}'),
        ("jekyll", "{% if ", " %}a{% endif %}"),
    ),
    *(("jekyll", "{: ", "}"), ("jekyll", "<p ", ""), ("jekyll", "{% img ", " %}"), ("hexo", "{% asset_img ", " %}")),
    *(
        ("eleventy", "{% image ", " %}"),
        ("eleventy", "{% ", ""),
        ("astro", "<Image a={", "} />"),
        ("astro", '<A b="', "/>"),
    ),
    *(("astro", "export const a = ", "\n"), ("docusaurus", "<img src={", "} />"), ("jigsaw", "@if(", ") a @endif")),
)
REPEATED = (
    *(
        '\\"',
        '"\\',
        '"',
        "'",
        "\\'",
        "`",
        "\\`",
        "[",
        "][",
        "{",
        "}{",
        "(",
        ")(",
        "\\",
        "=",
        'a="',
        'a="b" ',
        " ",
        "\n",
    ),
    *("a", "a ", "a,", "|a:", ".a", "<", "/*", "//", "$", "{'", '["', " markdown=a", "=>", "a and "),
)


@pytest.mark.parametrize(("name", "before", "behind"), MARKS)
def test_no_arguments_of_a_mark_take_long(name: str, before: str, behind: str) -> None:
    its = dialect(name)
    file = {"astro": "a.mdx", "docusaurus": "a.mdx", "jigsaw": "a.blade.md"}.get(name, "a.md")
    with ends():
        for piece in REPEATED:
            body = before + piece * (LENGTH // len(piece)) + behind
            source = Source(path=PurePosixPath(file), fields={}, lines={}, body=body, digest="")
            passage = Passage(source=source, url="https://example.com/a", site=a_site(), notes=Notes(source.path))
            its.lead(its.body(passage))


@pytest.mark.parametrize(
    ("read", "before", "behind"),
    [
        (javascript.literals, "export default { a: ", " }"),
        (javascript.literals, "", " = {"),
        (php.returned, "<?php return ['a' => ", "];"),
        (assignments, "A = ", "\n"),
        (assignments, 'A = "', "\n"),
        (assignments, "A = '''", "\n"),
    ],
)
def test_no_configuration_takes_long(read: Callable[[str], object], before: str, behind: str) -> None:
    with ends():
        for piece in (
            *REPEATED,
            "return {",
            "const config ",
            "A = (\nA = )(\n",
            "export default {",
            "a: {",
            "'a' => [",
        ):
            read(before + piece * (LENGTH // len(piece)) + behind)
