"""What is found wrong in one file while it is being read."""

from pathlib import PurePosixPath

from feeds.errors import ContentError
from feeds.model.finding import Finding, Severity

#: How many findings one file may have: who has that many knows where to look.
MOST = 100

#: How long the message of a finding may be: it often quotes what was written.
_LONGEST = 500


class Notes:
    """The findings of one file, in the order in which they were made.

    One code is noted once for one key of the front matter, however often the
    key is looked at.
    """

    def __init__(self, path: PurePosixPath) -> None:
        self._path = path
        self._findings: dict[tuple[str, str], Finding] = {}

    def warn(self, code: str, line: int, message: str, advice: str, *, key: str = "") -> None:
        """Note something that costs the certainty of a reading, but not the post."""
        self._note(code, line, Severity.WARNING, message, advice, key)

    def inform(self, code: str, line: int, message: str, advice: str, *, key: str = "") -> None:
        """Note something that costs nothing, but that the author may like to know."""
        self._note(code, line, Severity.INFO, message, advice, key)

    def refuse(self, code: str, line: int, message: str, advice: str) -> ContentError:
        """Say why the file has to wait: an error for the caller to raise, with everything noted so far."""
        finding = self._finding(code, line, Severity.ERROR, message, advice)
        return ContentError(self._path, (*self.findings, finding))

    def is_news(self, code: str, key: str) -> bool:
        """Tell whether a note of ``code`` for ``key`` would be kept: the first of its kind is, while there is room."""
        return len(self._findings) < MOST and (code, key) not in self._findings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything noted so far."""
        return tuple(self._findings.values())

    def _note(self, code: str, line: int, severity: Severity, message: str, advice: str, key: str) -> None:
        if len(self._findings) < MOST:
            self._findings.setdefault((code, key), self._finding(code, line, severity, message, advice))

    def _finding(self, code: str, line: int, severity: Severity, message: str, advice: str) -> Finding:
        message = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
        return Finding(path=self._path, line=line, code=code, severity=severity, message=message, advice=advice)
