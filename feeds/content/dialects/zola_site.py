"""A Zola site as its files make it: its languages, its way with slugs, and where a page stands in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate

from feeds.content import text as texts
from feeds.content.dialects.dialect import split
from feeds.content.fields import flag, lookup, text
from feeds.content.notes import Notes
from feeds.content.once import once
from feeds.content.sections import front
from feeds.content.structured import structured
from feeds.content.suffixes import guess
from feeds.model.customs import Customs, Facts
from feeds.model.source import Value

CONFIG_FILES = ("zola.toml", "config.toml")
DATA_FILES = ("content/_index*.md", "content/*/_index*.md", "**/_index*.md")

_CONTENT = "content/"
_OF_USE = frozenset(
    (
        *("base_url", "title", "description", "author", "default_language", "languages", "taxonomies", "markdown"),
        *("slugify", "slugify_paths", "ignored_content"),
    )
)
_DATED = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)(?:\s?[_-](.+))?",
    re.ASCII,
)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read the configuration, or of the page of a section whether it is a draft.

    Raises `feeds.errors.ContentError` for a file that is broken.
    """
    if name.endswith(".md"):
        return {key: value for key, value in front(written, notes).items() if key == "draft"}
    return {key: value for key, value in structured(name, written, notes).items() if key in _OF_USE}


def facts(customs: Customs) -> Facts:
    """Return what the configuration says of the site."""
    said = {key: text(value) for key, value in customs.settings.items()}
    return Facts(
        title=said.get("title", ""),
        url=said.get("base_url", "").rstrip("/"),
        description=said.get("description", ""),
        language=said.get("default_language", ""),
        author=said.get("author", ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ZolaPlace:
    """Where a page stands: the folders above it, and its name without language, extension and date.

    ``slug`` is that name in an address; ``dated`` what it begins with, "" for
    no date.  ``language`` is "" for that of the site.
    """

    content: str
    folders: tuple[str, ...]
    slug: str
    dated: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZolaSite:
    """What is said of a site once for all its posts; ``known`` tells whether it has a configuration.

    ``prefix`` is the path of the content directory from the root of the site.
    ``slugs`` is how names become addresses: "on", "safe" or "off".
    ``drafts`` are the folders of sections that are drafts.
    """

    known: bool
    prefix: str
    default: str
    languages: frozenset[str]
    taxonomies: tuple[str, ...]
    slugs: str
    keeps_dates: bool
    emoji: bool
    drafts: tuple[str, ...]
    ignored: tuple[re.Pattern[str], ...]

    def within(self, path: str) -> str | None:
        """Return the path within the content of one from the content directory, None for what lies outside."""
        full = f"{self.prefix}/{path}" if self.prefix else path
        if full.startswith(_CONTENT):
            return full[len(_CONTENT) :]
        return None if self.known else full

    def files(self, content: str) -> Iterator[str]:
        """Yield the paths, from the content directory, that a path within the content may have."""
        full = _CONTENT + content
        if not self.prefix:
            yield full
        elif full.startswith(f"{self.prefix}/"):
            yield full[len(self.prefix) + 1 :]
        if not self.known:
            yield content
            yield content.partition("/")[2]

    def place(self, path: str) -> ZolaPlace:
        """Return where the file at ``path``, from the content directory, stands."""
        content = self.within(path)
        folders, stem, _ = split(path if content is None else content)
        name, language = self._cut(stem)
        if name == "index" and folders:
            name = folders.pop()
        dated = _DATED.fullmatch(name)
        rest = dated[2] if dated and dated[2] and not self.keeps_dates else name
        return ZolaPlace(
            content=path if content is None else content,
            folders=tuple(folders),
            slug=self.slug(rest),
            dated=dated[1] if dated else "",
            language=language,
        )

    def slug(self, name: str) -> str:
        """Write ``name`` as it stands in addresses."""
        if self.slugs == "on":
            return texts.ascii_slug(name)
        return _UNSAFE.sub("", name.rstrip(" .")) if self.slugs == "safe" else name

    def _cut(self, stem: str) -> tuple[str, str]:
        if not self.known:
            name, language = guess(stem)
            return name, language if language != self.default else ""
        name, dot, language = stem.partition(".")
        if not dot or language not in self.languages:
            return stem, ""
        return name, language if language != self.default else ""


@once
def zola_site(customs: Customs) -> ZolaSite:
    """Return the site that ``customs`` describe."""
    settings = customs.settings
    default = text(settings.get("default_language", "")) or "en"
    slugify = settings.get("slugify", {})
    slugs = text(lookup(settings, "slugify.paths")) or _slugs_of_old(settings)
    keeps_dates = flag(slugify.get("paths_keep_dates", "")) is True if isinstance(slugify, dict) else False
    return ZolaSite(
        known=bool(settings),
        prefix=customs.prefix,
        default=default,
        languages=frozenset((default, *_languages(settings.get("languages", {})))),
        taxonomies=tuple(_names(settings.get("taxonomies", []), "name")),
        slugs=slugs,
        keeps_dates=keeps_dates,
        emoji=flag(lookup(settings, "markdown.render_emoji")) is True,
        drafts=tuple(_drafts(customs)),
        ignored=tuple(re.compile(translate(glob)) for glob in _names(settings.get("ignored_content", []), "")),
    )


def _slugs_of_old(settings: Mapping[str, Value]) -> str:
    return "safe" if flag(settings.get("slugify_paths", "")) is False and "slugify_paths" in settings else "on"


def _languages(value: Value) -> Iterator[str]:
    """Yield the codes of other languages: keys of tables, in older sites a list of maps."""
    yield from value if isinstance(value, dict) else _names(value, "code")


def _names(value: Value, key: str) -> Iterator[str]:
    for item in value if isinstance(value, list) else []:
        name = text(item.get(key, "")) if isinstance(item, dict) else text(item)
        if name:
            yield name


def _drafts(customs: Customs) -> Iterator[str]:
    for path, said in customs.data.items():
        if isinstance(said, dict) and flag(said.get("draft", "")) is True:
            folder = path.rpartition("/")[0] + "/"
            yield folder.removeprefix(_CONTENT) if folder.startswith(_CONTENT) else folder
