"""Something wrong in content, config or a document."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Severity(StrEnum):
    """How much a finding costs: a post (error), the certainty of a reading (warning), nothing (info)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True, order=True)
class Finding:
    """Something wrong, found and shown; never a crash.

    ``path`` is relative to the content directory, or the URL path of a
    document; ``line`` counts from 1, 0 when the whole file is meant.
    """

    path: PurePosixPath
    line: int
    code: str
    severity: Severity
    message: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message} {self.advice}".rstrip() + f"   [{self.code}]"
