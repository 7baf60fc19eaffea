"""From a body, without the marks of its generator, to HTML that is not yet safe."""

from feeds.content import markdown

#: What is HTML when it comes here: reStructuredText has become it with the marks of its generator.
_HTML = frozenset({".html", ".htm", ".njk", ".liquid", ".rst"})


#: What Markdown is kept in, in any dialect.
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".rmd", ".qmd"})


def is_markdown(suffix: str) -> bool:
    """Tell whether files whose names end in ``suffix`` are written in Markdown."""
    return suffix.lower() in _MARKDOWN


def render(text: str, suffix: str, *, indented_code: bool) -> str:
    """Render ``text``, the body of a file whose name ends in ``suffix``: HTML as it is, all others as Markdown."""
    if suffix.lower() in _HTML:
        return text
    return markdown.render(text, indented_code=indented_code)
