"""Emoji by their names between colons: the one door to rich's list of them."""

import re

_NAMED = re.compile(r":([a-z0-9_+-]{1,40}):")


def replace(text: str) -> str:
    """Write the emoji for every name between colons that is one (``:tada:``); what is none stays."""
    # Few sites have them, and the list is long.
    from rich.emoji import Emoji

    return _NAMED.sub(lambda named: Emoji.replace(named[0]), text)
