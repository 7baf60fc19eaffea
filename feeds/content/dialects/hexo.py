"""Hexo."""

import re
from collections.abc import Callable, Mapping

from feeds.content.code import masked
from feeds.content.dialects import hexo_site as site
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect
from feeds.content.dialects.hexo_fields import fields
from feeds.content.dialects.hexo_header import header
from feeds.content.dialects.hexo_links import url
from feeds.content.dialects.hexo_tags import Tags, folder_of
from feeds.content.fields import flag
from feeds.content.kramdown import boxes
from feeds.content.liquid import Template, fill
from feeds.content.passage import Passage
from feeds.content.structured import structured
from feeds.model.customs import Customs
from feeds.model.source import Value

#: A picture whose address is from the top of the site, in Markdown: Hexo puts the root of the site before it.
_FROM_TOP = re.compile(r"(!\[[^\[\]\n]*+\]\()(?=/(?!/))")

#: A picture whose address is from the folder of the post.
_BESIDE = re.compile(r"(!\[[^\[\]\n]*+\]\(<?)(?:\./)?(?![/#\\]|[A-Za-z][\w+.-]*:|\.\./)(?=[^\s)])")
#: The end of a line that another one of the same paragraph may follow.
_BREAK = re.compile(r"(?<=[^\s\\])[ \t]*\n(?=[^\S\n]*[^\s])")


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
    if assets := _assets(passage):
        written = _BESIDE.sub(lambda found: found[1] + assets, written)
    whole = restored(boxes(written))
    return _broken(whole) if _breaks(passage.customs) else whole


def _broken(text: str) -> str:
    """Return Markdown in which lines end where their author ended them; tags may have made code of their own."""
    prose, restored = masked(text)
    return restored(_BREAK.sub("  \n", prose))


def _assets(passage: Passage) -> str:
    """Return the address of the folder of the post's files, "" where pictures are not looked for there."""
    settings = passage.customs.settings
    wanted = _renderer(settings, "marked")
    if flag(settings.get("post_asset_folder", "")) is not True or flag(wanted.get("postasset", "")) is not True:
        return ""
    return "" if flag(wanted.get("prependroot", "true")) is False else folder_of(passage.url)


def _breaks(customs: Customs) -> bool:
    """Tell whether the end of a line is one for readers too, as Hexo's renderers have it by default."""
    markdown_it = _renderer(_renderer(customs.settings, "markdown"), "render")
    written = (_renderer(customs.settings, "marked"), markdown_it)
    return all(flag(settings.get("breaks", "true")) is not False for settings in written)


def _renderer(settings: Mapping[str, Value], name: str) -> Mapping[str, Value]:
    found = settings.get(name, "")
    return {key.lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


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
