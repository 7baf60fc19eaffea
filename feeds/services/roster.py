"""Which feeds there are at a moment."""

from datetime import datetime

from sqlalchemy import Connection

from feeds.model.feed import Feed
from feeds.model.finding import Finding
from feeds.model.publication import Publication
from feeds.store import categories, posts
from feeds.syndication.derive import derive
from feeds.syndication.names import Spelling, name_terms


def roster(
    connection: Connection, publication: Publication, *, now: datetime
) -> tuple[tuple[Feed, ...], tuple[Finding, ...]]:
    """Return every feed of ``publication`` in the operator's order, and what is doubtful about their names.

    A category is one that posts visible at ``now`` have, or that the site has a
    page for: its subscribers are not told that it is gone when it is only empty.
    """
    kinds = {definition.for_each for definition in publication.definitions if definition.for_each}
    spellings = [
        Spelling(term=c.term, posts=c.posts, path=c.path) for c in posts.term_counts(connection, kinds, now=now)
    ]
    terms, findings = name_terms(spellings)
    pages = categories.all_pages(connection)
    return derive(publication.definitions, publication.site, terms, pages), findings
