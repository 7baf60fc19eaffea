"""Pelican: headers without fences, slugs from titles, reStructuredText beside Markdown."""

import re
from pathlib import PurePosixPath

from feeds.content import admonitions, python_markdown, template_marks
from feeds.content.code import replaced
from feeds.content.dialects import pelican_site as site
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.dialects.pelican_fields import fields, is_known
from feeds.content.dialects.pelican_header import header
from feeds.content.dialects.pelican_links import LINK, LINK_IN_HTML, resolve, url
from feeds.content.fields import text
from feeds.content.lead import marked
from feeds.content.passage import Passage
from feeds.content.reading import Reading
from feeds.content.restructured_text import html, without_marks
from feeds.content.timing import is_dated
from feeds.model.customs import Customs

_EXTENSIONS = (".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm")
_NOT_ARTICLES = frozenset(
    {
        *("pages", "extra", "images", "static", "theme", "themes", "output", "plugins", "pelican-plugins", "templates"),
        *("docs", "venv", "env", "tests"),
    }
)
_NOT_POSTS = frozenset({"readme", "changelog", "license", "contributing"})
_MARK_OF_CODE = re.compile(r"^((?: {4}|\t))(?::::|#!)[ \t]?[\w+-]+[^\n]*\n(?=\1)", re.MULTILINE)
_END_OF_SUMMARY = re.compile(r"<!--\s*PELICAN_END_SUMMARY\s*-->|^\[more\]$", re.IGNORECASE | re.MULTILINE)
_CONTENTS = re.compile(r"^\[TOC\][ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{:[ \t]*[#.\w][^{}\n]*\}")
_LINK_LIKE = re.compile(r"[{|](?:filename|static|attach|category|tag|author|index)[}|]")
_DOCUMENTS = frozenset({".html", ".htm"})


def is_post(path: str) -> bool:
    """Tell whether ``path`` is an article: not below ``pages``, nor in a folder of the theme or of other files."""
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")) or name.lower() in _NOT_POSTS:
        return False
    return not any(folder.startswith((".", "_")) or folder.lower() in _NOT_ARTICLES for folder in folders)


def chosen(path: str, customs: Customs) -> bool | None:
    """Tell that a file outside of the folder that Pelican reads is none of its articles."""
    return False if site.source_path(PurePosixPath(path), customs) is None else None


def shows_future(customs: Customs) -> bool:
    """Tell whether the settings say that articles appear before their date; by itself that is nothing to rely on."""
    return site.is_on(customs, "WITH_FUTURE_DATES")


def hidden(reading: Reading) -> str:
    """Return why Pelican leaves an article out: its status, or no title or date."""
    found = reading.source.fields
    status = text(found.get("status", "")) or site.default_status(reading.customs)
    if not is_known(status):
        return f"status: {status}"
    if status.lower() != "published" and status:
        return f"status: {status.lower()}"
    if not text(found.get("title", "")):
        return "no title"
    return "" if is_dated(reading) or site.setting(reading.customs, "DEFAULT_DATE") else "no date"


def body(passage: Passage) -> str:
    """Return the body with the addresses behind Pelican's links, and in HTML where it is reStructuredText."""
    suffix = passage.source.path.suffix.lower()
    written = passage.source.body
    if suffix == ".rst":
        page = html(passage, written)
        return LINK_IN_HTML.sub(resolve(passage), page) if _may_link(written) else page
    if suffix in _DOCUMENTS:
        page = LINK_IN_HTML.sub(resolve(passage), written) if _may_link(written) else written
        return without_marks(passage, page)
    written = replaced(written, LINK, resolve(passage)) if _may_link(written) else written
    if "{:" in written:
        written = replaced(written, _ATTRIBUTES, lambda _: "")
    if "[TOC]" in written:
        written = replaced(written, _CONTENTS, lambda _: "")
    if ":::" in written or "#!" in written:
        written = _MARK_OF_CODE.sub("", written)
    return template_marks.render(passage, admonitions.rewrite(python_markdown.plain(written)))


def lead(written: str) -> str:
    """Return what stands before the author's mark: Pelican's plugins have one of their own."""
    found = _END_OF_SUMMARY.search(written)
    return written[: found.start()].rstrip() if found else marked(written)


def _may_link(written: str) -> bool:
    """Tell, in a moment, whether there may be a link of Pelican's in a body."""
    return _LINK_LIKE.search(written) is not None


PELICAN = Dialect(
    name="pelican",
    keys={
        **COMMON_KEYS,
        "summary": ("summary", "description", "subtitle", "abstract", "meta"),
        "categories": ("category",),
        "picture": (*COMMON_KEYS["picture"], "header_cover", "headerimage", "og_image"),
        "picture_alt": (*COMMON_KEYS["picture_alt"], "headeralt"),
    },
    permalink=site.DEFAULT_URL,
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    chosen=chosen,
    header=header,
    fields=fields,
    hidden=hidden,
    shows_future=shows_future,
    body=body,
    lead=lead,
    config_files=site.CONFIG_FILES,
    read_config=site.read_config,
    facts=site.facts,
)
