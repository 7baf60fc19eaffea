"""In which file on disk a finding is."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from feeds.model.finding import Finding

_OF_CONFIG = "config-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A finding and its file, relative to the working directory; "" where it is in no file of the author's.

    ``place`` names the file, else the document or the name that it is about.
    """

    finding: Finding
    file: str

    @property
    def place(self) -> str:
        """Return where it is, as editors and people read it: a file always with a line."""
        return f"{self.file}:{self.finding.line or 1}" if self.file else str(self.finding.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files that findings may be in: the posts below ``content``, and the configuration."""

    content: Path
    config: Path

    def locate(self, findings: Iterable[Finding]) -> Iterator[Located]:
        """Find the file of each finding."""
        names: dict[PurePosixPath, str] = {}
        for finding in findings:
            if finding.code.startswith(_OF_CONFIG):
                yield Located(finding=finding, file=relative(self.config))
                continue
            if finding.path not in names:
                file = self.content / finding.path
                names[finding.path] = relative(file) if not finding.path.is_absolute() and file.is_file() else ""
            yield Located(finding=finding, file=names[finding.path])


def relative(file: Path) -> str:
    """Return the name of a file as seen from the working directory, with slashes."""
    return Path(os.path.relpath(file)).as_posix()
