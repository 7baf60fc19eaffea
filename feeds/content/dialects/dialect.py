"""How one generator names things: in front matter, in files and in links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.content import base
from feeds.content.lead import marked
from feeds.content.notes import Notes
from feeds.model.customs import Customs, Facts
from feeds.model.source import Source, Value

if TYPE_CHECKING:
    from feeds.content.passage import Passage
    from feeds.content.reading import Reading

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
    "enclosures": (
        *("enclosures", "enclosure", "attachments", "media_override", "podcast_file", "podcast_url", "podcast_link"),
        *("podcast_audio", "audio_url", "audio_file", "audiofile", "audio", "episode_file", "episode_url"),
        *("episode_audio", "mp3", "mp3_url", "media", "media_url", "podcast", "episode", "file"),
    ),
    "video": ("video_url", "video_file", "video", "videos"),
    "language": ("lang", "language", "locale"),
    "direction": ("dir", "direction", "text_direction", "rtl"),
    "original": ("canonical", "canonical_url", "canonicalurl", "original_url"),
    "subject": ("external_url", "external-url", "externalurl", "link"),
    "license": ("license", "licence", "license_url", "rights"),
    "id": ("guid", "id", "uuid"),
    "featured": ("featured",),
    "minor": ("minor",),
    "link": (),
    "slug": (),
}

#: Keys that hold one name, whatever is in it; the others may list several.
SINGULAR = frozenset({"category", "tag", "section"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Front matter that has no fence: each key with its value and line, and the ``body`` behind it."""

    pairs: list[tuple[str, Value, int]]
    body: str


def _no_page(_path: str) -> str | None:
    return None


def _part_of_nothing(_path: str) -> tuple[str, ...]:
    return ()


def _code(_body: str) -> bool:
    return True


def _by_its_keys(_reading: "Reading") -> str:
    return ""


def _undecided(_path: str, _customs: Customs) -> bool | None:
    return None


def _never(_customs: Customs) -> bool:
    return False


def _as_they_are(source: Source, _customs: Customs) -> Source:
    return source


def _fenced(_text: str, _suffix: str, _notes: Notes) -> Header | None:
    return None


def _as_it_is(passage: "Passage") -> str:
    return passage.source.body


def _unread(_name: str, _text: str, _notes: Notes) -> Mapping[str, Value]:
    return {}


def _unknown(_customs: Customs) -> Facts:
    return Facts()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dialect:
    """A generator's ways, of which there is one each.

    Every path is relative to the content directory, with slashes, if nothing else is said.

    What tells posts from other files: ``extensions`` end their names (each with
    its dot), ``is_post`` sorts files by their path alone, and ``chosen`` by what
    the site's files say too, None where they say nothing of it; ``takes`` is
    both.  One is not a post by itself where any of the files ``part_of`` names
    is there; ``category_page`` gives the slug of the category that a file
    describes.

    What is read of them: ``keys`` maps each meaning of ``COMMON_KEYS`` to front
    matter keys; ``header`` reads front matter that has no fences, from the text
    and the extension of a file, None where that begins otherwise; ``fields``
    adds to a source what the site's files and the path of the source say of it;
    ``hidden`` gives a reason to keep a post from readers beside the common
    ones, "" for none; ``shows_future`` tells whether the site shows posts before
    their date.

    What becomes of them: ``url`` is the absolute address of a post's page,
    by a pattern (``permalink`` is the default one) and the date of the post;
    ``base`` makes of it, and of the path, the address against which relative
    ones in the file are;
    ``body`` returns the body without what only the generator understands,
    ``lead`` the beginning of such a body that stands for all of it in lists, ""
    where nothing marks it; ``keeps_indented_code`` tells whether lines with
    four leading spaces are code in a body.

    What the site's files are: ``config_files`` name the configurations by their
    paths from the root of a site, ``data_files`` are patterns of others there
    (``*`` is any part of a name, ``**`` any folders); ``read_config`` reads one
    of either kind that is not TOML, YAML or JSON, as text that is never
    executed; ``facts`` returns what the configuration says of the site.
    ``page_files`` are patterns of pages, from the root of a site that has a
    configuration: ``read_config`` gives what of them posts may ask for, and
    one that cannot be read is passed over.
    """

    name: str
    keys: Mapping[str, tuple[str, ...]]
    permalink: str
    url: "Callable[[Reading, str, datetime], str]"
    extensions: tuple[str, ...]
    is_post: Callable[[str], bool]
    chosen: Callable[[str, Customs], bool | None] = _undecided
    date_formats: tuple[str, ...] = ()
    part_of: Callable[[str], tuple[str, ...]] = _part_of_nothing
    category_page: Callable[[str], str | None] = _no_page
    header: Callable[[str, str, Notes], Header | None] = _fenced
    fields: Callable[[Source, Customs], Source] = _as_they_are
    hidden: "Callable[[Reading], str]" = _by_its_keys
    shows_future: Callable[[Customs], bool] = _never
    base: Callable[[str, PurePosixPath], str] = base.of_page
    body: "Callable[[Passage], str]" = _as_it_is
    lead: Callable[[str], str] = marked
    keeps_indented_code: Callable[[str], bool] = _code
    config_files: tuple[str, ...] = ()
    data_files: tuple[str, ...] = ()
    page_files: tuple[str, ...] = ()
    read_config: Callable[[str, str, Notes], Mapping[str, Value]] = _unread
    facts: Callable[[Customs], Facts] = _unknown

    @property
    def fills_in(self) -> bool:
        """Tell whether the marks of templates in bodies are understood, or left out and noted."""
        # No generator is known that would fill in those of plain Markdown: their author is to write them out.
        return self.body is not _as_it_is and self.name != "plain"

    def takes(self, path: str, customs: Customs) -> bool:
        """Tell whether the file at ``path`` is a post on a site with these ``customs``."""
        verdict = self.chosen(path, customs)
        return self.is_post(path) if verdict is None else verdict


def split(path: str) -> tuple[list[str], str, str]:
    """Cut a path into its folders, the name of the file without its extension, and that with its dot, lower case."""
    *folders, name = path.split("/")
    stem, dot, extension = name.rpartition(".")
    return (folders, stem, dot + extension.lower()) if stem else (folders, name, "")
