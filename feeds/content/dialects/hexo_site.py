"""What Hexo's configuration says of a site: where its posts are, and how their files are named."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from feeds.content.dialects.dialect import split
from feeds.content.fields import flag, text
from feeds.model.customs import Customs, Facts
from feeds.model.source import Value

EXTENSIONS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm")
CONFIG_FILES = ("_config.yml", "_config.yaml", "_config.json")

POSTS, DRAFTS = "_posts", "_drafts"
_ELSEWHERE = frozenset({"source", "themes", "scaffolds", "public"})
_HIDDEN = ("_", ".")

#: What a pattern of file names may hold that a file name has to fit: the others are any text.
_SEGMENTS = {
    "year": r"(\d{4})",
    "month": r"(\d{2})",
    "day": r"(\d{2})",
    "i_month": r"(\d{1,2})",
    "i_day": r"(\d{1,2})",
    "hash": r"([0-9a-f]{12})",
}
PLACEHOLDER = re.compile(r":(\w*[^_\W])", re.ASCII)

_CONTROL = re.compile(r"[\x00-\x1f]")
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_LETTERS = str.maketrans(
    {
        "ß": "s",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ħ": "h",
    }
)


def is_post(path: str) -> bool:
    """Tell whether ``path`` is a post or a draft: ``source/_posts/x.md``, in any folder below.

    Where the content directory is itself that of the posts, files stand at its
    top or in folders of any name that does not begin with an underscore.
    """
    folders, name, extension = split(path)
    if extension not in EXTENSIONS or name.startswith(_HIDDEN):
        return False
    place = next((index for index, folder in enumerate(folders) if folder in (POSTS, DRAFTS)), None)
    if place is None:
        return not any(folder.startswith(_HIDDEN) for folder in folders) and not _ELSEWHERE.intersection(folders[:1])
    return folders[:place] in ([], ["source"]) and not any(
        folder.startswith(_HIDDEN) for folder in folders[place + 1 :]
    )


def chosen(path: str, customs: Customs) -> bool | None:
    """Tell whether a file of a site whose configuration is known is below its posts or drafts."""
    if not customs.settings:
        return None
    whole = from_source(path, customs)
    return whole.startswith((f"{POSTS}/", f"{DRAFTS}/")) and is_post(whole)


def from_source(path: str, customs: Customs) -> str:
    """Return the path of a file from the folder of sources."""
    whole = f"{customs.prefix}/{path}" if customs.prefix else path
    source = text(customs.settings.get("source_dir", "")).strip("/") or "source"
    return whole.removeprefix(f"{source}/")


def inner(path: str, customs: Customs) -> str:
    """Return the path of a post from the folder of posts, without extension."""
    whole = from_source(path, customs)
    for folder in (POSTS, DRAFTS):
        whole = whole.removeprefix(f"{folder}/")
    return whole.rpartition(".")[0] or whole


def parsed_name(path: str, customs: Customs) -> dict[str, str]:
    """Return what the name of a post tells, by ``new_post_name``: at least its ``title``, which others call a slug."""
    name = inner(path, customs)
    pattern = text(customs.settings.get("new_post_name", "")) or ":title.md"
    fitting = _shape(pattern.rpartition(".")[0] or pattern).fullmatch(name)
    found = fitting.groupdict() if fitting else {}
    return {**found, "title": found.get("title") or (name if fitting else slugize(name))}


@lru_cache(maxsize=64)
def _shape(pattern: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def segment(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return _SEGMENTS.get(name, "(.+?)").replace("(", f"(?P<{name}>", 1)

    return re.compile(PLACEHOLDER.sub(segment, re.escape(pattern).replace(r"\:", ":")))


def slugize(written: str, *, lower: bool = False) -> str:
    """Return ``written`` with a hyphen for every run of signs and blanks, without accents."""
    plain = written if written.isascii() else _without_accents(written)
    slug = _SPECIAL.sub("-", _CONTROL.sub("", plain)).strip("-")
    return slug.lower() if lower else slug


def _without_accents(written: str) -> str:
    """Take the marks off Latin letters alone: other scripts need theirs."""
    pieces = (
        unicodedata.normalize("NFD", letter)[0] if unicodedata.name(letter, "").startswith("LATIN ") else letter
        for letter in unicodedata.normalize("NFC", written.translate(_LETTERS))
    )
    return "".join(pieces)


def cased(slug: str, customs: Customs) -> str:
    """Return a slug in the case that ``filename_case`` asks for."""
    match text(customs.settings.get("filename_case", "")):
        case "1":
            return slug.lower()
        case "2":
            return slug.upper()
        case _:
            return slug


def home(url: str, customs: Customs) -> str:
    """Return the home page of the site at ``url``: with its path, where only the configuration has that."""
    written, parts = urlsplit(text(customs.settings.get("url", ""))), urlsplit(url)
    below = written.path.rstrip("/") or root(customs)
    return url + below if below and not parts.path and written.hostname in (None, parts.hostname) else url


def root(customs: Customs) -> str:
    """Return the path at which the site is, with a slash before and none behind; "" for the top of its host."""
    written = text(customs.settings.get("root", "")).strip("/")
    return f"/{written}" if written else ""


def shows_future(customs: Customs) -> bool:
    """Tell whether the site shows posts before their date: Hexo does so, unless it is told not to."""
    return bool(customs.settings) and flag(customs.settings.get("future", "true")) is True


def facts(customs: Customs) -> Facts:
    """Return what the configuration says of the site."""
    settings = customs.settings
    languages: Value = settings.get("language", "")
    return Facts(
        title=text(settings.get("title", "")),
        url=text(settings.get("url", "")).rstrip("/"),
        description=text(settings.get("description", "")) or text(settings.get("subtitle", "")),
        language=text(languages[0] if isinstance(languages, list) and languages else languages),
        timezone=text(settings.get("timezone", "")),
        author=text(settings.get("author", "")),
    )
