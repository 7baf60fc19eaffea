"""The tags of Hexo and of its common themes: what each of them shows to a reader of a feed."""

import re
from collections.abc import Callable, Mapping
from html import escape

from feeds.content import figures
from feeds.content.dialects.hexo_site import EXTENSIONS, POSTS, home
from feeds.content.liquid import Mark
from feeds.content.octopress import Octopress, Tag, bare, is_picture, split
from feeds.content.passage import Passage

#: So many other posts of one post are looked up.
_MOST_LOOKS = 500

#: What themes put around text: the frame goes, the text stays, and nobody misses anything.
_FRAMES = (
    "note",
    "tabs",
    "tab",
    "subtabs",
    "fold",
    "folding",
    "hideToggle",
    "hideBlock",
    "details",
    "grid",
    "timeline",
)

_RAW = re.compile(r"\{%-?\s{0,9}(?:end)?raw\s{0,9}-?%\}")
_FLAGS = frozenset({"true", "false"})


class Tags:
    """The tags in one post; ``restored`` gives a text back with the code that was taken out of it."""

    def __init__(self, passage: Passage, restored: Callable[[str], str], *, markdown: bool) -> None:
        self._passage = passage
        self._restored = restored
        self._looks = 0
        self._markdown = markdown
        self._home = home(passage.site.url, passage.customs)
        self._octopress = Octopress(address=self._absolute, markdown=markdown)
        self._assets = folder_of(passage.url)

    def alone(self) -> Mapping[str, Tag]:
        """Return those that stand by themselves."""
        return {
            **self._octopress.alone(),
            "asset_img": self._asset_img,
            "asset_link": self._asset_link,
            "asset_path": lambda mark, _: self._asset(mark),
            "post_link": self._post_link,
            "post_path": lambda mark, _: self._post(bare(next(iter(split(mark.arguments)), ""))) or None,
            **dict.fromkeys(_FRAMES, lambda _mark, _before: ""),
            "link": self._link,
            "iframe": self._iframe,
            "bilibili": self._octopress.player("bilibili"),
            **dict.fromkeys(("btn", "button"), self._button),
            **dict.fromkeys(("fullimage", "fi", "image"), self._octopress.img),
            "label": lambda mark, _: escape(mark.arguments.partition("@")[2].strip()),
        }

    def other(self, mark: Mark, before: str) -> str | None:
        """Return what a tag of any other name shows."""
        return self._octopress.web(mark, before)

    def around(self) -> Mapping[str, Tag]:
        """Return those that have something between them and their end."""
        octopress = self._octopress.around()
        quotation, code = octopress["blockquote"], self._with_code(octopress["codeblock"])
        return {
            **octopress,
            **dict.fromkeys(("code", "codeblock"), code),
            "quote": quotation,
            **dict.fromkeys(("cq", "centerquote"), quotation),
            "mermaid": self._with_code(self._diagram),
        }

    def _with_code(self, tag: Tag) -> Tag:
        """Return a tag that gets the code that was taken out, too: in a block of code there is none of its own."""
        return lambda mark, inner: tag(mark, _RAW.sub("", self._restored(inner)))

    def _absolute(self, path: str) -> str:
        return self._home + path if path.startswith("/") and not path.startswith("//") else path

    def _diagram(self, mark: Mark, inner: str) -> str:
        return figures.code(inner, "mermaid", indentation=mark.indentation, markdown=self._markdown)

    def _asset_img(self, mark: Mark, _before: str) -> str | None:
        """``[class] slug [width [height]] [title [alt]]``: a picture in the folder of the post."""
        words = split(mark.arguments)
        place = next((index for index, word in enumerate(words) if is_picture(word)), 0)
        if not words:
            return None
        address = self._assets + bare(words[place])
        return self._octopress.picture(mark, address, words[place + 1 :])

    def _asset(self, mark: Mark) -> str | None:
        slug = bare(next(iter(split(mark.arguments)), ""))
        return self._assets + slug if slug else None

    def _asset_link(self, mark: Mark, _before: str) -> str | None:
        """``slug [title] [escape]``: a link to a file in the folder of the post."""
        words = split(mark.arguments)
        address = self._asset(mark)
        return figures.anchor(address, _title(words[1:]) or bare(words[0])) if address else None

    def _post_link(self, mark: Mark, _before: str) -> str | None:
        """``slug [title] [escape]``: a link to another post; where there is none, its title alone."""
        words = split(mark.arguments)
        if not words:
            return None
        slug = bare(words[0])
        label = _title(words[1:]) or slug.rpartition("/")[2].replace("-", " ").replace("_", " ").capitalize()
        if address := self._post(slug):
            return figures.anchor(address, label)
        return self._passage.leave_out(mark.written, max(0, self._passage.source.body.find(mark.written))) + escape(
            label
        )

    def _post(self, slug: str) -> str:
        """Return the address of the post whose file is ``slug``, below the folder of posts; "" where there is none."""
        folders = self._passage.source.path.parent.parts
        places = [folders[: folders.index(POSTS) + 1]] if POSTS in folders else []
        several = dict.fromkeys((*places, folders, ()))
        paths = ("/".join((*place, slug)) + kind for place in several for kind in EXTENSIONS)
        self._looks += 1
        return next(filter(None, map(self._passage.address, paths)), "") if slug and self._looks <= _MOST_LOOKS else ""

    def _link(self, mark: Mark, _before: str) -> str | None:
        """``text url [external] [title]``."""
        words = split(mark.arguments)
        place = next((index for index, word in enumerate(words) if bare(word).startswith(("http", "/"))), None)
        if place is None:
            return None
        address = self._absolute(bare(words[place]))
        return figures.anchor(address, " ".join(map(bare, words[:place])) or address)

    def _button(self, mark: Mark, _before: str) -> str | None:
        """``url, text, …``, as themes have it."""
        address, _, rest = mark.arguments.partition(",")
        label = rest.partition(",")[0].strip()
        if not address.strip() or "{" in address:
            return None
        return figures.anchor(self._absolute(bare(address.strip())), bare(label) or address.strip())

    def _iframe(self, mark: Mark, _before: str) -> str | None:
        address = bare(next(iter(split(mark.arguments)), ""))
        return f'<iframe src="{escape(self._absolute(address))}"></iframe>' if address else None


def folder_of(url: str) -> str:
    """Return the address of the folder with the files of the post at ``url``."""
    return url.removesuffix("index.html").removesuffix(".html").rstrip("/") + "/"


def _title(words: list[str]) -> str:
    words = words[:-1] if words and words[-1] in _FLAGS else words
    return " ".join(map(bare, words))
