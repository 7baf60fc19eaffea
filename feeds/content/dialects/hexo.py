"""Hexo."""

import re
from collections.abc import Callable

from feeds.content.code import masked
from feeds.content.dialects import hexo_site as site
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect
from feeds.content.dialects.hexo_fields import fields
from feeds.content.dialects.hexo_header import header
from feeds.content.dialects.hexo_links import url
from feeds.content.dialects.hexo_tags import Tags
from feeds.content.fields import flag
from feeds.content.kramdown import boxes
from feeds.content.liquid import Template, fill
from feeds.content.passage import Passage
from feeds.content.structured import structured

#: A picture whose address is from the top of the site, in Markdown: Hexo puts the root of the site before it.
_FROM_TOP = re.compile(r"(!\[[^\[\]\n]*+\]\()(?=/(?!/))")


def body(passage: Passage) -> str:
    """Return the body with its tags filled in; code in it is left alone, as by Hexo."""
    source = passage.source
    markdown = source.path.suffix.lower() not in (".html", ".htm")
    written, restored = masked(source.body) if markdown else (source.body, _same)
    if "{{" in written or "{%" in written or "#}" in written:
        written = _filled(_without_comments(written), passage, restored, markdown=markdown)
    if not markdown:
        return written
    if below := site.root(passage.customs):
        written = _FROM_TOP.sub(rf"\g<1>{below}", written)
    if flag(passage.customs.settings.get("post_asset_folder", "")):
        written = written.replace(f"]({source.path.stem}/", "](").replace(f"](./{source.path.stem}/", "](")
    return restored(boxes(written))


def _same(text: str) -> str:
    return text


def _filled(written: str, passage: Passage, restored: Callable[[str], str], *, markdown: bool) -> str:
    tags = Tags(passage, restored, markdown=markdown)
    template = Template(
        known={**passage.source.fields},
        tags=tags.alone(),
        blocks=tags.around(),
        others=tags.other,
        leave_out=lambda mark, _: _left_out(restored(mark), passage),
    )
    return fill(written, template)


def _left_out(mark: str, passage: Passage) -> str:
    return passage.leave_out(mark, max(0, passage.source.body.find(mark)))


def _without_comments(text: str) -> str:
    """Cut out what stands between ``{#`` and ``#}``."""
    pieces = text.split("{#")
    kept = pieces[:1]
    for piece in pieces[1:]:
        inside, end, after = piece.partition("#}")
        kept.append(after if end else "{#" + inside)
    return "".join(kept)


HEXO = Dialect(
    name="hexo",
    keys={
        **COMMON_KEYS,
        "picture": (*COMMON_KEYS["picture"], "index_img", "banner_img", "top_img", "banner", "photos"),
    },
    permalink="",
    url=url,
    extensions=site.EXTENSIONS,
    is_post=site.is_post,
    chosen=site.chosen,
    header=header,
    fields=fields,
    shows_future=site.shows_future,
    body=body,
    config_files=site.CONFIG_FILES,
    read_config=structured,
    facts=site.facts,
)
