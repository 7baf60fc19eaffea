"""What Eleventy's data files say of templates: those of a folder and of a template, the deepest last."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feeds.content.fields import text
from feeds.content.javascript import literals
from feeds.content.notes import Notes
from feeds.content.structured import structured
from feeds.model.customs import Customs, Facts
from feeds.model.source import Value

CONFIG_FILES = (
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.cjs",
    "eleventy.config.mjs",
    "eleventy.config.ts",
)
DATA_FILES = (
    # All JSON but package-lock.json, which is large and says nothing here.
    *("**/*[!k].json", "**/*[!c]k.json", "**/*[!o]ck.json", "**/*[!l]ock.json", "**/*[!-]lock.json"),
    *("**/*.11tydata.js", "**/*.11tydata.cjs", "**/*.11tydata.mjs"),
    *("_data/*.json", "*/_data/*.json", "_data/*.js", "*/_data/*.js", "_data/*.cjs", "*/_data/*.cjs"),
)
_INPUT = re.compile(r"""\binput\s*:\s*["']\.?/?([^"'\n]*?)/?["']|setInputDirectory\(\s*["']\.?/?([^"'\n]*?)/?["']""")
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+\*/|(?<!:)//[^\n]*")
_PREFIX = re.compile(r"""\bpathPrefix["']?\s*[:=]\s*(["'`])([^"'`\n$]*)\1""")
_SCRIPTS = (".js", ".cjs", ".mjs", ".ts")
#: Of a site's data, the names of the file that describes the site.
_SITE = frozenset({"site", "metadata", "meta", "config", "siteconfig", "global", "settings"})


def read_config(name: str, written: str, notes: Notes) -> Mapping[str, Value]:
    """Read a configuration or a data file; of others than those of a folder or of the site nothing is kept."""
    path = PurePosixPath(name)
    if name in CONFIG_FILES:
        found = _INPUT.search(written)
        prefix = _PREFIX.search(_COMMENT.sub("", written))
        return {
            "input": (found[1] or found[2] or "") if found else "",
            "prefix": prefix[2] if prefix else "",
            "configuration": name,
        }
    stem = path.name.split(".")[0]
    if path.parent.name == "_data":
        if stem.lower() not in _SITE:
            return {}
    elif ".11tydata." not in path.name and stem != path.parent.name:
        return {}
    if path.suffix in _SCRIPTS:
        return literals(written)
    return structured(name, written, notes)


def cascade(path: PurePosixPath, customs: Customs) -> tuple[dict[str, Value], list[str]]:
    """Return what the data files say of the template at ``path``, and the tags that they give it."""
    found: dict[str, Value] = {}
    tags: list[str] = []
    if customs.data:
        whole = PurePosixPath(customs.prefix, path)
        for data in _data_of(whole, customs):
            tags += _names(data.get("tags", ""))
            found |= {key.lower(): value for key, value in data.items() if key != "eleventyComputed"}
    found.pop("tags", None)
    return found, tags


def facts(customs: Customs) -> Facts:
    """Return what the data of the site say of it."""
    for name in sorted(customs.data):
        path, data = PurePosixPath(name), customs.data[name]
        if path.parent.name == "_data" and path.name.split(".")[0].lower() in _SITE and isinstance(data, dict):
            author = data.get("author", "")
            url = text(data.get("url", "") or data.get("baseUrl", "")).rstrip("/")
            return Facts(
                title=text(data.get("title", "") or data.get("name", "")),
                url=home(url, customs) if url else "",
                description=text(data.get("description", "")),
                language=text(data.get("language", "") or data.get("lang", "") or data.get("locale", "")),
                author=text(author.get("name", "")) if isinstance(author, dict) else text(author),
            )
    return Facts()


def input_path(path: PurePosixPath, customs: Customs) -> PurePosixPath:
    """Return the path of a template from the folder that Eleventy reads."""
    whole = PurePosixPath(customs.prefix, path)
    home = PurePosixPath(text(customs.settings.get("input", "")))
    return whole.relative_to(home) if home.parts and whole.is_relative_to(home) else whole


def home(url: str, customs: Customs) -> str:
    """Return the home page of the site at ``url``: with the ``pathPrefix``, where only the configuration has that."""
    prefix = text(customs.settings.get("prefix", "")).strip("/")
    return url if not prefix or urlsplit(url).path.strip("/") else f"{url}/{prefix}"


def under_prefix(path: str, url: str, customs: Customs) -> str:
    """Return what Eleventy's filter ``url`` makes of ``path``, on a site at ``url``: only paths from its top change."""
    if not path.startswith("/") or path.startswith("//") or not text(customs.settings.get("prefix", "")).strip("/"):
        return path
    below = urlsplit(home(url, customs)).path.rstrip("/")
    return path if f"{path}/".startswith(f"{below}/") else below + path


def _data_of(path: PurePosixPath, customs: Customs) -> Iterator[Mapping[str, Value]]:
    folders = [folder for folder in reversed(path.parents) if folder.name]
    files = [folder / f"{folder.name}{end}" for folder in folders for end in _ENDS]
    files += [path.parent / f"{path.name.split('.')[0]}{end}" for end in _ENDS]
    for file in files:
        data = customs.data.get(file.as_posix())
        if isinstance(data, dict):
            yield data


_ENDS = (".json", ".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")


def _names(value: Value) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [name for name in listed if isinstance(name, str) and name]
