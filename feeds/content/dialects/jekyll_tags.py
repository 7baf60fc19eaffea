"""The tags of Liquid that Jekyll, its plugins and Octopress bring: what each of them shows to a reader of a feed."""

import re
from collections.abc import Callable, Mapping
from html import escape

from feeds.content import figures
from feeds.content.dialects.jekyll_address import Addresses
from feeds.content.dialects.jekyll_site import EXTENSIONS
from feeds.content.liquid import Mark
from feeds.content.liquid.values import named

_WORDS = re.compile(r'"[^"]*"|\S+')
_QUOTED = re.compile(r"""["']([^"']*)["']""")
_SIZES = re.compile(r"\d{1,5}%?(?:px)?")
_CLASSES = frozenset({"left", "right", "center"})
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif")

#: What an include is called that shows a picture, and what its parameters are.
_PICTURES = ("figure", "image", "img", "picture", "photo")
_ADDRESSES = ("src", "url", "image_path", "path", "file", "image", "img", "filename", "href")
_CAPTIONS = ("caption", "title", "description", "desc", "text")
_IDS = ("id", "video_id", "video", "gist", "gist_id", "url", "src", "link", "slug")

#: Pieces of pages that say nothing of the post: they go without a word.
_FURNITURE = frozenset({"seo", "feed_meta", "toc", "endtoc", "breadcrumb", "comments", "disqus"})


