"""HTML for what shortcodes stand for, on one line each, so that Markdown takes it as it is.

It is sanitized like everything in a body; players become links there.
"""

import re
from html import escape
from textwrap import dedent
from urllib.parse import quote

from feeds.content import markdown

_MARKED = re.compile(r"[*_`\[<&~]")
_TICKS = re.compile("`{3,}")
_PARAGRAPH = re.compile(r"<p>(.*)</p>\n?", re.DOTALL)


def one_line(text: str) -> str:
    """Return ``text`` with its white space as single spaces: a blank line would end the HTML around it."""
    return " ".join(text.split())


def attributes(**values: str) -> str:
    """Write those attributes that have a value, each with a space before it."""
    return "".join(f' {name}="{escape(one_line(value))}"' for name, value in values.items() if value)


def inline(text: str) -> str:
    """Return a piece of Markdown that stands in a line as HTML."""
    text = one_line(text)
    if not _MARKED.search(text):
        return escape(text, quote=False)
    rendered = markdown.render(text)
    paragraph = _PARAGRAPH.fullmatch(rendered)
    return one_line(paragraph[1] if paragraph else rendered)


def anchor(address: str, words: str) -> str:
    """Return a link."""
    return f"<a{attributes(href=address)}>{words}</a>"


def paragraph_link(address: str, words: str) -> str:
    """Return a link in a paragraph of its own; ``words`` are plain."""
    return f"<p>{anchor(address, escape(words, quote=False))}</p>"


def picture(source: str, *, alt: str = "", title: str = "") -> str:
    """Return a picture; one without a text says that it needs none."""
    return f'<img{attributes(src=source)} alt="{escape(one_line(alt))}"{attributes(title=title)}>'


def figure(image: str, *, title: str = "", caption: str = "", credit: str = "") -> str:
    """Return ``image`` with what is written below it: a title in plain text; caption and credit as HTML."""
    heading = f"<h4>{escape(one_line(title), quote=False)}</h4>" if title else ""
    below = " ".join(filter(None, (caption, credit)))
    legend = f"<figcaption>{heading}{f'<p>{below}</p>' if below else ''}</figcaption>" if heading or below else ""
    return f"<figure>{image}{legend}</figure>"


def frame(address: str, title: str = "") -> str:
    """Return a player, which becomes a link."""
    return f"<iframe{attributes(src=address, title=title)}></iframe>"


def youtube(name: str, *, title: str = "", start: str = "") -> str:
    """Return the player of a video of YouTube."""
    begin = f"?start={start}" if start.isascii() and start.isdigit() and start != "0" else ""
    return frame(f"https://www.youtube.com/embed/{quote(name, safe='')}{begin}", title)


def vimeo(name: str, *, title: str = "") -> str:
    """Return the player of a video of Vimeo."""
    return frame(f"https://player.vimeo.com/video/{quote(name, safe='/')}", title)


def gist(path: str, file: str = "") -> str:
    """Return a link to a gist, ``USER/ID``, and to one of its files."""
    mark = f"#file-{re.sub(r'[^a-z0-9]+', '-', file.lower()).strip('-')}" if file else ""
    return paragraph_link(f"https://gist.github.com/{quote(path, safe='/')}{mark}", f"Gist: {file or path}")


def code(text: str, language: str = "") -> str:
    """Return a block of code in Markdown, whatever is in it."""
    longest = max(map(len, _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    lines = dedent(text).strip("\n")
    name = re.sub(r"[^\w#+.-]", "", language)
    return f"\n{fence}{name}\n{lines}\n{fence}\n"


def details(summary: str, text: str, *, is_open: bool = False) -> str:
    """Return what readers open by its ``summary``, around a piece of Markdown."""
    opened = " open" if is_open else ""
    inner = dedent(text).strip()
    return f"<details{opened}><summary>{inline(summary)}</summary>\n\n{inner}\n\n</details>\n"
