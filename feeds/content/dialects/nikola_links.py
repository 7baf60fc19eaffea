"""The links and the shortcodes that bodies of Nikola hold."""

import re
from urllib.parse import quote

from feeds.content import template_marks
from feeds.content import text as texts
from feeds.content.passage import Passage

#: What a link leads to and how it is called there.
LINK = re.compile(r"link://(\w+)/([^\s<>()\"'`\]]+)")

#: Text and slug of a post, or the slug alone.
DOC_ROLE = re.compile(r":doc:`(?:([^`<>]*?)[ \t]*<([^`<>]*)>|([^`<>]*))`")

_POSTS = (".rst", ".md", ".markdown", ".html")


def shortcode(passage: Passage, mark: re.Match[str]) -> str:
    """Return what a shortcode says; that of ``raw`` and ``doc`` stays without its marks."""
    name, rest = mark[2].lower(), mark[3]
    words, named = template_marks.words(rest)
    first = words[0] if words else named.get("id", "") or named.get("url", "")
    if mark[1] or name in {"raw", "doc"}:
        return ""
    if name in {"media", "soundcloud"} and first.startswith("http"):
        return f"<{first}>" if passage.source.path.suffix.lower() != ".rst" else first
    if name == "thumbnail" and first:
        return f"![{named.get('alt', '')}]({first})"
    said = template_marks.shortcode(name, rest) if passage.source.path.suffix.lower() != ".rst" else None
    return passage.leave_out(mark[0], max(passage.source.body.find(mark[0]), 0)) if said is None else said


def doc(passage: Passage, mark: re.Match[str]) -> str:
    """Return the link that a role ``doc`` stands for."""
    slug = (mark[2] or mark[3] or "").strip()
    return f"`{(mark[1] or slug).strip()} <{address(passage, 'slug', slug)}>`__"


def address(passage: Passage, what: str, name: str) -> str:
    """Return the address behind ``link://what/name``.

    A slug is looked for as the name of a file in the same folder.  What leads
    nowhere is noted and stays: no link can have such a scheme, so that its
    text alone is shown.
    """
    home = f"{passage.site.url}/"
    name, _, fragment = name.partition("#")
    match what:
        case "slug" | "filename":
            folder = passage.source.path.parent
            written = name if what == "filename" else f"{folder.as_posix()}/{name}".removeprefix("./")
            prefix = f"{passage.customs.prefix}/" if passage.customs.prefix else ""
            files = [written.removeprefix(prefix)] if what == "filename" else [written + end for end in _POSTS]
            found = next((page for file in files if (page := passage.address(file))), "")
        case "tag":
            found = f"{home}categories/{quote(texts.slug(name))}/"
        case "category":
            found = f"{home}categories/cat_{quote(texts.slug(name))}/"
        case "archive":
            found = f"{home}{quote(name)}/"
        case "root" | "index":
            found = home
        case _:
            found = ""
    if not found:
        line = passage.line(max(passage.source.body.find(name), 0))
        message = f'"{what}: {name}" leads to no post: left out.'
        passage.notes.warn("link-unresolved", line, message, "Name another post.", key=name)
        return f"link://{what}/{name}"
    return found + (f"#{fragment}" if fragment else "")
