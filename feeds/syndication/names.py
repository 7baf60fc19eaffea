"""One name for each term, whatever its spellings."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from feeds.model.breach import breach
from feeds.model.mention import MEANING_OF_KIND, Mention
from feeds.model.post import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A term under one spelling of its name, how many visible posts spell it so, and the path of one of them."""

    term: Term
    posts: int
    path: str


def name_terms(spellings: Iterable[Spelling]) -> tuple[tuple[Term, ...], tuple[Mention, ...]]:
    """Return each term once, under its most frequent spelling, in the order of kind and slug.

    Names that differ in more than the case of their letters but share a slug
    share a feed: the findings say so, at a file that has the rarer name.
    """

    def term_of(spelling: Spelling) -> tuple[str, str]:
        return (spelling.term.kind, spelling.term.slug)

    terms: list[Term] = []
    found: list[Mention] = []
    for _, group in groupby(sorted(spellings, key=lambda s: (term_of(s), -s.posts, s.term.label)), key=term_of):
        by_use = list(group)
        terms.append(by_use[0].term)
        others = {spelling.term.label.casefold(): spelling for spelling in reversed(by_use)}
        del others[by_use[0].term.label.casefold()]
        found.extend(_shared_slug(by_use[0], other) for other in reversed(others.values()))
    return tuple(terms), tuple(found)


def _shared_slug(first: Spelling, other: Spelling) -> Mention:
    kind, slug = first.term.kind, first.term.slug
    message = (
        f'"{other.term.label}" here and "{first.term.label}" in {first.path} are different names of a {kind} '
        f'with the same slug "{slug}": they share one feed.'
    )
    return Mention(finding=breach("slug-shared", other.path, message), meaning=MEANING_OF_KIND[kind])
