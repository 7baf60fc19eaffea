"""Addresses that Jekyll's tags and filters make: of other posts, of pages and files, from the top of the site."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from feeds.content.dialects.jekyll_links import output_extension
from feeds.content.dialects.jekyll_site import (
    DATED,
    EXTENSIONS,
    PAGE_FOLDERS,
    POSTS,
    base,
    collection_of,
    from_content,
    from_root,
    home,
    permalink,
    with_source,
)
from feeds.content.fields import text
from feeds.content.passage import Passage
from feeds.model.source import Value

_WEB = ("http://", "https://", "//", "mailto:")
#: So many other posts of one post are looked up.
_MOST_LOOKS = 500

#: What need not be encoded in a path, not even inside a link of Markdown.
_UNTOUCHED = "/:@!$&*+,;=-._~%"

_PART = re.compile(r":([a-z_]+)")
_SLASHES = re.compile(r"/{2,}")
_SLASHED = frozenset({"pretty", ":pretty"})


class Addresses:
    """The addresses of one site, seen from one of its posts."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._customs = passage.customs
        self._looks = 0
        self._home = home(passage.site.url, passage.customs)
        path = urlsplit(self._home).path
        #: Where the site begins: "" or a path without a slash at its end.
        self.base = base(passage.customs) or path

        #: The address of the site without its base.
        self.host = self._home.removesuffix(self.base)

    def absolute(self, path: str) -> str:
        """Return the whole address of a path from the top of the site; one that is relative to the page stays so."""
        if path.startswith("/") and not path.startswith("//"):
            return self.host + self._with_base(path)
        return path

    def relative_url(self, value: Value, _: list[str]) -> Value:
        """Put the base of the site before a path, as the filter of this name does."""
        written = value if isinstance(value, str) else ""
        return written if written.startswith(_WEB) else self._with_base("/" + written.lstrip("/"))

    def absolute_url(self, value: Value, _: list[str]) -> Value:
        """Put the address of the site before a path, as the filter of this name does."""
        written = value if isinstance(value, str) else ""
        return written if written.startswith(_WEB) else self.host + self._with_base("/" + written.lstrip("/"))

    def post(self, name: str, before: str) -> str | None:
        """Return the path of the page of the post ``2024-01-31-slug``, also in a folder; None where there is none."""
        return self._joined(self._first(self._candidates(name.strip("\"'/ "))), before)

    def file(self, written: str, before: str) -> str | None:
        """Return the path of the page that the file ``written``, a path from the root, becomes; None if not known."""
        path = written.strip("\"'/ ")
        if not path or "{" in path:
            return None
        address = self._first([from_content(path, self._customs)]) or self._post_beside(path)
        page = None if address else self._page(path)
        return self._joined(address or (self._home + quote(page, safe=_UNTOUCHED) if page else ""), before)

    def _post_beside(self, path: str) -> str:
        name = PurePosixPath(path).stem
        return self._first(self._candidates(name)) if DATED.match(name) else ""

    def _first(self, paths: list[str]) -> str:
        """Return the address of the first of these files that is a post, "" for none, and after too many looks."""
        self._looks += 1
        return next(filter(None, map(self._passage.address, paths)), "") if self._looks <= _MOST_LOOKS else ""

    def _candidates(self, name: str) -> list[str]:
        """List where a post may be: in the folder of this one, and in the folders of posts above it, by years too."""
        folders = self._passage.source.path.parent.parts
        places = [folders]
        if POSTS in folders:
            places.append(folders[: folders.index(POSTS) + 1])
        places += [(), (POSTS,)]
        year = name.rpartition("/")[2][:4]
        several = ("/".join((*place, *more)) for place in dict.fromkeys(places) for more in ((), (year,)))
        return [f"{folder}/{name}{kind}".lstrip("/") for folder in several for kind in EXTENSIONS]

    def _page(self, path: str) -> str | None:
        """Return the path of the page, or of the file itself where it becomes none; None where nobody can know it."""
        if not path.lower().endswith(EXTENSIONS):
            return f"/{path}"
        own = self._own(path)
        if own is None:
            return None
        return _filled(own, PurePosixPath(path)) if own else self._by_place(path)

    def _own(self, path: str) -> str | None:
        """Return the permalink in the front matter of a page, "" for none, None for one that cannot be looked at."""
        whole, prefix = with_source(path, self._customs), self._customs.prefix
        if not prefix or whole.startswith(f"{prefix}/"):
            self._looks += 1
            found = self._passage.front(whole.removeprefix(f"{prefix}/")) if self._looks <= _MOST_LOOKS else None
            if found is not None:
                return text(found.get("permalink", ""))
        elif whole in self._customs.data:
            page = self._customs.data[whole]
            return text(page.get("permalink", "")) if isinstance(page, dict) else ""
        elif whole[: whole.rfind("/") + 1] not in PAGE_FOLDERS:
            return None
        return "" if self._customs.settings else None

    def _by_place(self, path: str) -> str:
        whole = PurePosixPath(from_root(path, self._customs) if not self._customs.prefix else path)
        collection = collection_of(str(whole))
        inner = str(whole.with_suffix("")).partition("/")[2] if collection else str(whole.with_suffix(""))
        pattern = permalink(self._customs, collection or "posts")
        if collection and ":path" in pattern:
            filled = pattern.replace(":collection", collection).replace(":path", inner)
            return filled.replace(":output_ext", output_extension(whole.suffix))
        stem = f"/{collection}/{inner}" if collection else f"/{inner}"
        if whole.stem == "index":
            return stem.removesuffix("index")
        slash = pattern.endswith("/") or pattern in _SLASHED
        return f"{stem}/" if slash else stem + output_extension(whole.suffix)

    def _joined(self, address: str, before: str) -> str | None:
        """Return an address as a path, without what was written ``before`` it already."""
        if not address:
            return None
        path = address.removeprefix(self.host) if address.startswith(f"{self.host}/") else address
        return path.removeprefix(self.base) if self.base and before.endswith(self.base) else path

    def _with_base(self, path: str) -> str:
        return path if not self.base or path.startswith(f"{self.base}/") else self.base + path


def _filled(pattern: str, path: PurePosixPath) -> str:
    """Return the path that a page's own ``permalink`` gives it."""
    parts = {"path": path.parent.as_posix().strip("."), "basename": path.stem, "name": path.stem}
    parts["output_ext"] = output_extension(path.suffix)
    filled = _PART.sub(lambda part: parts.get(part[1], part[0]), pattern)
    return "/" + _SLASHES.sub("/", filled).lstrip("/")
