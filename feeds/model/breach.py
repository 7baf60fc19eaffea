"""A finding that says no more than which rule was broken, where and how."""

from pathlib import PurePosixPath

from feeds.model.finding import Finding
from feeds.model.rulebook import RULEBOOK


def breach(code: str, path: PurePosixPath | str, message: str, *, line: int = 0) -> Finding:
    """Return the finding that a rule was broken, with its usual severity and its advice."""
    rule = RULEBOOK[code]
    return Finding(
        path=PurePosixPath(path),
        line=line,
        code=code,
        severity=rule.severities[0],
        message=message,
        advice=rule.advice.replace("`", ""),
    )
