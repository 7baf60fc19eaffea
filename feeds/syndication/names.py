"""One name for each term, whatever its spellings."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from feeds.model.finding import Finding, Severity
from feeds.model.post import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A term under one spelling of its name, and how many visible posts spell it so."""

    term: Term
    posts: int


def name_terms(spellings: Iterable[Spelling]) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """Return each term once, under its most frequent spelling, in the order of kind and slug.

    Names that differ in more than the case of their letters but share a slug
    share a feed: the findings say so.
    """

    def term_of(spelling: Spelling) -> tuple[str, str]:
        return (spelling.term.kind, spelling.term.slug)

    terms: list[Term] = []
    found: list[Finding] = []
    for _, group in groupby(sorted(spellings, key=lambda s: (term_of(s), -s.posts, s.term.label)), key=term_of):
        by_use = [spelling.term for spelling in group]
        terms.append(by_use[0])
        if len({term.label.casefold() for term in by_use}) > 1:
            found.append(_shared_slug(by_use))
    return tuple(terms), tuple(found)


def _shared_slug(terms: list[Term]) -> Finding:
    kind, slug = terms[0].kind, terms[0].slug
    names = " and ".join(f'"{term.label}"' for term in terms)
    return Finding(
        path=PurePosixPath(f"{kind}/{slug}"),
        line=0,
        code="slug-shared",
        severity=Severity.WARNING,
        message=f'{names} are different names of a {kind} with the same slug "{slug}": they share one feed.',
        advice="Use one name, or names that differ in letters or digits.",
    )
