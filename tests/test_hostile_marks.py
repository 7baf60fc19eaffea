"""Bodies that are made to take long: each takes time in proportion to its length."""

from pathlib import PurePosixPath

import pytest

from builders import a_site
from ending import ends
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
