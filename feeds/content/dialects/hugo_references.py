"""Links from one page of a Hugo site to another: ``ref``, ``relref``, and files of Markdown in links."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from feeds.content.dialects.hugo_site import HugoSite, Place, hugo_site
from feeds.content.passage import Passage
from feeds.content.shortcodes import Shortcode

_LINKED = re.compile(
    r"(\]\(\s*<?|^ {0,3}\[[^\[\]\n]+\]:[ \t]*<?)([^\s<>()#?:]+\.(?:md|markdown))(?=[)#?>\s]|$)", re.MULTILINE
)
_EXTENSIONS = (".md", ".markdown", ".html")


def reference(passage: Passage, mark: Shortcode) -> str:
    """Return the address of the page that a ``ref`` names; "" for none, which is noted."""
    path, hash_, fragment = mark.get("path", place=0).partition("#")
    if not path:
        return f"{hash_}{fragment}"
    language = mark.get("lang", place=1).lower()
    address = next(_addresses(passage, path.strip(), language), "")
    if address:
        return f"{address}{hash_}{fragment}"
    message = f'there is no page "{path[:80]}" for a link to lead to.'
    line = passage.line(mark.start)
    passage.notes.warn("link-unresolved", line, message, "Name a file of the content.", key=f"{line}")
    return ""


def linked(passage: Passage, text: str) -> str:
    """Write the addresses of pages for the files of Markdown that links in ``text`` name."""
    if ".md" not in text and ".markdown" not in text:
        return text

    def address(found: re.Match[str]) -> str:
        return found[1] + (next(_addresses(passage, found[2], ""), "") or found[2])

    return _LINKED.sub(address, text)


def _addresses(passage: Passage, path: str, language: str) -> Iterator[str]:
    """Yield the addresses that ``path`` may stand for, the likeliest first."""
    site = hugo_site(passage.customs)
    own = str(passage.source.path)
    place = site.place(own)
    for content in _contents(place, path):
        for name in _names(site, place, content, language):
            for file in _files(site, own, name):
                if address := passage.address(file):
                    yield address


def _contents(place: Place, path: str) -> Iterator[str]:
    """Yield the paths within the content that are meant: beside the page, from the root, in a section above."""
    if path.startswith("/"):
        yield normpath(path).lstrip("/")
        return
    folder = (*place.folders, place.name) if place.bundle else place.folders
    for depth in range(len(folder), -1, -1):
        found = normpath("/".join((*folder[:depth], path)))
        if not found.startswith(".."):
            yield found


def _names(site: HugoSite, place: Place, content: str, language: str) -> Iterator[str]:
    """Yield the files that a page at ``content`` may be, in the language of the link or of the page it is on."""
    code = language or (place.tongue.code if place.tongue is not site.default else "")
    path = PurePosixPath(content)
    extensions = (path.suffix,) if path.suffix in _EXTENSIONS else _EXTENSIONS
    bare = str(path.with_suffix("")) if path.suffix in _EXTENSIONS else content
    for extension in extensions:
        if code:
            yield f"{bare}.{code}{extension}"
        yield f"{bare}{extension}"
    if path.suffix not in _EXTENSIONS:
        if code:
            yield f"{content}/index.{code}.md"
        yield f"{content}/index.md"


def _files(site: HugoSite, own: str, content: str) -> Iterator[str]:
    """Yield the paths from the content directory; it may be a section, where nothing tells how its site calls it."""
    yield from site.files(content)
    _, slash, rest = content.partition("/")
    if slash and not site.known and not own.startswith("content/"):
        yield rest
