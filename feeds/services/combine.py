"""The first demand for a combination of terms: it gets its documents here and now, and is kept fresh from then on."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from filelock import BaseFileLock, Timeout
from sqlalchemy import Connection

from feeds.errors import NotPublished, NotReady
from feeds.model.artefact import Redirect
from feeds.model.feed import Feed, FeedDefinition, Format
from feeds.model.publication import Publication
from feeds.services.agenda import presented_by
from feeds.services.held import combinable
from feeds.services.publish import Publish
from feeds.store import combinations, listings, runs
from feeds.store.combinations import Held
from feeds.store.database import Database
from feeds.syndication.addresses import document_url
from feeds.syndication.combine import Combination, combined_feed, expression_in, read
from feeds.syndication.derive import name_of

_BUSY = "Another feed is being made at the moment."


class Combine:
    """Makes the documents of combinations, one at a time whoever asks; at most ``most`` are held.

    ``lock`` gives a new lock each time; the same one for every process on the
    same state.
    """

    def __init__(
        self,
        database: Database,
        publication: Publication,
        publish: Publish,
        *,
        lock: Callable[[], BaseFileLock],
        most: int,
    ) -> None:
        self._database = database
        self._publication = publication
        self._publish = publish
        self._lock = lock
        self._most = most
        self._busy = Lock()

    def demand(self, path: str, now: datetime) -> Redirect | None:
        """Have the document at ``path`` ready, or return the redirect to its canonical address.

        Raises NotPublished for what is no combination of terms that have feeds,
        and NotReady when its time has not come: somebody else's is being made,
        or the settings have just changed.
        """
        name, _, extension = path.removeprefix("/feeds/").rpartition(".")
        with self._database.reading() as connection:
            wanted = self._wanted(connection, name, now)
            standing = runs.standing(connection)
        if wanted is None or extension not in {format.value for format in wanted[1].formats}:
            raise NotPublished(path)
        held, feed = wanted
        if feed.name != name:
            target = document_url(self._publication.site, feed.path(Format(extension)))
            return Redirect(path=path, target=target, status=308)
        if standing is None or standing.presentation != presented_by(self._publication):
            raise NotReady("The settings have just changed, and the feeds are being made anew.")
        self._make_alone(held, feed, now)
        return None

    def _make_alone(self, held: Held, feed: Feed, now: datetime) -> None:
        # One thread at most waits for another process: the others go on serving what is published.
        if not self._busy.acquire(blocking=False):
            raise NotReady(_BUSY)
        try:
            with self._lock():
                self._make(held, feed, now)
        except Timeout as error:
            raise NotReady(_BUSY) from error
        finally:
            self._busy.release()

    def _make(self, held: Held, feed: Feed, now: datetime) -> None:
        # First held, then made: whatever changes in between makes it stale, and the next refresh makes it again.
        with self._database.writing() as connection:
            combinations.hold(connection, held, most=self._most)
        self._publish.publish_first(feed, now)

    def _wanted(self, connection: Connection, name: str, now: datetime) -> tuple[Held, Feed] | None:
        for definition in combinable(self._publication):
            expression = expression_in(name, definition)
            combination = read(expression) if expression else None
            feed = self._feed(connection, definition, combination) if combination else None
            if combination and feed:
                held = Held(
                    name=feed.name,
                    pattern=definition.name,
                    expression=combination.expression,
                    asked=now,
                )
                return held, feed
        return None

    def _feed(self, connection: Connection, definition: FeedDefinition, combination: Combination) -> Feed | None:
        names = {slug: name_of(definition, slug) for slug in combination.terms}
        terms = {name: listing.term for name, listing in listings.find(connection, names.values()).items()}
        labels = {slug: term.label for slug, name in names.items() if (term := terms.get(name))}
        if labels.keys() != names.keys():
            return None
        return combined_feed(definition, self._publication.site, combination, labels)
