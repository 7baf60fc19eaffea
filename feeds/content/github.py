"""What Markdown has of GitHub beyond CommonMark: boxes of tasks, alerts in quotations."""

import re

_TASK = re.compile(r"^([ \t>]*+(?:[-*+]|\d{1,9}[.)])[ \t]++)\[([ xX])\](?=[ \t])", re.MULTILINE)
_ALERT = re.compile(r"^([ ]{0,3}>[ \t]*+)\[!([A-Za-z]{1,20})\][+-]?[ \t]*+([^\n]*)$", re.MULTILINE)


def boxes(text: str) -> str:
    """Write ☐ for ``[ ]`` and ☑ for ``[x]`` where they begin an item of a list."""
    return _TASK.sub(lambda task: f"{task[1]}{'☐' if task[2] == ' ' else '☑'}", text)


def alerts(text: str) -> str:
    """Write the title of an alert in bold, ``> [!NOTE]`` as **Note**."""
    return _ALERT.sub(lambda alert: f"{alert[1]}**{alert[3] or alert[2].capitalize()}**\n{alert[1]}", text)


def written_out(text: str) -> str:
    """Write both for readers; ``text`` is Markdown without code."""
    return alerts(boxes(text)) if "[" in text else text
