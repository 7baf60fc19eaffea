"""Hugo's files: its configuration in one file or many, the pages of sections, the data of authors."""

from collections.abc import Iterator, Mapping

from feeds.content.fields import lookup, text
from feeds.content.notes import Notes
from feeds.content.sections import front
from feeds.content.structured import structured
from feeds.model.customs import Customs, Facts
from feeds.model.source import Value

_EXTENSIONS = ("toml", "yaml", "yml", "json")
#: A file of this name in a folder of configurations holds what stands below that key elsewhere.
_TOPICS = ("params", "languages", "permalinks", "taxonomies", "frontmatter", "markup", "module", "cascade", "build")

#: The files that win come first: those for production, then the new name before the old one.
CONFIG_FILES = (
    *(
        f"config/{environment}/{name}.{extension}"
        for environment in ("production", "_default")
        for name in ("hugo", "config", *_TOPICS)
        for extension in _EXTENSIONS
    ),
    *(f"{name}.{extension}" for name in ("hugo", "config") for extension in _EXTENSIONS),
)
DATA_FILES = (
    *("content/_index*.md", "content/*/_index*.md", "**/_index*.md"),
    *(f"data/authors{folder}.{extension}" for folder in ("", "/*") for extension in _EXTENSIONS),
)

#: What the reading of posts depends on; a change of anything else must not have them all read again.
_OF_USE = frozenset(
    (
        *("title", "baseurl", "languagecode", "locale", "timezone", "author", "copyright", "params", "languages"),
        *("defaultcontentlanguage", "defaultcontentlanguageinsubdir", "disablelanguages", "contentdir", "module"),
        *("permalinks", "uglyurls", "disablepathtolower", "removepathaccents", "taxonomies", "frontmatter", "cascade"),
        *("enableemoji", "buildfuture"),
    )
)
_OF_SECTIONS = frozenset({"title", "slug", "cascade", "url"})


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read one of Hugo's files; keys are in lower case, as Hugo does not tell ``baseURL`` from ``baseurl``.

    Raises `feeds.errors.ContentError` for a file that is broken.
    """
    if name.endswith(".md"):
        found = front(written, notes)
        # Not empty even where nothing is of use: that there is such a page makes the folder a section.
        return {"section": name, **{key: found[key] for key in sorted(_OF_SECTIONS & found.keys())}}
    settings = structured(name, written, notes)
    if name.startswith("data/"):
        return settings
    topic = name.rpartition("/")[2].partition(".")[0]
    if name.startswith("config/") and topic in _TOPICS:
        settings = {topic: dict(settings)}
    return {key.lower(): lowered(value) for key, value in settings.items() if key.lower() in _OF_USE}


def lowered(value: Value) -> Value:
    """Return ``value`` with the keys of all its maps in lower case."""
    if isinstance(value, dict):
        return {key.lower(): lowered(item) for key, item in value.items()}
    return [lowered(item) for item in value] if isinstance(value, list) else value


def facts(customs: Customs) -> Facts:
    """Return what the configuration says of the site."""
    settings = customs.settings
    default = text(settings.get("defaultcontentlanguage", "")).lower()
    languages = table(settings.get("languages", {}))
    own = table(languages.get(default) or next(iter(languages.values()), {}))
    both = {**settings, **own}
    return Facts(
        title=_first(own, settings, keys=("title",)),
        url=text(both.get("baseurl", "")).rstrip("/"),
        description=_first(own, settings, keys=("params.description", "description")),
        language=_first(own, settings, keys=("locale", "languagecode")) or default,
        timezone=text(both.get("timezone", "")),
        author=_first(own, settings, keys=("params.author.name", "author.name", "params.author", "author")),
    )


def _first(*tables: Mapping[str, Value], keys: tuple[str, ...]) -> str:
    found = (text(_deep(each, key)) for each in tables for key in keys)
    return next(filter(None, found), "")


def _deep(settings: Mapping[str, Value], key: str) -> Value:
    outer, _, inner = key.rpartition(".")
    return lookup(table(_deep(settings, outer)), inner) if outer else settings.get(inner, "")


def table(value: Value) -> Mapping[str, Value]:
    """Return ``value`` where it is a map, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: Value) -> Iterator[str]:
    """Yield the texts in a list of them, or the one that ``value`` is."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield item.strip()
