"""From the operator's definitions to the feeds there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from feeds.model.feed import CategoryPage, Feed, FeedDefinition, Selection
from feeds.model.post import Post, Term
from feeds.model.site import Site
from feeds.syndication.select import matches


def derive(
    definitions: Sequence[FeedDefinition], site: Site, terms: Sequence[Term], pages: Mapping[str, CategoryPage]
) -> tuple[Feed, ...]:
    """Return every feed, in the order of the definitions and of the terms.

    ``terms`` are those of visible posts, one for each kind and slug; ``pages``
    is what the site itself says of its categories, by slug: a category with a
    page has its feed even while no post is in it.  Where two definitions give
    one name, the earlier one has it.
    """
    paged = [Term(kind="category", slug=page.slug, label=page.title) for page in pages.values()]
    known = {(term.kind, term.slug): term for term in (*paged, *terms)}
    terms = [known[kind_and_slug] for kind_and_slug in sorted(known)]
    feeds: dict[str, Feed] = {}
    for definition in definitions:
        for feed in _expand(definition, site, terms, pages):
            feeds.setdefault(feed.name, feed)
    return tuple(feeds.values())


def affected(definitions: Sequence[FeedDefinition], posts: Iterable[Post]) -> set[str]:
    """Return the names of all feeds that may show one of ``posts``."""
    names: set[str] = set()
    for post in posts:
        terms = post.terms()
        for definition in definitions:
            if matches(definition.selection, post):
                names.update(_names(definition, terms))
    return names


def _names(definition: FeedDefinition, terms: Iterable[Term]) -> Iterator[str]:
    if not definition.for_each:
        yield definition.name
    for term in terms:
        if term.kind == definition.for_each:
            yield _fill(definition.name, term.kind, term.slug)


def _expand(
    definition: FeedDefinition, site: Site, terms: Sequence[Term], pages: Mapping[str, CategoryPage]
) -> Iterator[Feed]:
    if not definition.for_each:
        yield _single(definition, site)
    only = _wanted(definition)
    for term in terms:
        if term.kind == definition.for_each and (not only or term.slug in only):
            page = pages.get(term.slug) if term.kind == "category" else None
            yield _of_term(definition, site, term, page)


def _single(definition: FeedDefinition, site: Site) -> Feed:
    everything = definition.selection == Selection()
    title = definition.title or (site.title if everything else f"{site.title}: {_words(definition.name)}")
    return _feed(
        definition,
        name=definition.name,
        title=title.replace("{site}", site.title),
        description=(definition.description or site.description).replace("{site}", site.title),
        selection=definition.selection,
        aliases=definition.aliases,
    )


def _of_term(definition: FeedDefinition, site: Site, term: Term, page: CategoryPage | None) -> Feed:
    label = page.title if page else term.label
    title = definition.title or (label if page else f"{{site}}: {label}")
    description = definition.description or (page.description if page else "") or f"{label}, from {{site}}"
    return _feed(
        definition,
        name=_fill(definition.name, term.kind, term.slug),
        title=_fill(title, term.kind, label).replace("{site}", site.title),
        description=_fill(description, term.kind, label).replace("{site}", site.title),
        selection=_narrowed(definition.selection, term),
        aliases=tuple(_fill(alias, term.kind, term.slug) for alias in definition.aliases),
    )


def _feed(
    definition: FeedDefinition,
    *,
    name: str,
    title: str,
    description: str,
    selection: Selection,
    aliases: tuple[str, ...],
) -> Feed:
    return Feed(
        name=name,
        title=title,
        description=description,
        selection=selection,
        formats=definition.formats,
        entries=definition.entries,
        max_bytes=definition.max_bytes,
        content=definition.content,
        archives=definition.archives,
        aliases=aliases,
        max_new_entries=definition.max_new_entries,
    )


def _wanted(definition: FeedDefinition) -> tuple[str, ...]:
    """Return the terms of the kind that the definition itself selects: there is a feed for each of these only."""
    selection = definition.selection
    return {
        "category": selection.categories,
        "tag": selection.tags,
        "author": selection.authors,
        "language": selection.languages,
    }.get(definition.for_each, ())


def _narrowed(selection: Selection, term: Term) -> Selection:
    if term.kind == "category":
        return replace(selection, categories=(term.slug,))
    if term.kind == "tag":
        return replace(selection, tags=(term.slug,))
    if term.kind == "author":
        return replace(selection, authors=(term.slug,))
    return replace(selection, languages=(term.slug,))


def _fill(pattern: str, kind: str, value: str) -> str:
    return pattern.replace(f"{{{kind}}}", value)


def _words(name: str) -> str:
    return name.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")
