"""Nikola: headers of comments, reStructuredText and Markdown, shortcodes in double braces with a percent sign."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feeds.content import admonitions, link, python_markdown, template_marks
from feeds.content import text as texts
from feeds.content.assignments import assignments
from feeds.content.code import replaced
from feeds.content.dialects import pelican_header
from feeds.content.dialects.below import FILES, files_below, html_below, markdown_below
from feeds.content.dialects.dialect import COMMON_KEYS, Header, split
from feeds.content.dialects.nikola_links import DOC_ROLE, LINK, address, doc, shortcode
from feeds.content.dialects.plain import PLAIN
from feeds.content.fields import text
from feeds.content.lead import marked
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.content.reading import Reading
from feeds.content.restructured_text import html
from feeds.content.structured import structured
from feeds.content.timing import is_dated
from feeds.model.customs import Customs, Facts
from feeds.model.source import Source, Value

_EXTENSIONS = (".rst", ".md", ".markdown", ".html", ".htm")
_NOT_POSTS = frozenset({"pages", "stories", "galleries", "files", "images", "listings", "themes", "output", "cache"})
_FIELD = re.compile(r"[ \t]*\.\.[ \t]+([\w-]+):(?:[ \t]+(.*)|[ \t]*)$")
_COMMENT = re.compile(r"\s*<!--[ \t]*\n?")
_END_OF_COMMENT = re.compile(r"[ \t]*-->[ \t]*\n?")
_LANGUAGE = re.compile(r"(.+)\.([a-z]{2,3}(?:[_-][A-Za-z]{2,4})?)")
_TEASER = re.compile(r"^\.\.[ \t]+TEASER_END\b.*$|<!--\s*TEASER_END\b[^>]*-->", re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{%[ \t]*(/?)([\w-]++)((?:[^%{]|%(?!\}\})|\{(?!\{%))*+)%\}\}")
_HIDDEN_TAGS = frozenset({"draft", "private"})


def is_post(path: str) -> bool:
    """Tell whether ``path`` is a post: not a page, nor in a folder of other files."""
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")) or name.lower() in {"readme", "changelog"}:
        return False
    return not any(folder.startswith((".", "_")) or folder.lower() in _NOT_POSTS for folder in folders)


def header(written: str, suffix: str, _notes: Notes) -> Header | None:
    """Read ``.. key: value`` lines, which may stand in an HTML comment, else the fields of reStructuredText."""
    comment = _COMMENT.match(written) if suffix != ".rst" else None
    start = comment.end() if comment else len(written) - len(written.lstrip())
    pairs: list[tuple[str, Value, int]] = []
    line = written.count("\n", 0, start) + 1
    while found := _FIELD.match(written, start, end if (end := written.find("\n", start)) >= 0 else len(written)):
        pairs.append((found[1], (found[2] or "").strip(), line))
        start = min(found.end() + 1, len(written))
        line += 1
    if pairs:
        close = _END_OF_COMMENT.match(written, start) if comment else None
        return Header(pairs=pairs, body=written[close.end() if close else start :])
    return pelican_header.restructured(written) if suffix == ".rst" else None


def fields(source: Source, customs: Customs) -> Source:
    """Add the language that the file's name ends in, and what a status or a tag says beside its own meaning."""
    found = dict(source.fields)
    language = _LANGUAGE.fullmatch(source.path.stem)
    if language and "lang" not in found:
        found["lang"] = language[2].replace("_", "-")
    for key in ("tags", "keywords"):
        listed = found.get(key)
        if isinstance(listed, str):
            found[key] = [part.strip() for part in listed.split(",") if part.strip()]
    tags = [tag for tag in found.get("tags", "") if isinstance(tag, str)]
    found["tags"] = [tag for tag in tags if tag.lower() not in _HIDDEN_TAGS | {"mathjax"}]
    status = next((tag.lower() for tag in tags if tag.lower() in _HIDDEN_TAGS), "")
    if status and "status" not in found:
        found["status"] = status
    if text(found.get("status", "")).lower() == "featured":
        found["featured"] = "true"
    if not text(found.get("author", "")) and text(customs.settings.get("BLOG_AUTHOR", "")):
        found["author"] = text(customs.settings["BLOG_AUTHOR"])
    found.update(files_below(urlsplit(facts(customs).url).path, found, ("previewimage", *FILES)))
    return replace(source, fields=found)


