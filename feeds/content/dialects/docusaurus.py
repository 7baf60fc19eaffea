"""Docusaurus: blogs of MDX, authors by key, addresses with the date of the file's name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from feeds.content import admonitions, link, mdx, template_marks
from feeds.content.code import replaced
from feeds.content.dates import date_from_name
from feeds.content.dialects.below import files_below, markdown_below
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.dialects.people import with_people
from feeds.content.fields import text
from feeds.content.javascript import literals
from feeds.content.lead import marked
from feeds.content.notes import Notes
from feeds.content.passage import NOWHERE, Passage
from feeds.content.reading import Reading
from feeds.content.structured import structured
from feeds.content.timing import is_dated
from feeds.model.customs import Customs, Facts
from feeds.model.source import Source, Value

_EXTENSIONS = (".md", ".mdx")
_CONFIG_FILES = tuple(f"docusaurus.config.{end}" for end in ("js", "ts", "mjs", "cjs", "mts"))
_NOT_BLOGS = frozenset(
    {
        *("docs", "src", "static", "build", "node_modules", "versioned_docs", "versioned_sidebars", "__tests__"),
        *("docusaurus-plugin-content-docs", "docusaurus-plugin-content-pages", "community", "pages"),
    }
)
_NOT_POSTS = frozenset({"readme", "changelog", "license", "contributing", "code_of_conduct"})
_DATED = re.compile(r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)(?:/index)?")
_INDEX = re.compile(r"(?:^|/)index$")
_TRANSLATION = re.compile(r"i18n/(?P<language>[\w-]+)/docusaurus-plugin-content-blog(?:-[\w-]+)?/")
_TRUNCATE = re.compile(r"\{/\*\s*truncate\s*\*/\}")
_FILE_LINK = re.compile(
    r"(\]\(\s*<?|^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*)((?:\.{1,2}/|/)?[\w@%][\w@%./-]{0,300}?\.mdx?)(?=[#?)>\s]|\Z)",
    re.MULTILINE,
)
_HEADING_ID = re.compile(r"(?<=[ \t])\{#[\w-]+\}[ \t]*$", re.MULTILINE)
_LONGEST_NAME = 1000

#: Whether there is such a day is the same in all of them.
_ANY_ZONE = ZoneInfo("UTC")


def is_post(path: str) -> bool:
    """Tell whether ``path`` may be a post of a blog: not a page of the documentation or of the site."""
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")) or ".test" in name:
        return False
    if any(folder.startswith((".", "_")) or folder.lower() in _NOT_BLOGS for folder in folders):
        return False
    return name.lower() not in _NOT_POSTS


def fields(source: Source, customs: Customs) -> Source:
    """Add what the files of authors say of those who are named by a key, and the language of a translation."""
    found = with_people(source.fields, _people(customs)) if customs.data else dict(source.fields)
    if "authors" not in found and "author" in found and isinstance(found["author"], str):
        found["author"] = {"name": found["author"], "url": text(found.get("author_url", ""))}
    tags = found.get("tags", "")
    if isinstance(tags, list) and customs.data:
        found["tags"] = [_tag(tag, customs) for tag in tags]
    translation = _TRANSLATION.search(f"{_whole(source.path, customs)}/")
    if translation and "language" not in found:
        found["lang"] = translation["language"]
    if found.keys().isdisjoint(COMMON_KEYS["published"]) and (day := _day(source.path, customs)):
        found["date"] = day
    found.update(files_below(_base(customs), found))
    return replace(source, fields=found)


def hidden(reading: Reading) -> str:
    """Return why a file is no post: on a known site, what is outside of every blog and has no date."""
    elsewhere = reading.customs.settings and not _blog(reading.source.path, reading.customs)[0]
    return "a page without a date" if elsewhere and not is_dated(reading) else ""


def url(reading: Reading, pattern: str, published: datetime) -> str:
    """Return the address of a post's page: by its slug, else by its path in the blog and the date in that."""
    if pattern != _PERMALINK:
        return link.on_site(reading, link.filled(reading, pattern, published))
    _, route, inner = _blog(reading.source.path, reading.customs)
    own = text(reading.source.fields.get("slug", ""))
    path = own if own else slugged(inner)
    translation = _TRANSLATION.search(f"{_whole(reading.source.path, reading.customs)}/")
    parts = [translation["language"] if translation else "", route.strip("/"), normpath(f"/{path}").lstrip("/")]
    end = "/" if text(reading.customs.settings.get("trailingSlash", "")) == "true" else ""
    return link.on_site(reading, "/" + "/".join(part for part in parts if part) + end)


def slugged(inner: str) -> str:
    """Return the slug of a post by its path in the blog: of ``2019-09-05-hello`` it is 2019/09/05/hello."""
    found = _DATED.fullmatch(inner[:_LONGEST_NAME])
    if found:
        return f"{found['date'].replace('-', '/')}/{found['folder']}{found['text']}"
    return _INDEX.sub("", inner)


def body(passage: Passage) -> str:
    """Return the body without MDX, boxes as quotations, and links to files as links to their pages."""
    written = passage.source.body
    if "truncate" in written:
        written = _TRUNCATE.sub("<!-- truncate -->", written)
    if "{#" in written:
        written = replaced(written, _HEADING_ID, _without_id)
    if ".md" in written:
        written = replaced(written, _FILE_LINK, lambda found: found[1] + _address(passage, found[2]))
    written = markdown_below(_base(passage.customs), written)
    return template_marks.render(passage, admonitions.rewrite(mdx.render(passage, written)))


