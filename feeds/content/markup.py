"""From a body, without the marks of its generator, to HTML that is not yet safe."""

from feeds.content import markdown

#: What is HTML when it comes here: reStructuredText has become it with the marks of its generator.
_HTML = frozenset({".html", ".htm", ".njk", ".liquid", ".rst"})


def render(text: str, suffix: str, *, indented_code: bool) -> str:
    """Render ``text``, the body of a file whose name ends in ``suffix``: HTML as it is, all others as Markdown."""
    if suffix.lower() in _HTML:
        return text
    return markdown.render(text, indented_code=indented_code)
