"""Attributes in braces behind headings and blocks, ``## Heading {#id .class}``: readers of feeds need none of them."""

import re

_ATTRIBUTES = r"\{[ ]*(?:[.#][\w-]|[\w-]++=)[^{}\n]*+\}[ \t]*+$"
_OF_HEADINGS = re.compile(rf"^( {{0,3}}#{{1,6}}[ \t][^\n{{}}]*+){_ATTRIBUTES}", re.MULTILINE)
_OF_BLOCKS = re.compile(rf"^[ \t>]*+{_ATTRIBUTES}", re.MULTILINE)


def without_attributes(text: str) -> str:
    """Return Markdown without them; there is no code in ``text``."""
    return _OF_BLOCKS.sub("", _OF_HEADINGS.sub(r"\1", text)) if "{" in text else text
