"""From Python-Markdown with its extras, the Markdown of Pelican and Nikola, to the Markdown that is rendered here."""

from feeds.content import footnotes
from feeds.content.kramdown import without_abbreviations


def plain(text: str) -> str:
    """Return ``text`` without definitions of abbreviations, and with footnotes whose labels may be words."""
    return footnotes.joined(without_abbreviations(text))
