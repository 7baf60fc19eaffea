"""What one refresh did."""

from dataclasses import dataclass
from datetime import datetime

from feeds.model.artefact import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a refresh: counts of files, posts and documents.

    ``generation`` grows by one with each refresh that changed a document.
    ``next_transition`` is the next instant at which a post appears or expires.
    ``conditions`` are what keeps the service degraded.
    ``unsettled`` files were still being written and wait for the next look.
    """

    started: datetime
    seconds: float
    generation: int
    added: int
    changed: int
    removed: int
    unsettled: int
    posts: int
    visible: int
    feeds: int
    documents: int
    findings: int
    next_transition: datetime | None
    conditions: tuple[Condition, ...] = ()
