"""What a rule finds: a code that stays the same for ever, a sentence, and how much it matters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from feeds.model.finding import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a document that a reader or the W3C feed validator would stumble over.

    An *error* keeps the document from readers, a *warning* does not.
    ``entry`` is the number of the entry it is in, from 1; 0 for the document
    itself.  ``place`` says the same in words, "" for all of the document.
    """

    code: str
    severity: Severity
    message: str
    entry: int = 0
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


def faulty(code: str, message: str) -> Fault:
    """Return a fault that keeps the document from readers."""
    return Fault(code=code, severity=Severity.ERROR, message=message)


def doubtful(code: str, message: str) -> Fault:
    """Return a fault that readers get over."""
    return Fault(code=code, severity=Severity.WARNING, message=message)


def placed(place: str, faults: Iterable[Fault], entry: int = 0) -> Iterator[Fault]:
    """Say of each fault where it is."""
    yield from (replace(fault, place=place, entry=entry) for fault in faults)


def in_entry(number: int, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Say of each fault that it is in the entry of that number."""
    return placed(f"entry {number}", faults, number)
