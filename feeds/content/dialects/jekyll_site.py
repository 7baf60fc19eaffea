"""What Jekyll's files say of a site: where its posts are, and where its pages."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feeds.content.dialects.dialect import split
from feeds.content.fields import flag, text
from feeds.content.notes import Notes
from feeds.content.sections import front
from feeds.content.structured import structured
from feeds.model.customs import Customs, Facts
from feeds.model.source import Value

EXTENSIONS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm")
CONFIG_FILES = ("_config.yml", "_config.yaml", "_config.toml")

#: Of the data files those that name authors: were all of them read, a change of any would have every post read again.
DATA_FILES = tuple(
    f"_data/{name}.{kind}" for name in ("authors", "people", "members") for kind in ("yml", "yaml", "json", "toml")
)

#: Pages that may have an address of their own; those in the content directory are asked for one by one.
PAGE_FOLDERS = ("", "_pages/", "pages/")
PAGE_FILES = tuple(f"{folder}*.{kind}" for folder in PAGE_FOLDERS for kind in ("md", "markdown", "html"))

POSTS, DRAFTS = "_posts", "_drafts"

#: The name of a post, without extension: its date and its slug.
DATED = re.compile(r"(\d{4}|\d\d)-(\d{1,2})-(\d{1,2})-(.+)")


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read a configuration or a data file; of a page its ``permalink`` alone, so that no other edit of it counts."""
    if PurePosixPath(name).suffix not in (".md", ".markdown", ".html"):
        return structured(name, written, notes)
    if "permalink" not in written:
        return {}
    own = text(front(written, notes).get("permalink", ""))
    return {"permalink": own} if own else {}


def is_post(path: str) -> bool:
    """Tell whether ``path`` is a post or a draft: ``_posts/2024-01-31-x.md``, ``films/_posts/2024/2024-01-31-x.md``.

    Where the content directory is itself that of the posts, files stand at its
    top or in folders of any name that does not begin with an underscore.
    """
    folders, name, extension = split(path)
    if extension not in EXTENSIONS or name.startswith((".", "_", "#", "~")):
        return False
    place = next((index for index, folder in enumerate(folders) if folder in (POSTS, DRAFTS)), len(folders))
    if any(folder.startswith((".", "_", "#", "~")) for folder in folders[:place]):
        return False
    return folders[place:][:1] == [DRAFTS] or DATED.fullmatch(name) is not None


def chosen(path: str, customs: Customs) -> bool | None:
    """Tell whether a file of a site whose configuration is known is a post, or an item of a collection with a feed.

    Collections have a feed where ``feed.collections`` (jekyll-feed) says so, or
    where the content directory is their folder.
    """
    if not customs.settings:
        return None
    whole = from_root(path, customs)
    folders, name, extension = split(whole)
    if _is_excluded(whole, customs.settings.get("exclude", "")):
        return False
    if POSTS in folders or DRAFTS in folders:
        return is_post(whole)
    collection = collection_of(whole)
    is_text = extension in EXTENSIONS and not name.startswith((".", "_", "#", "~"))
    return bool(collection) and is_text and collection in _with_feed(customs)


def from_root(path: str, customs: Customs) -> str:
    """Return the path of a file from the folder that Jekyll reads: the root of the site, or its ``source``."""
    whole = f"{customs.prefix}/{path}" if customs.prefix else path
    for key in ("source", "collections_dir"):
        folder = text(customs.settings.get(key, "")).strip("./")
        if folder and whole.startswith(f"{folder}/"):
            whole = whole[len(folder) + 1 :]
    return whole


def with_source(path: str, customs: Customs) -> str:
    """Return the path of a file from the root of the site, given the one from the folder that Jekyll reads."""
    source = text(customs.settings.get("source", "")).strip("./")
    return f"{source}/{path}" if source else path


def from_content(path: str, customs: Customs) -> str:
    """Return the path of a file in the content directory, given the one from the folder that Jekyll reads."""
    whole = with_source(path, customs)
    return whole.removeprefix(f"{customs.prefix}/") if customs.prefix else whole


def collection_of(path: str) -> str:
    """Return the collection that a file belongs to by its ``path`` from the root, without underscore; "" for none."""
    first = path.partition("/")[0]
    return first.removeprefix("_") if first.startswith("_") and "/" in path else ""


def kind_of(path: str) -> str:
    """Return the type of a post for scopes of defaults: "posts", "drafts", or the collection it is in."""
    folders = path.split("/")[:-1]
    if DRAFTS in folders:
        return "drafts"
    return collection_of(path) if POSTS not in folders and collection_of(path) else "posts"


def base(customs: Customs) -> str:
    """Return the path at which the site is, with a slash before and none behind; "" for the top of its host."""
    written = text(customs.settings.get("baseurl", "") or customs.settings.get("root", "")).strip("/")
    return f"/{written}" if written else ""


def home(url: str, customs: Customs) -> str:
    """Return the home page of the site at ``url``: with its base, where only the configuration has that."""
    below, parts = base(customs), urlsplit(url)
    host = urlsplit(text(customs.settings.get("url", ""))).hostname
    if below and not parts.path.strip("/") and host in (None, "localhost", parts.hostname):
        return url + below
    return url


def permalink(customs: Customs, collection: str = "posts") -> str:
    """Return the pattern that the site has for the pages of a collection, "" for none."""
    own = _map(_map(customs.settings.get("collections", "")).get(collection, ""))
    whole = text(customs.settings.get("permalink", "")) if collection == "posts" else ""
    return text(own.get("permalink", "")) or whole


def shows_future(customs: Customs) -> bool:
    """Tell whether the site shows posts before their date."""
    return flag(customs.settings.get("future", "")) is True


def facts(customs: Customs) -> Facts:
    """Return what the configuration says of the site."""
    settings = customs.settings
    author = settings.get("author", "")
    return Facts(
        title=text(settings.get("title", "")) or text(settings.get("name", "")),
        url=(text(settings.get("url", "")).rstrip("/") + base(customs)) if settings.get("url") else "",
        description=text(settings.get("description", "")) or text(settings.get("subtitle", "")),
        language=text(settings.get("lang", "") or settings.get("language", "") or settings.get("locale", "")),
        timezone=text(settings.get("timezone", "")),
        author=text(_map(author).get("name", "")) or text(author),
    )


def _with_feed(customs: Customs) -> frozenset[str]:
    wanted = _map(customs.settings.get("feed", "")).get("collections", "")
    names = wanted if isinstance(wanted, list | dict) else [wanted]
    above = collection_of(f"{from_root('', customs)}x")
    return frozenset(text(name) for name in [*names, above]) - {""}


def _map(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _is_excluded(path: str, patterns: Value) -> bool:
    for pattern in patterns if isinstance(patterns, list) else [patterns]:
        if written := text(pattern).strip("/"):
            if path == written or path.startswith(f"{written}/"):
                return True
            if "*" in written and matches(path, written):
                return True
    return False


def matches(path: str, pattern: str) -> bool:
    """Tell whether a path, or a folder that it is in, fits a pattern with ``*`` and ``**``."""
    return _compiled(pattern).match(path) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*+|\?)", pattern)
    signs = {"**/": "(?:.*/)?", "**": ".*", "?": "[^/]"}
    body = "".join(signs.get(part, "[^/]*") if index % 2 else re.escape(part) for index, part in enumerate(parts))
    return re.compile(f"{body}(?:/|$)")
