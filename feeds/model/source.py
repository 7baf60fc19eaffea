"""A content file, read but not yet interpreted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeAlias

from feeds.model.finding import Finding

#: What front matter holds: text as it was written, or lists and maps of it.
Value: TypeAlias = "str | list[Value] | dict[str, Value]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One content file.

    ``fields`` maps lower-cased keys to text as the author wrote it, or to
    lists and maps of text: no value has been guessed to be a number, a date
    or a boolean.  ``lines`` tells on which line of the file a key stands.
    ``body`` is the text behind the front matter, with newline line ends and
    only characters that XML can carry; it begins on the line ``body_line``.
    ``digest`` is the SHA-256 of the file.
    """

    path: PurePosixPath
    fields: Mapping[str, Value]
    lines: Mapping[str, int]
    body: str
    digest: str
    findings: tuple[Finding, ...] = field(default=())
    body_line: int = 1
