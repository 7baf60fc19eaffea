"""How one generator names things: in front matter, in files and in links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: Meaning → the keys of the front matter that may hold it, the most trusted
#: first; ``date.created`` is a key of a map.  All generators share these.
COMMON_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "published": (
        *("date", "date.created", "date.published", "published", "publishdate", "publish_date", "pubdate"),
        *("published_at", "created", "created_at", "createdat"),
    ),
    "embargo": ("publishdate", "publish_date", "published_at", "embargo"),
    "updated": (
        *("updated", "updateddate", "updated_at", "lastmod", "last_modified_at", "last_updated", "modified"),
        *("modified_at", "update", "date.updated", "date.modified"),
    ),
    "expires": ("expires", "expirydate", "expiry_date", "expiry", "expires_at", "unpublishdate", "unpublish_date"),
    "summary": ("description", "summary", "excerpt", "spoiler", "teaser", "deck", "subtitle", "abstract"),
    "categories": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "authors": ("authors", "author", "author_name", "byline", "hosts"),
    "picture": (
        *("image", "cover", "cover_image", "featured_image", "featureimage", "hero", "heroimage", "thumbnail"),
        *("photo", "og_image", "images"),
    ),
    "picture_alt": ("image_alt", "imagealt", "cover_alt", "coveralt", "hero_alt", "heroalt", "photo_alt", "alt"),
    "language": ("lang", "language", "locale"),
    "id": ("guid", "id", "uuid"),
    "featured": ("featured",),
    "minor": ("minor",),
    "link": (),
    "slug": (),
}

#: Keys that hold one name, whatever is in it; the others may list several.
SINGULAR = frozenset({"category", "tag", "section"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A generator's ways.  Every path is relative to the content directory, with slashes.

    ``keys`` maps each meaning of ``COMMON_KEYS`` to front matter keys.
    ``permalink`` is the default pattern (see ``permalink.expand``) and
    ``spell`` writes the finished path as the generator does.  ``is_post`` sorts
    files by their path alone, ``category_page`` gives the slug of the category
    that a file describes, and ``keeps_indented_code`` tells of a body whether
    lines with four leading spaces are code.
    """

    name: str
    keys: Mapping[str, tuple[str, ...]]
    date_formats: tuple[str, ...]
    permalink: str
    spell: Callable[[str], str]
    extensions: tuple[str, ...]
    is_post: Callable[[str], bool]
    category_page: Callable[[str], str | None]
    keeps_indented_code: Callable[[str], bool]


def split(path: str) -> tuple[list[str], str, str]:
    """Cut a path into its folders, the name of the file without its extension, and that with its dot, lower case."""
    *folders, name = path.split("/")
    stem, dot, extension = name.rpartition(".")
    return (folders, stem, dot + extension.lower()) if stem else (folders, name, "")
