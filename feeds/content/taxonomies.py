"""Taxonomies of a site's own: terms that are neither called categories nor tags."""

from collections.abc import Iterable, Mapping

from feeds.model.source import Value

#: Taxonomies that need no translation, and one that says nothing of the subject.
_KNOWN = frozenset({"categories", "category", "tags", "tag", "authors", "author"})
_SERIES = "series"


def terms(taxonomies: Iterable[str], fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return the categories and tags that a post has by the ``taxonomies`` of its site.

    Where it has no categories, the first of the others that it has terms of
    stands for them; all else are tags.
    """
    held = [name.lower() for name in taxonomies if name.lower() not in _KNOWN and fields.get(name.lower())]
    more: dict[str, Value] = {}
    subjects = [name for name in held if name != _SERIES]
    if subjects and not (fields.get("categories") or fields.get("category")):
        more["categories"] = fields[subjects[0]]
        held.remove(subjects[0])
    if held:
        own = [*_listed(fields.get("tags", ""), ","), *_listed(fields.get("tag", ""))]
        more["tags"] = [*own, *(term for name in held for term in _listed(fields[name]))]
    return more


def _listed(value: Value, separator: str | None = None) -> list[Value]:
    if isinstance(value, str):
        return [part for part in (value.split(separator) if separator else [value]) if part.strip()]
    return value if isinstance(value, list) else [value]
