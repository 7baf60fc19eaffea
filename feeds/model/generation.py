"""Which state of everything published readers see."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """Everything published at one moment, told from the one before by its number.

    While ``number`` stays the same no artefact and no redirect has changed.
    ``state`` tells apart the states that were in use one after another, which
    count from the beginning each.  ``next_transition`` is the next instant at which a post appears or expires,
    None when none will.  ``refreshed`` is when the last refresh ended, whether
    or not it changed anything.
    """

    number: int
    next_transition: datetime | None
    refreshed: datetime
    state: int = 0

    @property
    def mark(self) -> tuple[int, int]:
        """What is kept under the same mark is still what is published."""
        return self.state, self.number
