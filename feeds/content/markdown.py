"""From Markdown to HTML, not yet safe: the one door to markdown-it-py."""

from functools import cache, partial
from typing import TYPE_CHECKING

from feeds.content import prose

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def render(text: str, *, indented_code: bool = True) -> str:
    """Render CommonMark with raw HTML, tables, strikethrough, footnotes and definition lists.

    Without ``indented_code`` a line that begins with four spaces is prose, as
    it was meant by authors who do not know that Markdown takes it for code.
    The HTML holds whatever its author wrote: it must be sanitized.
    """
    return prose.render(text, partial(parsed, indented_code=indented_code))


def parsed(text: str, *, indented_code: bool = True) -> str:
    """Return the same, made by the parser alone."""
    return str(_parser(indented_code=indented_code).render(text))


@cache
def _parser(*, indented_code: bool) -> "MarkdownIt":
    # Slow to import, and most passes have nothing to render.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    return parser if indented_code else parser.disable("code")