def prose_only(_body: str) -> bool:
    """Tell that an indented line is no code: MDX has no such code."""
    return False


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read a configuration as text."""
    if name.startswith("docusaurus.config."):
        return {**literals(written), "configuration": name}
    return structured(name, written, notes)


def facts(customs: Customs) -> Facts:
    """Return what the configuration says of the site."""
    said = customs.settings
    site, base = text(said.get("url", "")), text(said.get("baseUrl", ""))
    i18n = said.get("i18n", "")
    return Facts(
        title=text(said.get("title", "")),
        url=f"{site.rstrip('/')}/{base.strip('/')}".rstrip("/") if site else "",
        description=text(said.get("tagline", "")),
        language=text(i18n.get("defaultLocale", "")) if isinstance(i18n, dict) else "",
    )


def _blog(path: PurePosixPath, customs: Customs) -> tuple[str, str, str]:
    """Return the folder of the blog that a file is in, where that is published, and the path in it.

    The folder is "" where none is known: then the content directory is the blog.
    """
    whole = _whole(path, customs)
    first = next(folder for folder, _ in _blogs(customs))
    whole = _TRANSLATION.sub(f"{first}/", whole, count=1) if "i18n/" in whole else whole
    stem = whole.rpartition(".")[0]
    for folder, base in _blogs(customs):
        if stem.startswith(f"{folder}/"):
            return folder, base, stem.removeprefix(f"{folder}/")
    return "", "blog", stem


def _blogs(customs: Customs) -> Iterator[tuple[str, str]]:
    for options in _options(customs):
        yield text(options.get("path", "")).strip("./") or "blog", text(options.get("routeBasePath", "blog"))
    yield "blog", "blog"


def _options(customs: Customs) -> Iterator[Mapping[str, Value]]:
    """Yield the options of each blog: in a preset those under its name, of a plugin its own."""
    for place in ("presets", "plugins"):
        listed = customs.settings.get(place, "")
        for part in listed if isinstance(listed, list) else ():
            if isinstance(part, list) and len(part) > 1 and isinstance(part[1], dict):
                named, options = text(part[0]), part[1]
                blog = options.get("blog", "") if place == "presets" else options if "blog" in named else ""
                if isinstance(blog, dict):
                    yield blog


def _whole(path: PurePosixPath, customs: Customs) -> str:
    return PurePosixPath(customs.prefix, path).as_posix()


def _base(customs: Customs) -> str:
    """Return the path at which the site begins, without a slash at its end."""
    base = text(customs.settings.get("baseUrl", "")).strip("/")
    return f"/{base}" if base else ""


def _day(path: PurePosixPath, customs: Customs) -> str:
    """Return the day that a path in the blog is dated with, which may have slashes; "" where there is none."""
    found = _DATED.fullmatch(_blog(path, customs)[2][:_LONGEST_NAME])
    day = found["date"].replace("/", "-") if found else ""
    return day if date_from_name(day, timezone=_ANY_ZONE)[0] else ""


def _people(customs: Customs) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, data in customs.data.items():
        if PurePosixPath(name).stem == "authors" and isinstance(data, dict):
            found |= data
    return found


def _tag(tag: Value, customs: Customs) -> Value:
    """Return the label that a file of tags gives to a key."""
    for name, data in customs.data.items():
        if PurePosixPath(name).stem == "tags" and isinstance(data, dict) and isinstance(tag, str):
            known = data.get(tag)
            if isinstance(known, dict) and text(known.get("label", "")):
                return text(known["label"])
    return tag


def _without_id(found: re.Match[str]) -> str:
    """Return nothing for the id of a heading; in any other line it is none, and stays."""
    line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    return "" if line.lstrip(" ").startswith("#") else found[0]


def _address(passage: Passage, written: str) -> str:
    """Return the address of the page that a file becomes; `NOWHERE`, noted, where it becomes none."""
    target = unquote(written)
    here = passage.source.path.parent.as_posix()
    if target.startswith("@site/"):
        path = target.removeprefix("@site/").removeprefix(
            f"{passage.customs.prefix}/" if passage.customs.prefix else ""
        )
    else:
        path = target.lstrip("/") if target.startswith("/") else normpath(f"{here}/{target}")
    if address := passage.address(path):
        return address
    if passage.notes.is_news("link-unresolved", written):
        line = passage.line(max(passage.source.body.find(written), 0))
        message = f'"{written}" leads to no post: left out.'
        passage.notes.warn("link-unresolved", line, message, "Name another file.", key=written)
    return NOWHERE


_PERMALINK = "/blog/{slug}"

DOCUSAURUS = Dialect(
    name="docusaurus",
    keys={
        **COMMON_KEYS,
        "updated": (*COMMON_KEYS["updated"], "last_update.date"),
        "slug": ("slug",),
    },
    permalink=_PERMALINK,
    url=url,
    extensions=_EXTENSIONS,
    is_post=is_post,
    fields=fields,
    hidden=hidden,
    body=body,
    lead=marked,
    keeps_indented_code=prose_only,
    config_files=_CONFIG_FILES,
    data_files=tuple(f"**/{name}.{end}" for name in ("authors", "tags") for end in ("yml", "yaml", "json")),
    read_config=read_config,
    facts=facts,
)
