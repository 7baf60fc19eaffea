"""The body of a Hugo page without what only Hugo understands."""

from feeds.content import emoji, footnotes
from feeds.content.code import masked
from feeds.content.dialects.hugo_references import Pages
from feeds.content.dialects.hugo_shortcodes import rendered
from feeds.content.fields import flag
from feeds.content.github import written_out
from feeds.content.heading_attributes import without_attributes
from feeds.content.passage import Passage

_HTML = frozenset({".html", ".htm"})


def body(passage: Passage) -> str:
    """Return the body as Markdown, or as the HTML that it is."""
    pages = Pages(passage)
    text = rendered(passage, pages) if "{{" in passage.source.body else passage.source.body
    if passage.source.path.suffix.lower() in _HTML:
        return text
    # Headings and links are to be seen whole, with the code that stands in them.
    written, restored = masked(text)
    return footnotes.joined(restored(_without_marks(passage, pages, written)))


def _without_marks(passage: Passage, pages: Pages, text: str) -> str:
    text = without_attributes(text)
    if "[" in text:
        text = pages.linked(written_out(text))
    if ":" in text and _has_emoji(passage):
        text = emoji.replace(text)
    return text


def _has_emoji(passage: Passage) -> bool:
    return flag(passage.customs.settings.get("enableemoji", "")) is True
