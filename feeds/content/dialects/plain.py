"""Any directory of Markdown files, whatever generator reads it: Gatsby, Next, Quarto, MkDocs and others."""

import re

from feeds.content import admonitions, base, link, mdx, template_marks
from feeds.content.code import replaced
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split
from feeds.content.passage import Passage

_EXTENSIONS = (".md", ".markdown", ".mdx", ".qmd")
_NOT_CONTENT = frozenset({"node_modules", "vendor", "public", "dist", "themes"})
_COLLECTIONS = frozenset({"_posts", "_drafts"})
_NOT_POSTS = frozenset(
    {
        *("readme", "changelog", "license", "contributing"),
        *("404", "sitemap", "robots", "search", "feed", "rss", "atom"),
    }
)

_QUARTO = re.compile(r"\{\{<[ \t]*(/?[\w-]+)((?:[^<>{}]|>(?!\}\}))*+)>\}\}")


def is_post(path: str) -> bool:
    """Tell whether ``path`` is Markdown that someone wrote to be read."""
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")):
        return False
    return name.lower() not in _NOT_POSTS and all(map(_may_hold_posts, folders))


def body(passage: Passage) -> str:
    """Return the body without what some generator or other would make something of."""
    written = passage.source.body
    if passage.source.path.suffix.lower() == ".mdx":
        written = mdx.render(passage, written)
    if "{{<" in written:
        written = replaced(written, _QUARTO, lambda mark: _shortcode(passage, mark))
    return template_marks.render(passage, admonitions.rewrite(written))


def _shortcode(passage: Passage, mark: re.Match[str]) -> str:
    """Return what one of Quarto's shortcodes says, nothing where that is for Quarto alone."""
    words, _ = template_marks.words(mark[2])
    if mark[1] == "video" and words and words[0].startswith("http"):
        return f"<{words[0]}>"
    said = template_marks.shortcode(mark[1], mark[2])
    return passage.leave_out(mark[0], max(passage.source.body.find(mark[0]), 0)) if said is None else said


def _may_hold_posts(folder: str) -> bool:
    if folder.startswith((".", "_")):
        return folder in _COLLECTIONS
    return folder.lower() not in _NOT_CONTENT


PLAIN = Dialect(
    name="plain",
    keys={**COMMON_KEYS, "link": ("permalink", "url"), "slug": ("slug",)},
    permalink="/{folder}/{slug}",
    url=link.by_braces,
    base=base.of_folder,
    extensions=_EXTENSIONS,
    is_post=is_post,
    body=body,
)
