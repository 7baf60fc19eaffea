"""The directives and roles of site generators, beside those that reStructuredText has itself.

What plays becomes a frame, as in HTML: a link is made of it later.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

#: The player of each service, for the id or address of what it plays.
PLAYERS = {
    "youtube": "https://www.youtube.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
    "soundcloud": "https://soundcloud.com/{}",
}

#: The options of a directive whose content is in another file.
_ELSEWHERE = frozenset({"file", "url"})


def frame(service: str, name: str) -> str:
    """Return the player of a ``service`` of `PLAYERS` as HTML."""
    return f'<iframe src="{escape(PLAYERS[service].format(quote(name, safe="/-_")))}"></iframe>'


def gist(name: str) -> str:
    """Return a link to a gist, which is fetched by a script on the site."""
    address = f"https://gist.github.com/{quote(name.removesuffix('.js'), safe='/-_')}"
    return f'<p><a href="{address}">{address}</a></p>'


class _AnyOption(dict[str, Any]):
    """The options of a directive, whatever they are called."""

    def __missing__(self, name: str) -> Any:
        return str


@cache
def register() -> None:
    """Make them known to docutils, once."""
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives, roles
    from docutils.parsers.rst.directives.images import Figure

    class Code(Directive):
        """Code in any language, with whatever options its highlighter has."""

        optional_arguments = 1
        final_argument_whitespace = True
        option_spec = _AnyOption()
        has_content = True

        def run(self) -> list[nodes.Node]:
            code = "\n".join(self.content)
            return [nodes.literal_block(code, code, classes=["code"])]

    class Player(Directive):
        """What a service plays: ``.. youtube:: id``."""

        required_arguments = 1
        optional_arguments = 9
        option_spec = _AnyOption()
        has_content = True

        def run(self) -> list[nodes.Node]:
            name = self.arguments[0]
            html = gist(name) if self.name == "gist" else frame(self.name, name)
            return [nodes.raw("", html, format="html")]

    class Media(Directive):
        """The address of something to play or to see elsewhere."""

        required_arguments = 1
        option_spec = _AnyOption()
        has_content = True

        def run(self) -> list[nodes.Node]:
            link = nodes.reference("", self.arguments[0], refuri=self.arguments[0])
            return [nodes.paragraph("", "", link)]

    class Thumbnail(Figure):
        """A picture with a caption, shown small on the site."""

        option_spec = _AnyOption(Figure.option_spec or {})

    class Nothing(Directive):
        """What only the site has: lists of posts, charts, breaks."""

        optional_arguments = 9
        option_spec = _AnyOption()
        has_content = True

        def run(self) -> list[nodes.Node]:
            return []

    _register_written_out()
    for name in ("code", "code-block", "sourcecode", "highlight"):
        directives.register_directive(name, Code)
    for name in (*PLAYERS, "gist"):
        directives.register_directive(name, Player)
    directives.register_directive("media", Media)
    directives.register_directive("thumbnail", Thumbnail)
    for name in ("contents", "more", "teaser_end"):
        directives.register_directive(name, Nothing)
    for name in ("kbd", "abbr", "file", "guilabel", "menuselection", "command", "samp"):
        roles.register_generic_role(name, nodes.inline)


def _register_written_out() -> None:
    """Make those known that show only what is written out: what they would read from elsewhere is told."""
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives
    from docutils.parsers.rst.directives.tables import CSVTable

    class Raw(Directive):
        """HTML as its author wrote it, and nothing that a file or an address holds."""

        required_arguments = 1
        final_argument_whitespace = True
        option_spec = _AnyOption(file=str, url=str)
        has_content = True

        def run(self) -> list[nodes.Node]:
            if _ELSEWHERE & self.options.keys():
                raise self.error(_of_another_file(self.name))
            html = "\n".join(self.content)
            return [nodes.raw("", html, format="html")] if "html" in self.arguments[0].split() else []

    class Include(Directive):
        """Another file, which is not read."""

        required_arguments = 1
        final_argument_whitespace = True
        option_spec = _AnyOption()

        def run(self) -> list[nodes.Node]:
            raise self.error(_of_another_file(self.name))

    class Table(CSVTable):
        """A table that is written out."""

        def run(self) -> Sequence[nodes.table | nodes.system_message]:
            if _ELSEWHERE & self.options.keys():
                raise self.error(_of_another_file(self.name))
            return super().run()

    directives.register_directive("raw", Raw)
    directives.register_directive("include", Include)
    directives.register_directive("csv-table", Table)


def _of_another_file(directive: str) -> str:
    return f'"{directive}" shows what is in another file, which is not read.'
