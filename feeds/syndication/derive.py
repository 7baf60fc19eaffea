"""From the operator's definitions to the feeds there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote

from feeds.model.alias import alias_key
from feeds.model.feed import CategoryPage, Feed, FeedDefinition, Selection
from feeds.model.post import Post, Term
from feeds.model.site import Site
from feeds.syndication.select import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What decides, beside the operator's definitions, which feeds there are.

    ``counts`` says, by the name of a definition and the slug of a term, how
    many visible posts its feed has; a definition that is not in it is not
    counted.  ``published`` are the terms of feeds that were published before,
    by the feed's name.  ``retired`` says since when feeds are, by name; of
    others whose end has no date, that is ``now``.
    """

    now: datetime
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    published: Mapping[str, Term] = field(default_factory=dict)
    retired: Mapping[str, datetime] = field(default_factory=dict)


def derive(
    definitions: Sequence[FeedDefinition],
    site: Site,
    terms: Sequence[Term],
    pages: Mapping[str, CategoryPage],
    known: Known,
) -> tuple[Feed, ...]:
    """Return every feed, in the order of the definitions and of the terms.

    ``terms`` are those of visible posts, one for each kind and slug; ``pages``
    is what the site itself says of its categories, by slug: a category with a
    page has its feed even while no post is in it.  Where two definitions give
    one name, the earlier one has it.

    A feed that was published keeps its address when too few posts are left for
    it, but is not listed any more; an alias of another feed takes the address.
    """
    paged = [Term(kind="category", slug=page.slug, label=page.title) for page in pages.values()]
    by_slug = {(term.kind, term.slug): term for term in (*known.published.values(), *paged, *terms)}
    terms = [by_slug[kind_and_slug] for kind_and_slug in sorted(by_slug)]
    feeds: dict[str, Feed] = {}
    for definition in definitions:
        for feed in _expand(definition, site, terms, pages, known):
            feeds.setdefault(feed.name, feed)
    taken = {alias_key(alias) for feed in feeds.values() for alias in feed.aliases}
    return tuple(feed for feed in feeds.values() if feed.listed or not _paths(feed) & taken)


def _paths(feed: Feed) -> set[str]:
    return {alias_key(feed.path(format)) for format in feed.formats}


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
            yield name_of(definition, term.slug)


def _expand(
    definition: FeedDefinition, site: Site, terms: Sequence[Term], pages: Mapping[str, CategoryPage], known: Known
) -> Iterator[Feed]:
    if not definition.for_each:
        yield _ending(_single(definition, site), definition, known)
    only = definition.selection.terms(definition.for_each)
    counts = known.counts.get(definition.name)
    for term in terms:
        if term.kind != definition.for_each or (only and term.slug not in only):
            continue
        page = pages.get(term.slug) if term.kind == "category" else None
        feed = _of_term(definition, site, term, page)
        listed = bool(page) or counts is None or counts.get(term.slug, 0) >= definition.min_entries
        if listed or feed.name in known.published:
            yield _ending(replace(feed, listed=listed), definition, known)


def _single(definition: FeedDefinition, site: Site) -> Feed:
    everything = definition.selection == Selection()
    title = definition.title or (site.title if everything else f"{site.title}: {_words(definition.name)}")
    feed = Feed(
        name=definition.name,
        title=title.replace("{site}", site.title),
        description=(definition.description or site.description).replace("{site}", site.title),
        selection=definition.selection,
        aliases=definition.aliases,
        moved_to=definition.moved_to,
    )
    return shaped(feed, definition)


def _of_term(definition: FeedDefinition, site: Site, term: Term, page: CategoryPage | None) -> Feed:
    label = page.title if page else term.label
    title = definition.title or (label if page else f"{{site}}: {label}")
    description = definition.description or (page.description if page else "") or f"{label}, from {{site}}"
    feed = Feed(
        name=name_of(definition, term.slug),
        title=_fill(title, term.kind, label).replace("{site}", site.title),
        description=_fill(description, term.kind, label).replace("{site}", site.title),
        selection=narrowed(definition.selection, term.kind, (term.slug,)),
        aliases=tuple(_fill(alias, term.kind, term.slug) for alias in definition.aliases),
        moved_to=_fill(definition.moved_to, term.kind, quote(term.slug)),
        term=replace(term, label=label),
    )
    return shaped(feed, definition)


def shaped(feed: Feed, definition: FeedDefinition) -> Feed:
    """Return the feed with the formats and limits of its definition."""
    return replace(
        feed,
        formats=definition.formats,
        entries=definition.entries,
        max_bytes=definition.max_bytes,
        content=definition.content,
        archives=definition.archives,
        max_new_entries=definition.max_new_entries,
        tombstones=definition.tombstones,
        podcast=definition.podcast,
        source_markdown=definition.source_markdown,
    )


def _ending(feed: Feed, definition: FeedDefinition, known: Known) -> Feed:
    """Give the feed its end; what is published later is no part of it."""
    if not definition.retired:
        return feed
    retired = known.retired.get(feed.name, known.now) if definition.retired is True else definition.retired
    if retired > known.now:
        return replace(feed, retired=retired)
    before = Selection(all_of=(feed.selection, Selection(before=retired)))
    return replace(feed, retired=retired, listed=False, selection=before)


def narrowed(selection: Selection, kind: str, slugs: tuple[str, ...]) -> Selection:
    """Return the selection with these as the terms of one kind that it asks for itself."""
    if kind == "category":
        return replace(selection, categories=slugs)
    if kind == "tag":
        return replace(selection, tags=slugs)
    if kind == "author":
        return replace(selection, authors=slugs)
    return replace(selection, languages=slugs)


def name_of(definition: FeedDefinition, slug: str) -> str:
    """Return the name of the feed of one term of a ``for_each``."""
    return _fill(definition.name, definition.for_each, slug)


def _fill(pattern: str, kind: str, value: str) -> str:
    return pattern.replace(f"{{{kind}}}", value)


def _words(name: str) -> str:
    return name.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")
