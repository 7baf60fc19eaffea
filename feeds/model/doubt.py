"""Something in the configuration that can be used, but is probably not what was meant."""

from dataclasses import dataclass
from typing import TypeAlias

from feeds.model.finding import Severity

#: The way to a value: names of tables and keys, places in lists (from 0).
KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A finding about the value at ``key`` that does not know yet on which line that stands."""

    key: KeyPath
    code: str
    severity: Severity
    message: str


def doubt(code: str, key: KeyPath, message: str) -> Doubt:
    """Return a warning."""
    return Doubt(key=key, code=code, severity=Severity.WARNING, message=message)


def hint(code: str, key: KeyPath, message: str) -> Doubt:
    """Return a note."""
    return Doubt(key=key, code=code, severity=Severity.INFO, message=message)
