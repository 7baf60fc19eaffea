"""Everything that is wrong: with posts, with the configuration of feeds, with documents, with the service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from feeds.model.artefact import Condition
from feeds.model.doubt import Doubt
from feeds.model.finding import Finding
from feeds.model.publication import Publication
from feeds.model.report import Report
from feeds.services.configuring import configured
from feeds.services.pinpoint import pinpoint
from feeds.services.refresh import Refresh
from feeds.services.survey import surveyed
from feeds.services.working import Progress
from feeds.store import artefacts, findings, runs, survey
from feeds.store.database import Database

#: Raised by one when files, or posts as a whole, are judged by other rules.
RULES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found, in the order of path and line, and how much was looked at."""

    findings: tuple[Finding, ...]
    conditions: tuple[Condition, ...]
    posts: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What documents are made by, as far as findings need to know.

    ``written`` tells whether the operator wrote the definitions; ``digest`` is
    that of the file; ``locate`` finds the line of a doubt in it.
    """

    publication: Publication
    written: bool
    digest: str
    locate: Callable[[Doubt], Finding]


class Examine:
    """Looks at everything, and remembers what it saw of what does not change.

    It refreshes a state of its own: ``database`` must not be the one that
    readers are served from.
    """

    def __init__(self, database: Database, refresh: Refresh, configuration: Configuration) -> None:
        self._database = database
        self._refresh = refresh
        self._configuration = configuration

    def run(self, now: datetime, progress: Progress) -> Examination:
        """Return what is wrong at ``now``; raises `EngineError` when another examination does not end."""
        by = f"{RULES} {self._configuration.publication.presentation} {self._configuration.digest} {now:%Y-%m-%d}"
        before = self._begin()
        report = self._refresh.run(now, progress)
        if before != by or report.added or report.changed or report.removed:
            self._look_around(now)
        with self._database.writing() as connection:
            survey.note_judgement(connection, by)
        with self._database.reading() as connection:
            return self._examination(connection, report)

    def _begin(self) -> str:
        """Return what everything was judged by last, and forget it until this examination comes to its end."""
        with self._database.writing() as connection:
            before = survey.judged_by(connection)
            if before.partition(" ")[0] != str(RULES):
                runs.outdate(connection)
            survey.note_judgement(connection, f"{RULES} ")
        return before

    def _look_around(self, now: datetime) -> None:
        with self._database.reading() as connection:
            of_posts = [pinpoint(self._refresh.reading, mention) for mention in surveyed(connection, now=now)]
            publication = self._configuration.publication
            doubts = configured(connection, publication, now=now) if self._configuration.written else ()
            of_feeds = [self._configuration.locate(doubt) for doubt in doubts]
        with self._database.writing() as connection:
            findings.replace_all(connection, findings.LOOKING_AROUND, of_posts)
            findings.replace_all(connection, findings.CONFIGURING, of_feeds)

    def _examination(self, connection: Connection, report: Report) -> Examination:
        return Examination(
            # What several documents show is said once.
            findings=tuple(dict.fromkeys(findings.all_findings(connection))),
            conditions=report.conditions,
            posts=report.posts,
            documents=len(artefacts.published_paths(connection)),
        )
