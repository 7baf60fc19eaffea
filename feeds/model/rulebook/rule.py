"""A rule that a finding says was broken."""

from dataclasses import dataclass

from feeds.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What the code of a finding stands for, for ever.

    ``severities`` are all that its findings may have; the first is the usual
    one.  ``meaning`` and ``advice`` are sentences in Markdown.
    """

    code: str
    severities: tuple[Severity, ...]
    meaning: str
    advice: str