def hidden(reading: Reading) -> str:
    """Return why Nikola leaves a post out: it has no title or no date, where neither is in its file."""
    if not text(reading.source.fields.get("title", "")):
        return "no title"
    return "" if is_dated(reading) else "no date"


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page: where its folder is published, below the language that is not the site's."""
    if pattern != _PERMALINK:
        return link.on_site(reading, link.filled(reading, pattern, published))
    fields, settings = reading.source.fields, reading.customs.settings
    stem = reading.source.path.stem
    language = _LANGUAGE.fullmatch(stem)
    name = text(fields.get("slug", "")) or texts.slug(language[1] if language else stem) or stem
    parts = [_published_in(reading.source.path, reading.customs), name]
    default = text(settings.get("DEFAULT_LANG", "")) or reading.site.language
    if language and language[2].replace("_", "-").lower() != default.lower():
        parts.insert(0, language[2].lower())
    pretty = "false" not in {text(settings.get("PRETTY_URLS", "")).lower(), text(fields.get("pretty_url", "")).lower()}
    path = "/".join(part for part in parts if part)
    return link.on_site(reading, f"/{path}/" if pretty else f"/{path}.html")


def body(passage: Passage) -> str:
    """Return the body without shortcodes, with the addresses behind Nikola's links, in HTML if it was not Markdown."""
    written = passage.source.body
    base = urlsplit(passage.site.url).path
    if passage.source.path.suffix.lower() == ".rst":
        written = _SHORTCODE.sub(lambda mark: shortcode(passage, mark), written) if "{{%" in written else written
        written = DOC_ROLE.sub(lambda mark: doc(passage, mark), written) if ":doc:" in written else written
        page = html_below(base, html(passage, written))
        return LINK.sub(lambda mark: address(passage, mark[1], mark[2]), page) if "link://" in page else page
    if "{{%" in written:
        written = replaced(written, _SHORTCODE, lambda mark: shortcode(passage, mark))
    if "link://" in written:
        written = replaced(written, LINK, lambda mark: address(passage, mark[1], mark[2]))
    written = html_below(base, markdown_below(base, python_markdown.plain(written)))
    return template_marks.render(passage, admonitions.rewrite(written))


def lead(written: str) -> str:
    """Return what stands before ``TEASER_END``, also where a text for the link follows it."""
    found = _TEASER.search(written)
    return written[: found.start()].rstrip() if found else marked(written)


def facts(customs: Customs) -> Facts:
    """Return what ``conf.py`` says of the site."""
    said = {name: text(value) for name, value in customs.settings.items()}
    return Facts(
        title=said.get("BLOG_TITLE", ""),
        url=(said.get("SITE_URL", "") or said.get("BASE_URL", "")).rstrip("/"),
        description=said.get("BLOG_DESCRIPTION", ""),
        language=said.get("DEFAULT_LANG", ""),
        timezone=said.get("TIMEZONE", ""),
        author=said.get("BLOG_AUTHOR", ""),
    )


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read a configuration as text."""
    return assignments(written) if name.endswith(".py") else structured(name, written, notes)


def _published_in(path: PurePosixPath, customs: Customs) -> str:
    """Return the folder of a post's page: POSTS says where the files below which folder are published."""
    whole = PurePosixPath(customs.prefix, path).parent.as_posix()
    for source, target in _places(customs):
        if f"{whole}/".startswith(f"{source}/"):
            return "/".join(part for part in (target, whole.removeprefix(source).strip("/")) if part)
    return whole.strip("./") if whole.startswith("posts") else f"posts/{whole.strip('./')}".rstrip("/")


def _places(customs: Customs) -> list[tuple[str, str]]:
    posts = customs.settings.get("POSTS", [["posts/*", "posts"]])
    return [
        (place[0].rpartition("/")[0] or ".", place[1].strip("/"))
        for place in posts
        if isinstance(place, list) and len(place) > 1 and isinstance(place[0], str) and isinstance(place[1], str)
    ]


_PERMALINK = "/posts/{slug}"

NIKOLA = replace(
    PLAIN,
    name="nikola",
    keys={
        **COMMON_KEYS,
        "categories": ("category", "categories"),
        "picture": ("previewimage", *COMMON_KEYS["picture"]),
        "slug": ("slug",),
    },
    permalink=_PERMALINK,
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    header=header,
    fields=fields,
    hidden=hidden,
    body=body,
    lead=lead,
    config_files=("conf.py",),
    read_config=read_config,
    facts=facts,
)
