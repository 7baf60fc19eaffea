"""From a body, without the marks of its generator, to HTML that is not yet safe."""

from feeds.content import markdown

_HTML = frozenset({".html", ".htm"})


def render(text: str, suffix: str, *, indented_code: bool) -> str:
    """Render ``text`` as files are written whose names end in ``suffix``: HTML as it is, all others as Markdown."""
    if suffix.lower() in _HTML:
        return text
    return markdown.render(text, indented_code=indented_code)