class Tags:
    """The tags in one post; ``markdown`` tells how its body is written."""

    def __init__(self, addresses: Addresses, suffix: str) -> None:
        self._addresses = addresses
        self._markdown = suffix.lower() not in (".html", ".htm")

    @property
    def alone(self) -> Mapping[str, Callable[[Mark, str], str | None]]:
        """Those that stand by themselves."""
        return {
            "post_url": lambda mark, before: self._addresses.post(mark.arguments, before),
            "link": lambda mark, before: self._addresses.file(mark.arguments, before),
            "include": self._include,
            "include_relative": self._include,
            "include_cached": self._include,
            "img": self._img,
            "image": self._img,
            "imgcap": self._img,
            "gist": lambda mark, _: self._played("gist", mark),
            "youtube": lambda mark, _: self._played("youtube", mark),
            "vimeo": lambda mark, _: self._played("vimeo", mark),
            "video": self._video,
            "jsfiddle": lambda mark, _: self._played("jsfiddle", mark),
            "codepen": lambda mark, _: self._played("codepen", mark),
            **dict.fromkeys(_FURNITURE, lambda _mark, _before: ""),
        }

    @property
    def around(self) -> Mapping[str, Callable[[Mark, str], str | None]]:
        """Those that have something between them and their end."""
        return {
            "highlight": self._highlight,
            "codeblock": self._codeblock,
            "blockquote": self._blockquote,
            "pullquote": lambda _, inner: inner.replace('{"', "").replace('"}', ""),
        }

    def _highlight(self, mark: Mark, inner: str) -> str:
        language = mark.arguments.split(" ", 1)[0].lower()
        return figures.code(inner, language, indentation=mark.indentation, markdown=self._markdown)

    def _codeblock(self, mark: Mark, inner: str) -> str:
        """Octopress: ``[title] [lang:language] [url [link text]]``; what is between is indented or not."""
        words = mark.arguments.split()
        language = next((word[5:] for word in words if word.startswith("lang:")), "")
        block = figures.code(inner, language, indentation=mark.indentation, markdown=self._markdown)
        title = " ".join(_title_words(words))
        return f"{escape(title)}\n\n{block}" if title and mark.indentation == "" and self._markdown else block

    def _blockquote(self, mark: Mark, inner: str) -> str:
        """Octopress: ``[author[, source]] [link [source title]]``."""
        words = mark.arguments.split()
        place = next((index for index, word in enumerate(words) if _is_web(word)), len(words))
        source = escape(" ".join(words[:place]))
        if place < len(words):
            source += " " + figures.anchor(words[place], " ".join(words[place + 1 :]) or words[place])
        return figures.quotation(inner, source.strip(), markdown=self._markdown)

    def _img(self, mark: Mark, _before: str) -> str | None:
        """Octopress: ``[class] path [width [height]] [title [alt]]``."""
        parameters = named(mark.arguments)
        if address := _first(parameters, _ADDRESSES):
            return self._picture(parameters, address)
        words = _WORDS.findall(mark.arguments[:2000])
        place = next((index for index, word in enumerate(words) if _is_picture(word)), None)
        if place is None:
            return None
        rest = words[place + 1 :]
        sizes = [word for word in rest[:2] if _SIZES.fullmatch(word)]
        texts = " ".join(rest[len(sizes) :])
        quoted = _QUOTED.findall(texts) or ([texts] if texts else [])
        title, alt = [*quoted, "", ""][:2]
        address = self._addresses.absolute(words[place].strip("\"'"))
        return figures.picture(address, alt=alt, title=title, width=sizes[0].rstrip("%px") if sizes else "")

    def _include(self, mark: Mark, _before: str) -> str | None:
        """Show what includes of a telling name are for: pictures, players."""
        name, _, rest = mark.arguments.partition(" ")
        parameters = named(rest)
        stem = name.rpartition("/")[2].partition(".")[0].lower().replace("_", "-")
        if stem in _FURNITURE or stem.startswith(("toc", "comment", "analytics", "head", "adsense")):
            return ""
        for kind in ("youtube", "vimeo", "gist", "codepen", "jsfiddle", "bilibili", "spotify", "twitch"):
            if kind in stem or parameters.get("provider", "").lower() == kind:
                found = _first(parameters, _IDS)
                return figures.player(kind, found, parameters.get("title", "")) if found else None
        address = _first(parameters, _ADDRESSES)
        if address and (any(word in stem for word in _PICTURES) or _is_picture(address)):
            return self._picture(parameters, address)
        if "video" in stem and _is_web(address):
            return figures.anchor(address, parameters.get("title", "") or "Video")
        return None

    def _picture(self, parameters: Mapping[str, str], address: str) -> str | None:
        if "{" in address:
            return None
        return figures.picture(
            self._addresses.absolute(address),
            alt=parameters.get("alt", ""),
            caption=_first(parameters, _CAPTIONS),
            width=parameters.get("width", "") if _SIZES.fullmatch(parameters.get("width", "")) else "",
            link=parameters.get("link", "") or parameters.get("href", ""),
        )

    def _played(self, kind: str, mark: Mark) -> str | None:
        parameters = named(mark.arguments) if "=" in mark.arguments else {}
        words = mark.arguments.split()
        name = _first(parameters, _IDS) or (words[0].strip("\"'") if words else "")
        return figures.player(kind, name) if name and "{" not in name else None

    def _video(self, mark: Mark, _before: str) -> str | None:
        address = next(iter(mark.arguments.split()), "").strip("\"'")
        if not address or "{" in address:
            return None
        address = self._addresses.absolute(address)
        return figures.anchor(address, f"Video: {address.rpartition('/')[2]}")


def is_text(path: str) -> bool:
    """Tell whether a file becomes a page."""
    return path.lower().endswith(EXTENSIONS)


def _title_words(words: list[str]) -> list[str]:
    place = next((index for index, word in enumerate(words) if _is_web(word)), len(words))
    return [word for word in words[:place] if ":" not in word]


def _first(parameters: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((parameters[key] for key in keys if parameters.get(key)), "")


def _is_picture(word: str) -> bool:
    path = word.strip("\"'").lower().partition("?")[0]
    return word not in _CLASSES and (path.endswith(_IMAGES) or (path.startswith(("/", "http")) and "{" not in path))


def _is_web(word: str) -> bool:
    return word.startswith(("http://", "https://", "/"))
