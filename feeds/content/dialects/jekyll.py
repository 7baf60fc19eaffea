"""Jekyll, and Octopress, which is Jekyll with tags of its own."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from feeds.content import kramdown
from feeds.content.dialects import jekyll_site as site
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect
from feeds.content.dialects.jekyll_address import Addresses
from feeds.content.dialects.jekyll_fields import as_written, dated_by, fields, slug_of
from feeds.content.dialects.jekyll_links import url
from feeds.content.dialects.jekyll_slugs import slugify
from feeds.content.dialects.jekyll_tags import Tags
from feeds.content.fields import text
from feeds.content.lead import marked
from feeds.content.liquid import Template, fill, time_filters, written_out
from feeds.content.passage import Passage
from feeds.model.source import Value

#: How the beginning of a post is marked off from then on, whatever mark the site has for it.
_MORE = "<!-- more -->"

_BLOCKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[^\n]+$", re.MULTILINE)
_TEXTLESS = re.compile(r"#{1,6}\s|!\[|<|```|~~~|\[[^\]\n]+\]:|[-*_=\s]+$|\{")

#: So many blocks without text may stand before the first paragraph.
_SKIPPED = 20


def body(passage: Passage) -> str:
    """Return the body with Liquid filled in and without what speaks to kramdown alone."""
    source = passage.source
    written = source.body
    if "{{" in written or "{%" in written:
        written = fill(written, _template(passage))
    written = _with_mark(written, passage)
    return written if _is_html(passage) else kramdown.plain(written)


def lead(body: str) -> str:
    """Return what stands before the mark, else the first paragraph, as Jekyll's ``excerpt``; with the links of it."""
    beginning = marked(body)
    if beginning:
        return _with_definitions(beginning, body[len(beginning) :])
    for start, block in _first_blocks(body):
        if not _TEXTLESS.match(block.lstrip()):
            return _with_definitions(block, body[start + len(block) :])
    return ""


def _first_blocks(body: str) -> list[tuple[int, str]]:
    blocks: list[tuple[int, str]] = []
    start = 0
    for end in _BLOCKS.finditer(body):
        blocks.append((start, body[start : end.start()]))
        start = end.end()
        if len(blocks) == _SKIPPED:
            return blocks
    return [*blocks, (start, body[start:])]


def _with_definitions(beginning: str, rest: str) -> str:
    if "][" not in beginning and "]" not in beginning:
        return beginning
    return "\n\n".join((beginning, *(found.lstrip() for found in _DEFINITION.findall(rest))))


def _with_mark(written: str, passage: Passage) -> str:
    """Put the common mark in place of the first of the post's own ``excerpt_separator``, or the site's."""
    separator = passage.source.fields.get("excerpt_separator") or passage.customs.settings.get("excerpt_separator")
    if not isinstance(separator, str) or not separator.strip() or separator not in written:
        return written
    return written.replace(separator, f"\n\n{_MORE}\n\n", 1)


def _is_html(passage: Passage) -> bool:
    return passage.source.path.suffix.lower() in (".html", ".htm")


def _template(passage: Passage) -> Template:
    addresses = Addresses(passage)
    tags = Tags(addresses, markdown=not _is_html(passage), leave_out=passage.leave_out)
    return Template(
        known={
            "site": _site(passage, addresses),
            "page": _page(passage, addresses),
            # As themes have it: `include base_path`, `include JB/setup`.
            "base_path": addresses.host + addresses.base,
            "BASE_PATH": addresses.base,
        },
        filters={
            "relative_url": addresses.relative_url,
            "absolute_url": addresses.absolute_url,
            **time_filters(passage.site.timezone),
            "slugify": lambda value, modes: slugify(text(value), modes[0] if modes else "default"),
        },
        tags=tags.alone(),
        blocks=tags.around(),
        others=tags.other,
        leave_out=passage.leave_out,
    )


def _site(passage: Passage, addresses: Addresses) -> dict[str, Value]:
    """Return ``site`` as templates see it: the configuration, but with the addresses and the title that feeds have."""
    settings = passage.customs.settings
    return {
        "github": {"url": addresses.host + addresses.base},
        **settings,
        "url": addresses.host,
        "baseurl": addresses.base,
        "title": settings.get("title", "") or passage.site.title,
        "data": _data(passage.customs.data),
    }


def _data(files: Mapping[str, Value]) -> dict[str, Value]:
    found = (name.removeprefix("_data/") for name in files if name.startswith("_data/"))
    return {name.rpartition(".")[0]: files[f"_data/{name}"] for name in found if "/" not in name}


def _page(passage: Passage, addresses: Addresses) -> dict[str, Value]:
    own = as_written(passage.source, passage.customs)
    path = urlsplit(passage.url).path.removeprefix(addresses.base)
    name = passage.source.path
    slug = text(own.get("slug", "")) or slug_of(name.stem)
    identity = f"{path.rstrip('/').rpartition('/')[0]}/{slug}"
    date = written_out(own.get("date", "") or dated_by(name.stem), passage.site.timezone)
    return {**own, "date": date, "url": path, "id": identity, "slug": slug, "path": str(name)}


JEKYLL = Dialect(
    name="jekyll",
    keys={
        **COMMON_KEYS,
        "updated": ("last_modified_at", "last-modified-at", *COMMON_KEYS["updated"]),
        "picture": (
            *COMMON_KEYS["picture"],
            *("header.og_image", "header.image", "header.overlay_image", "header.teaser", "featured-image"),
            *("featured-img", "feature_image", "feature-img", "cover-img", "share-img", "thumbnail-img"),
        ),
    },
    permalink="",
    url=url,
    extensions=site.EXTENSIONS,
    is_post=site.is_post,
    chosen=site.chosen,
    fields=fields,
    shows_future=site.shows_future,
    body=body,
    lead=lead,
    config_files=site.CONFIG_FILES,
    data_files=site.DATA_FILES,
    page_files=site.PAGE_FILES,
    read_config=site.read_config,
    facts=site.facts,
)
