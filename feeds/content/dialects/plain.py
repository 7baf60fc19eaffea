"""Any directory of Markdown files, whatever generator reads it."""

from feeds.content import link
from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split

_EXTENSIONS = (".md", ".markdown")
_NOT_CONTENT = frozenset({"node_modules", "vendor", "public", "dist", "themes"})
_COLLECTIONS = frozenset({"_posts", "_drafts"})
_NOT_POSTS = frozenset(
    {
        *("readme", "changelog", "license", "contributing"),
        *("404", "sitemap", "robots", "search", "feed", "rss", "atom"),
    }
)


def is_post(path: str) -> bool:
    """Tell whether ``path`` is Markdown that someone wrote to be read."""
    folders, name, extension = split(path)
    if extension not in _EXTENSIONS or name.startswith((".", "_")):
        return False
    return name.lower() not in _NOT_POSTS and all(map(_may_hold_posts, folders))


def _may_hold_posts(folder: str) -> bool:
    if folder.startswith((".", "_")):
        return folder in _COLLECTIONS
    return folder.lower() not in _NOT_CONTENT


PLAIN = Dialect(
    name="plain",
    keys={**COMMON_KEYS, "link": ("permalink", "url"), "slug": ("slug",)},
    permalink="/{folder}/{slug}",
    url=link.by_braces,
    extensions=_EXTENSIONS,
    is_post=is_post,
)
