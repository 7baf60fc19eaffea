"""Files that describe a folder of posts (``_index.md``): their front matter alone."""

from collections.abc import Mapping

from feeds.content import fences, front_data
from feeds.content.notes import Notes
from feeds.content.structured import structured
from feeds.model.source import Value


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
        header, _ = fences.split(text, opening, notes)
    return {key.lower(): value for key, value in structured(f"front.{opening.language}", header, notes).items()}
