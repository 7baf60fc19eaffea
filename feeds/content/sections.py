"""Pages in folders of content, and the files that describe such a folder (``_index.md``)."""

from collections.abc import Collection, Mapping

from feeds.content import fences, front_data
from feeds.content.dialects.dialect import split
from feeds.content.notes import Notes
from feeds.content.structured import structured
from feeds.model.source import Value

#: What lies beside pages at the top of many a content directory, for people who work on it.
_ABOUT = frozenset({"readme", "changelog", "license", "contributing", "code_of_conduct"})


def is_page(path: str, extensions: Collection[str], beside: Collection[str]) -> bool:
    """Tell whether ``path`` may be a page: every file of content is, but those that describe a section.

    Folders named ``beside``, at the top, hold something else.
    """
    folders, name, extension = split(path)
    if extension not in extensions or name.startswith(".") or "/." in path or path.startswith("."):
        return False
    if name == "_index" or name.startswith("_index."):
        return False
    return folders[0].lower() not in beside if folders else name.lower() not in _ABOUT


def front(text: str, notes: Notes) -> Mapping[str, Value]:
    """Read the front matter between the fences that ``text`` begins with, keys in lower case; nothing without any.

    Raises `feeds.errors.ContentError` for what is broken.
    """
    text = text.lstrip()
    opening = fences.opening(text, notes)
    if opening is None:
        return {}
    if opening.fence == "{":
        header = text[: front_data.end_of_json(text, opening.line, notes)]
    else:
        header = fences.within(text[: fences.end(text, opening, notes)])
    return {key.lower(): value for key, value in structured(f"front.{opening.language}", header, notes).items()}
