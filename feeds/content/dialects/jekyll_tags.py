"""The tags of Liquid that Jekyll and its plugins bring, and those of Octopress: what each shows to readers."""

from collections.abc import Callable, Mapping

from feeds.content import figures
from feeds.content.addresses import NOWHERE
from feeds.content.dialects.jekyll_address import Addresses
from feeds.content.liquid import Mark, named
from feeds.content.octopress import Octopress, Tag, is_picture

#: What an include is called that shows a picture, and what its parameters are.
_PICTURES = ("figure", "image", "img", "picture", "photo")
_ADDRESSES = ("src", "url", "image_path", "path", "file", "image", "img", "filename", "href")
_CAPTIONS = ("caption", "title", "description", "desc", "text")

_SERVICES = ("youtube", "vimeo", "gist", "codepen", "jsfiddle", "bilibili", "spotify", "twitch")
_IDS = ("id", "video_id", "video", "gist", "gist_id", "url", "src", "link", "slug")

#: What stands before an address in Markdown and HTML.
_BEFORE_ADDRESS = ("(", "]:", '"', "'", "<", "=")

#: Pieces of pages that say nothing of the post: they go without a word.
_FURNITURE = frozenset({"seo", "feed_meta", "toc", "breadcrumb", "comments", "disqus", "setup", "base-path"})
_FURNITURE_BEGINS = ("toc", "comment", "analytics", "head", "adsense", "disqus")


class Tags:
    """The tags in one post whose body is Markdown or not."""

    def __init__(self, addresses: Addresses, *, markdown: bool, leave_out: Callable[[str, int], str]) -> None:
        self._addresses = addresses
        self._leave_out = leave_out
        self._markdown = markdown
        self._octopress = Octopress(address=addresses.absolute, markdown=markdown)

    def alone(self) -> Mapping[str, Tag]:
        """Return those that stand by themselves."""
        return {
            **self._octopress.alone(),
            **dict.fromkeys(("img", "image"), self._img),
            **dict.fromkeys(("include", "include_relative", "include_cached"), self._include),
            **dict.fromkeys(_FURNITURE, lambda _mark, _before: ""),
            "post_url": self._post_url,
            "link": lambda mark, before: self._or_text(mark, before, self._addresses.file(mark.arguments, before)),
        }

    def around(self) -> Mapping[str, Tag]:
        """Return those that have something between them and their end."""
        return {**self._octopress.around(), "highlight": self._highlight}

    def other(self, mark: Mark, before: str) -> str | None:
        """Return what a tag of any other name shows."""
        return self._octopress.web(mark, before)

    def _post_url(self, mark: Mark, before: str) -> str | None:
        return self._or_text(mark, before, self._addresses.post(mark.arguments, before))

    def _or_text(self, mark: Mark, before: str, found: str | None) -> str | None:
        """Return the address of a page that was ``found``; where there is none a link shows its text."""
        if found is None and before.rstrip().endswith(_BEFORE_ADDRESS):
            return self._leave_out(mark.written, mark.position) + NOWHERE
        return found

    def _highlight(self, mark: Mark, inner: str) -> str:
        language = mark.arguments.split(" ", 1)[0].lower()
        return figures.code(inner, language, indentation=mark.indentation, markdown=self._markdown)

    def _img(self, mark: Mark, before: str) -> str | None:
        parameters = named(mark.arguments)
        address = _first(parameters, _ADDRESSES)
        return self._picture(mark, parameters, address) if address else self._octopress.img(mark, before)

    def _include(self, mark: Mark, _before: str) -> str | None:
        """Show what includes of a telling name are for: pictures, players."""
        name, _, rest = mark.arguments.partition(" ")
        parameters = named(rest)
        stem = name.rpartition("/")[2].partition(".")[0].lower().replace("_", "-")
        if stem in _FURNITURE or stem.startswith(_FURNITURE_BEGINS):
            return ""
        for service in _SERVICES:
            if service in stem or parameters.get("provider", "").lower() == service:
                return figures.player(service, _first(parameters, _IDS), parameters.get("title", ""))
        address = _first(parameters, _ADDRESSES)
        if address and (any(word in stem for word in _PICTURES) or is_picture(address)):
            return self._picture(mark, parameters, address)
        if "video" in stem and address.startswith(("http", "/")):
            return figures.anchor(self._addresses.absolute(address), parameters.get("title", "") or "Video")
        return None

    def _picture(self, mark: Mark, parameters: Mapping[str, str], address: str) -> str | None:
        if "{" in address:
            return None
        width = parameters.get("width", "")
        html = figures.picture(
            self._addresses.absolute(address),
            alt=parameters.get("alt", ""),
            caption=_first(parameters, _CAPTIONS),
            width=width if width.isdecimal() else "",
            link=parameters.get("link", "") or (parameters.get("href", "") if "src" in parameters else ""),
        )
        return self._octopress.placed(mark, html)


def _first(parameters: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((parameters[key] for key in keys if parameters.get(key)), "")
