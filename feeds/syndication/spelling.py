"""Names that are probably one name, spelt in two ways."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from feeds.model.post import Term

#: A name that so few posts have may be a slip, beside one that so many times as many have.
_FEW, _TIMES = 2, 3

#: Shorter slugs are close to too much.
_SHORTEST = 5


def near_names(uses: Mapping[Term, int]) -> Iterator[tuple[Term, Term]]:
    """Yield each rare term with a frequent one that differs by one letter, or by two exchanged ones.

    ``uses`` tells how many posts have each.  The time it takes grows with the
    names and their lengths, not with the pairs: slugs that differ by one
    letter share one from which a letter is taken out.
    """
    frequent: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
    rare = [term for term, posts in uses.items() if posts <= _FEW and _may_be_a_slip(term.slug)]
    for term, posts in uses.items():
        if posts >= _TIMES and len(term.slug) >= _SHORTEST - 1:
            for variant in _variants(term.slug):
                frequent[term.kind, variant].append(term)
    for term in sorted(rare, key=lambda term: (term.kind, term.slug)):
        close = (
            other
            for variant in _variants(term.slug)
            for other in frequent.get((term.kind, variant), ())
            if other != term and uses[other] >= _TIMES * uses[term]
        )
        nearest = max(close, key=lambda other: (uses[other], other.slug), default=None)
        if nearest and _digits(nearest.slug) == _digits(term.slug):
            yield term, nearest


def _may_be_a_slip(slug: str) -> bool:
    return len(slug) >= _SHORTEST and any(map(str.isalpha, slug))


def _variants(slug: str) -> Iterable[str]:
    return dict.fromkeys([slug, *(slug[:place] + slug[place + 1 :] for place in range(len(slug)))])


def _digits(slug: str) -> str:
    """Return the digits of a slug: 2023 is not a slip for 2024."""
    return "".join(filter(str.isdigit, slug))
