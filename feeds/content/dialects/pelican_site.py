"""What a site of Pelican has in its settings: written out in ``pelicanconf.py``, else Pelican's defaults."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from feeds.content.assignments import assignments
from feeds.content.fields import text
from feeds.content.notes import Notes
from feeds.content.structured import structured
from feeds.model.customs import Customs, Facts
from feeds.model.source import Value

#: The settings of what is published come first: they replace those of the drafting table.
CONFIG_FILES = ("publishconf.py", "pelicanconf.py")

DEFAULT_URL = "{slug}.html"
_DEFAULTS = {
    "ARTICLE_URL": DEFAULT_URL,
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "DEFAULT_CATEGORY": "misc",
    "SLUGIFY_SOURCE": "title",
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "USE_FOLDER_AS_CATEGORY": "true",
    "PATH": "content",
}


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read a configuration as text."""
    return assignments(written) if name.endswith(".py") else structured(name, written, notes)


def setting(customs: Customs, name: str) -> str:
    """Return a setting that is a text; Pelican's default where it is not written out."""
    return text(customs.settings.get(name, "")) or ("" if name in customs.settings else _DEFAULTS.get(name, ""))


def is_on(customs: Customs, name: str) -> bool:
    """Tell whether a switch is on."""
    return setting(customs, name).lower() in {"true", "1"}


def default_status(customs: Customs) -> str:
    """Return the status of articles that have none."""
    given = customs.settings.get("DEFAULT_METADATA")
    return text(given.get("status", "")) if isinstance(given, dict) else ""


def source_path(path: PurePosixPath, customs: Customs) -> PurePosixPath | None:
    """Return the path of a file from the folder that Pelican reads, None for one that is outside of it.

    Where the settings do not say which folder that is, it is ``content``, else
    the content directory.
    """
    home = PurePosixPath(setting(customs, "PATH"))
    whole = PurePosixPath(customs.prefix, path)
    if whole.is_relative_to(home):
        return whole.relative_to(home)
    known = "PATH" in customs.settings and not home.is_absolute() and ".." not in home.parts
    return None if known else path


def facts(customs: Customs) -> Facts:
    """Return what the settings say of the site."""
    said = {name: text(customs.settings.get(name, "")) for name in customs.settings}
    return Facts(
        title=said.get("SITENAME", ""),
        url=said.get("SITEURL", "").rstrip("/"),
        description=said.get("SITESUBTITLE", "") or said.get("SITEDESCRIPTION", ""),
        language=said.get("DEFAULT_LANG", ""),
        timezone=said.get("TIMEZONE", ""),
        author=said.get("AUTHOR", ""),
    )
