"""The tags of Octopress, which Jekyll's authors and Hexo have from there: pictures, code, quotations, players."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from feeds.content import figures
from feeds.content.liquid import Mark, named

_WORDS = re.compile(r"""\"[^"]*"|'[^']*'|\S+""")
_QUOTED = re.compile(r"""["']([^"']*)["']""")
_SIZE = re.compile(r"\d{1,5}(?:%|px)?")
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif")
_WEB = ("http://", "https://")

#: Longer arguments are not read.
_LONGEST = 2000

#: A tag by itself, with the text before it, gives what it shows; one with an end has what is between: None for neither.
Tag = Callable[[Mark, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Octopress:
    """The tags in one body, ``markdown`` or HTML; ``address`` makes paths from the top of the site absolute."""

    address: Callable[[str], str]
    markdown: bool

    def alone(self) -> Mapping[str, Tag]:
        """Return those that stand by themselves."""
        players = {kind: self.player(kind) for kind in ("gist", "youtube", "vimeo", "jsfiddle", "codepen")}
        return {
            **dict.fromkeys(("img", "image", "imgcap"), self.img),
            **players,
            "video": self.file,
            "audio": self.file,
        }

    def around(self) -> Mapping[str, Tag]:
        """Return those that have something between them and their end."""
        return {
            "codeblock": self.codeblock,
            "blockquote": self.blockquote,
            "pullquote": lambda _, inner: inner.replace('{"', "").replace('"}', ""),
        }

    def img(self, mark: Mark, _before: str) -> str | None:
        """``[class] path [width [height]] [title [alt]]``."""
        words = split(mark.arguments)
        place = next((index for index, word in enumerate(words) if is_picture(word)), None)
        return None if place is None else self.picture(mark, words[place], words[place + 1 :])

    def picture(self, mark: Mark, written: str, rest: list[str]) -> str:
        """Return the picture at the address ``written`` in a mark, with the sizes and texts behind it."""
        sizes = [word for word in rest[:2] if _SIZE.fullmatch(word)]
        texts = " ".join(rest[len(sizes) :])
        title, alt = [*(_QUOTED.findall(texts) or [texts]), "", ""][:2]
        width = sizes[0].rstrip("%px") if sizes and not sizes[0].endswith("%") else ""
        return self.placed(mark, figures.picture(self.address(bare(written)), alt=alt, title=title, width=width))

    def placed(self, mark: Mark, html: str) -> str:
        """Return HTML in the place of a mark, apart from what follows: Markdown takes that for more of it."""
        return f"{html}\n" if self.markdown and mark.alone else html

    def codeblock(self, mark: Mark, inner: str) -> str:
        """``[title] [lang:language] [url [link text]]``."""
        words = split(mark.arguments)
        language = next((word.removeprefix("lang:") for word in words if word.startswith("lang:")), "")
        block = figures.code(inner, language, indentation=mark.indentation, markdown=self.markdown)
        place = _place_of_link(words)
        title = " ".join(bare(word) for word in words[:place] if ":" not in word)
        return f"{escape(title)}\n\n{block}" if title and mark.indentation == "" and self.markdown else block

    def blockquote(self, mark: Mark, inner: str) -> str:
        """``[author[, source]] [link [source title]]``."""
        words = split(mark.arguments)
        place = _place_of_link(words)
        source = escape(" ".join(map(bare, words[:place])))
        if place < len(words):
            source += " " + figures.anchor(words[place], " ".join(map(bare, words[place + 1 :])) or words[place])
        return figures.quotation(inner, source.strip(), markdown=self.markdown)

    def file(self, mark: Mark, _before: str) -> str | None:
        """``path …``: a file that is played; what follows says how."""
        address = bare(next(iter(split(mark.arguments)), ""))
        if not address or "{" in address:
            return None
        return figures.anchor(self.address(address), f"{mark.name.title()}: {address.rpartition('/')[2]}")

    def web(self, mark: Mark, _before: str) -> str | None:
        """Return a link for a tag of any name with an address of the web: it shows something from there."""
        words = split(mark.arguments)
        address = bare(words[0]) if words else ""
        return figures.anchor(address, address) if address.startswith(_WEB) and "{" not in address else None

    def player(self, kind: str) -> Tag:
        """Return the tag for what a service plays: ``id …``, or ``id="…"``."""

        def played(mark: Mark, _before: str) -> str | None:
            parameters = named(mark.arguments)
            name = next((parameters[key] for key in ("id", "src", "url") if parameters.get(key)), "")
            name = name or bare(next(iter(split(mark.arguments)), ""))
            return figures.player(kind, name) if "{" not in name else None

        return played


def split(arguments: str) -> list[str]:
    """Return the words of the arguments of a tag, texts in quotes as one; nothing where they are too long."""
    return _WORDS.findall(arguments) if len(arguments) <= _LONGEST else []


def bare(word: str) -> str:
    """Return a word without the quotes around it."""
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'" else word


def is_picture(word: str) -> bool:
    """Tell whether a word is the address of a picture, by its looks."""
    written = bare(word).lower()
    path = written.partition("?")[0]
    return "{" not in written and (path.endswith(_IMAGES) or path.startswith(("/", *_WEB)))


def _place_of_link(words: list[str]) -> int:
    return next((index for index, word in enumerate(words) if word.startswith((*_WEB, "/"))), len(words))
