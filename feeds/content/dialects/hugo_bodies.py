"""The body of a Hugo page without what only Hugo understands."""

import re
from functools import partial

from feeds.content import emoji
from feeds.content.code import outside
from feeds.content.dialects.hugo_references import linked
from feeds.content.dialects.hugo_shortcodes import rendered
from feeds.content.fields import flag
from feeds.content.passage import Passage
from feeds.content.tasklist import boxes

_HTML = frozenset({".html", ".htm"})
_ATTRIBUTES = r"\{[ ]*(?:[.#][\w-]|[\w-]++=)[^{}\n]*+\}[ \t]*+$"
_OF_HEADINGS = re.compile(rf"^( {{0,3}}#{{1,6}}[ \t][^\n{{}}]*+){_ATTRIBUTES}", re.MULTILINE)
_OF_BLOCKS = re.compile(rf"^[ \t>]*+{_ATTRIBUTES}", re.MULTILINE)


def body(passage: Passage) -> str:
    """Return the body as Markdown, or as the HTML that it is."""
    text = rendered(passage) if "{{" in passage.source.body else passage.source.body
    if passage.source.path.suffix.lower() in _HTML:
        return text
    return outside(text, partial(_without_marks, passage))


def _without_marks(passage: Passage, text: str) -> str:
    if "{" in text:
        text = _OF_BLOCKS.sub("", _OF_HEADINGS.sub(r"\1", text))
    if "[" in text:
        text = linked(passage, boxes(text))
    if ":" in text and _has_emoji(passage):
        text = emoji.replace(text)
    return text


def _has_emoji(passage: Passage) -> bool:
    return flag(passage.customs.settings.get("enableemoji", "")) is True
