"""Links from one page of a Hugo site to another: ``ref``, ``relref``, and files of Markdown in links."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from feeds.content.addresses import Addresses, nowhere
from feeds.content.dialects.hugo_site import HugoSite, Place, hugo_site
from feeds.content.passage import Passage
from feeds.content.shortcodes import Shortcode

_LINKED = re.compile(
    r"(\]\(\s*<?|^ {0,3}\[[^\[\]\n]+\]:[ \t]*<?)([^\s<>()#?:]+\.(?:md|markdown))(?=[)#?>\s]|$)", re.MULTILINE
)
_EXTENSIONS = (".md", ".markdown", ".html")


class Pages:
    """The pages that the body of one page names."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._addresses = Addresses(passage.address)
        self._known: dict[tuple[str, str], str] = {}

    def reference(self, mark: Shortcode) -> str:
        """Return the address that a ``ref`` leads to; of none, which is noted, a link shows its text."""
        path, hash_, fragment = mark.get("path", place=0).partition("#")
        if not path:
            return f"{hash_}{fragment}"
        address = self._address(path.strip(), mark.get("lang", place=1).lower())
        if address:
            return f"{address}{hash_}{fragment}"
        notes, shown = self._passage.notes, path[:80]
        if notes.is_news("link-unresolved", shown):
            message = f'there is no page "{shown}" for a link to lead to.'
            advice = "Name a file of the content."
            notes.warn("link-unresolved", self._passage.line(mark.start), message, advice, key=shown)
        return nowhere(self._passage.source.body, mark.start)

    def linked(self, text: str) -> str:
        """Write the addresses of pages for the files of Markdown that links in ``text`` name."""
        if ".md" not in text and ".markdown" not in text:
            return text
        return _LINKED.sub(lambda link: link[1] + (self._address(link[2], "") or link[2]), text)

    def _address(self, path: str, language: str) -> str:
        if (path, language) not in self._known:
            files = _files(self._passage, path, language)
            self._known[path, language] = self._addresses.first(files)
        return self._known[path, language]


def _files(passage: Passage, path: str, language: str) -> Iterator[str]:
    """Yield the files, from the content directory, that ``path`` may stand for, the likeliest first."""
    site = hugo_site(passage.customs)
    own = str(passage.source.path)
    place = site.place(own)
    for content in _contents(place, path):
        for name in _names(site, place, content, language):
            yield from _from_directory(site, own, name)


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


def _from_directory(site: HugoSite, own: str, content: str) -> Iterator[str]:
    """Yield the paths from the content directory; it may be a section, where nothing tells how its site calls it."""
    yield from site.files(content)
    _, slash, rest = content.partition("/")
    if slash and not site.known and not own.startswith("content/"):
        yield rest
