"""Feeds of several terms of one kind, by an expression in their address.

``tv+world`` is both, ``tv,world`` either, ``-sport`` not: ``tv,world+-sport``
are the posts of tv or world that are not in sport.  A ``-`` means *not* only
where a term starts, so that the slug ``tv-sport`` is never misread.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from feeds.model.feed import Feed, FeedDefinition, Selection
from feeds.model.site import Site
from feeds.syndication.derive import name_of, narrowed, shaped

#: The most terms in one expression.
MOST_TERMS = 5

#: The most entries in a document, so that the first reader to ask does not wait long for it.
MOST_ENTRIES = 100

#: Longer expressions are not looked at: five of the longest slugs.
_LONGEST = 1_100


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Posts that have at least one term of every group, and none of ``without``: slugs, each tuple sorted."""

    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Every slug, each once."""
        return tuple(sorted({slug for group in self.groups for slug in group} | set(self.without)))

    @property
    def expression(self) -> str:
        """The one canonical spelling."""
        return "+".join((*(",".join(group) for group in self.groups), *(f"-{slug}" for slug in self.without)))


def read(expression: str) -> Combination | None:
    """Read an expression in any spelling; None for what is none, is too long, or what no post could ever match."""
    if len(expression) > _LONGEST:
        return None
    groups: set[tuple[str, ...]] = set()
    without: set[str] = set()
    for part in unicodedata.normalize("NFKC", expression).lower().split("+"):
        if part.startswith("-"):
            without.add(part[1:])
        else:
            groups.add(tuple(sorted(set(part.split(",")))))
    # Who is in "tv" is in "tv,world" as well: the narrower group says it all.
    needed = [group for group in groups if not any(set(other) < set(group) for other in groups)]
    found = Combination(groups=tuple(sorted(needed)), without=tuple(sorted(without)))
    if not all(found.terms) or len(found.terms) > MOST_TERMS or any(set(group) <= without for group in needed):
        return None
    return found


def expression_in(name: str, definition: FeedDefinition) -> str | None:
    """Return what stands in a feed's name where its definition has the placeholder; None if the name is another."""
    head, placeholder, tail = definition.name.partition(f"{{{definition.for_each}}}")
    middle = name.removeprefix(head).removesuffix(tail) if tail else name.removeprefix(head)
    if not placeholder or "{" in tail or "/" in middle or name != f"{head}{middle}{tail}":
        return None
    return middle


def combined_feed(definition: FeedDefinition, site: Site, combination: Combination, labels: Mapping[str, str]) -> Feed:
    """Return the feed of a combination of the terms that ``definition`` has feeds for; ``labels`` are by slug."""
    kind = definition.for_each
    own = narrowed(definition.selection, kind, ())
    words = _words(combination, labels)
    title = (definition.title or f"{{site}}: {{{kind}}}").replace(f"{{{kind}}}", words)
    description = (definition.description or f"{{{kind}}}, from {{site}}").replace(f"{{{kind}}}", words)
    feed = Feed(
        name=name_of(definition, combination.expression),
        title=title.replace("{site}", site.title),
        description=description.replace("{site}", site.title),
        selection=replace(
            own,
            all_of=(*own.all_of, *(narrowed(Selection(), kind, group) for group in combination.groups)),
            none_of=(*own.none_of, *(narrowed(Selection(), kind, (slug,)) for slug in combination.without)),
        ),
        listed=False,
        combined=True,
    )
    feed = shaped(feed, definition)
    return replace(feed, entries=min(feed.entries, MOST_ENTRIES), tombstones=False)


def _words(combination: Combination, labels: Mapping[str, str]) -> str:
    """Say it in words: ``(TV or World) and Film, not Sport or War``."""
    groups = [" or ".join(labels[slug] for slug in group) for group in combination.groups]
    if len(groups) > 1:
        groups = [
            f"({words})" if len(group) > 1 else words for group, words in zip(combination.groups, groups, strict=True)
        ]
    without = " or ".join(labels[slug] for slug in combination.without)
    return ", ".join(part for part in (" and ".join(groups), f"not {without}" if without else "") if part)
