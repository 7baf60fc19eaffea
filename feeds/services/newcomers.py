"""Files that nothing in the state knows, read and made into rows: what can be done of a first build in any process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.services.entering import entry
from feeds.services.reading import FileRead, FileToRead, Reading, candidates
from feeds.store.records import IDENTITY, Role, Values, finding_row, identity_row, post_row, tally_rows, term_rows


@dataclass(frozen=True, kw_only=True)
class Newcomers:
    """The rows of some files, as they are if nobody else has their ids and their seconds.

    ``identities``, ``posts`` and ``terms`` go together, in the order in which
    they are entered; ``late`` are the positions of those that appear after
    their date.  ``odd`` tells that there is more to judge than rows can say.
    """

    identities: Sequence[Values] = ()
    posts: Sequence[Values] = ()
    terms: Sequence[Sequence[Values]] = ()
    late: frozenset[int] = frozenset()
    tallies: Sequence[Values] = ()
    sources: Sequence[Values] = ()
    findings: Sequence[Values] = ()
    unsettled: int = 0
    odd: bool = False


def together(some: Iterable[Newcomers]) -> Newcomers:
    """Return what is to be held of all these files, as if they had been read at once."""
    portions = list(some)
    of_posts = [
        (entry, post, terms, place in portion.late)
        for portion in portions
        for place, (entry, post, terms) in enumerate(zip(portion.identities, portion.posts, portion.terms, strict=True))
    ]
    # As the ledger has it: ids that authors wrote are entered before those that are made.
    of_posts.sort(key=lambda each: not each[0][IDENTITY["authored"]])
    return Newcomers(
        identities=[entry for entry, _, _, _ in of_posts],
        posts=[post for _, post, _, _ in of_posts],
        terms=[terms for _, _, terms, _ in of_posts],
        late=frozenset(place for place, (_, _, _, late) in enumerate(of_posts) if late),
        tallies=[row for portion in portions for row in portion.tallies],
        sources=[row for portion in portions for row in portion.sources],
        findings=[row for portion in portions for row in portion.findings],
        unsettled=sum(portion.unsettled for portion in portions),
        odd=any(portion.odd for portion in portions)
        or _any_twice(entry[IDENTITY["id"]] for entry, _, _, _ in of_posts)
        or _any_twice(entry[IDENTITY["digest"]] for entry, _, _, _ in of_posts),
    )


@dataclass(frozen=True, kw_only=True)
class Introducing:
    """Reads files that nothing in the state knows, at ``now``."""

    reading: Reading
    now: datetime

    def read(self, files: Sequence[FileToRead]) -> Newcomers:
        """Return what the state is to hold of ``files``."""
        read = [self.reading.read(file) for file in files]
        settled = [file for file in read if file.settled]
        found = candidates(settled)
        entries = [entry(one, one.post, None, self.now) for one in found]
        posts = [
            replace(one.post, updated=max(its.updated or one.post.published, one.post.published))
            for one, its in zip(found, entries, strict=True)
        ]
        terms = [term_rows(post) for post in posts]
        portion = Newcomers(
            identities=[identity_row(its) for its in entries],
            posts=[post_row(post) for post in posts],
            terms=terms,
            late=frozenset(place for place, post in enumerate(posts) if post.visible_from > post.published),
            tallies=tally_rows(terms),
            sources=[_source_row(file) for file in settled],
            findings=[finding_row(finding) for file in settled for finding in file.findings],
            unsettled=len(read) - len(settled),
            odd=any(file.page for file in settled),
        )
        return together([portion])


def _any_twice(values: Iterable[str]) -> bool:
    listed = list(values)
    return len(set(listed)) < len(listed)


def _source_row(file: FileRead) -> Values:
    role = Role.POST if file.post else Role.WAITING
    return (file.path, file.stat.size, file.stat.mtime_ns, file.digest, role.value)
