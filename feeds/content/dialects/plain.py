"""Any directory of Markdown files, whatever generator reads it."""

from feeds.content.dialects.dialect import COMMON_KEYS, Dialect, split

_EXTENSIONS = (".md", ".markdown")
_NOT_CONTENT = frozenset({"node_modules", "vendor", "public", "dist", "themes"})
_COLLECTIONS = frozenset({"_posts", "_drafts"})
_NOT_POSTS = frozenset({"readme", "changelog", "license", "contributing"})


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


def category_page(_path: str) -> str | None:
    """Return None: no file describes a category."""
    return None


def keeps_indented_code(_body: str) -> bool:
    """Return True: four leading spaces are code, as CommonMark has it."""
    return True


def spell(path: str) -> str:
    """Return ``path`` as it is."""
    return path


PLAIN = Dialect(
    name="plain",
    keys={**COMMON_KEYS, "link": ("permalink", "url"), "slug": ("slug",)},
    date_formats=(),
    permalink="/{folder}/{slug}",
    spell=spell,
    extensions=_EXTENSIONS,
    is_post=is_post,
    category_page=category_page,
    keeps_indented_code=keeps_indented_code,
)
