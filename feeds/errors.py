"""Everything that can go wrong, by who can put it right.

* FeedsError
  * ContentError     the author: a file that cannot be published
  * SettingsError    the operator: a configuration we cannot run with
  * StoreError       the operator: the state could not be opened, read or written
  * UnknownFeed      the operator: there is no such feed to work on
  * EngineError      the operator: the service cannot start, or the content directory is gone
  * OutboundError    the operator: another server could not be reached, or gave no whole answer
  * ForeignFeedError the operator: what was to be read is not the feed of another system
  * NotPublished     the reader: nothing is published at that path
    * Ended          the reader: something was, and will not be again
  * NotReady         the reader: this cannot be made at the moment, but soon
  * RenderingError   us: a document no reader should be given
"""

from pathlib import PurePosixPath

from feeds.model.finding import Finding


class FeedsError(Exception):
    """The family: anything this service raises on purpose."""


class ContentError(FeedsError):
    """A content file that cannot become a post; the others are unaffected."""

    def __init__(self, path: PurePosixPath, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{path}: {'; '.join(finding.message for finding in findings)}")

        #: The file, relative to the content directory.
        self.path = path

        #: Everything wrong with it, so that the author can fix it in one go.
        self.findings = findings

    def __reduce__(self) -> tuple[type["ContentError"], tuple[PurePosixPath, tuple[Finding, ...]]]:
        """Cross process borders whole: posts are read by worker processes."""
        return ContentError, (self.path, self.findings)


class SettingsError(FeedsError):
    """A configuration we cannot run with: all its problems at once.

    Each problem is one line: ``file:line: what is wrong, and what to do``.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))

        #: One line each, in the order of the file.
        self.problems = problems


class StoreError(FeedsError):
    """The state could not be opened, read or written; ``__cause__`` says why."""


class UnknownFeed(FeedsError):
    """There is no feed of that name to work on; the message names those there are."""


class EngineError(FeedsError):
    """The service cannot do its work here: a port in use, a content directory that is gone."""


class OutboundError(FeedsError):
    """Another server could not be reached, or gave no whole answer; ``__cause__`` says why."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url} could not be fetched: {reason}.")

        #: The address that was asked.
        self.url = url


class ForeignFeedError(FeedsError):
    """What was to be read is not the feed of another system."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place} cannot be read as a feed: {reason}.")

        #: The address or the file.
        self.place = place


class NotPublished(FeedsError):
    """Nothing is published at that path."""

    def __init__(self, path: str) -> None:
        super().__init__(f"Nothing is published at {path}.")

        #: The path asked for, as in the URL.
        self.path = path


class Ended(NotPublished):
    """Something was published at that path, and will not be again."""


class NotReady(FeedsError):
    """What was asked for cannot be made at the moment: ask again soon."""


class RenderingError(FeedsError):
    """A document no reader should be given: the last good one stays in its place."""

    def __init__(self, path: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{path}: {'; '.join(problems)}")

        #: The path of the document, as in its URL.
        self.path = path

        #: What a reader would have stumbled over.
        self.problems = problems
