"""Lists of tasks: ``- [x] done`` gets a box that readers show without a form."""

import re

_TASK = re.compile(r"^([ \t>]*+(?:[-*+]|\d{1,9}[.)])[ \t]++)\[([ xX])\](?=[ \t])", re.MULTILINE)


def boxes(text: str) -> str:
    """Write ☐ for ``[ ]`` and ☑ for ``[x]`` where they begin an item of a list."""
    return _TASK.sub(lambda task: f"{task[1]}{'☐' if task[2] == ' ' else '☑'}", text)
