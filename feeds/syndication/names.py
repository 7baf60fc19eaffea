"""One name for each term, whatever its spellings."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from feeds.model.post import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two names of a term with one slug that differ in more than the case of their letters; the feed is ``used``."""

    used: Term
    other: Term


def name_terms(spellings: Iterable[tuple[Term, int]]) -> tuple[tuple[Term, ...], tuple[Clash, ...]]:
    """Return each term once, under its most frequent spelling, in the order of kind and slug.

    ``spellings`` are terms with the number of posts that spell them so.  Names
    that share a slug share a feed.
    """

    def slugged(spelling: tuple[Term, int]) -> tuple[str, str]:
        return (spelling[0].kind, spelling[0].slug)

    terms: list[Term] = []
    clashes: list[Clash] = []
    for _, group in groupby(sorted(spellings, key=lambda s: (slugged(s), -s[1], s[0].label)), key=slugged):
        used, *others = (term for term, _ in group)
        terms.append(used)
        different = {other.label.casefold(): other for other in reversed(others)}
        different.pop(used.label.casefold(), None)
        clashes.extend(Clash(used=used, other=other) for other in reversed(different.values()))
    return tuple(terms), tuple(clashes)
