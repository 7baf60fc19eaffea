"""HTML for what templates show: pictures, links to what is played elsewhere, code.  Every part is escaped."""

import re
from html import escape
from urllib.parse import quote

_TICKS = re.compile(r"`{3,}")
_NAME = re.compile(r"[\w-]{1,64}")

#: Where players show what has this id or name.
_PLAYERS = {
    "youtube": ("https://www.youtube.com/watch?v={}", "Video: www.youtube.com"),
    "vimeo": ("https://vimeo.com/{}", "Video: vimeo.com"),
    "gist": ("https://gist.github.com/{}", "Gist: gist.github.com"),
    "jsfiddle": ("https://jsfiddle.net/{}", "Code: jsfiddle.net"),
    "codepen": ("https://codepen.io/{}", "Code: codepen.io"),
    "bilibili": ("https://www.bilibili.com/video/{}", "Video: www.bilibili.com"),
    "spotify": ("https://open.spotify.com/{}", "Audio: open.spotify.com"),
    "twitch": ("https://www.twitch.tv/videos/{}", "Video: www.twitch.tv"),
}
_YOUTUBE = re.compile(r"(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:[^\s#]*&)?v=|v/|shorts/))([\w-]+)")


def picture(address: str, *, alt: str = "", caption: str = "", title: str = "", width: str = "", link: str = "") -> str:
    """Return a picture, as a figure where it has a caption, inside a link where it has one."""
    attributes = {"src": address, "alt": alt or caption or title, "title": title, "width": width}
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value or name == "alt")
    image = f"<img{written}>"
    if link:
        image = f'<a href="{escape(link)}">{image}</a>'
    return f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>" if caption else image


def player(kind: str, name: str, title: str = "") -> str | None:
    """Return the link to what a ``kind`` of service plays under ``name``, an id or an address; None for others."""
    if kind not in _PLAYERS:
        return None
    address, label = _PLAYERS[kind]
    if name.startswith(("http://", "https://")):
        found = _YOUTUBE.search(name) if kind == "youtube" else None
        return anchor(address.format(found[1]) if found else name, title or label)
    return anchor(address.format(quote(name, safe="/")), title or label) if name else None


def anchor(address: str, label: str) -> str:
    """Return a link; ``label`` is plain text."""
    return f'<a href="{escape(address)}">{escape(label)}</a>'


def code(text: str, language: str, *, indentation: str | None, markdown: bool) -> str:
    """Return a block of code: fenced where it stands on lines of its own in Markdown, else as HTML.

    Lines get ``indentation``, so that the block stays in the list that it is in.
    """
    text = text.lstrip("\n").rstrip()
    if not markdown or indentation is None:
        return f"<pre><code>{escape(text)}</code></pre>"
    fence = "`" * max(3, 1 + max((len(ticks) for ticks in _TICKS.findall(text)), default=2))
    name = language if _NAME.fullmatch(language) else ""
    lines = (line.removeprefix(indentation) for line in text.split("\n"))
    inner = "\n".join(f"{indentation}{line}" if line.strip() else "" for line in lines)
    return f"{fence}{name}\n{inner}\n{indentation}{fence}"


def quotation(text: str, source: str, *, markdown: bool) -> str:
    """Return a quotation of Markdown, with who said it where, in HTML, if anyone is named."""
    footer = f"<p>— {source}</p>" if source else ""
    inner = f"\n\n{text.strip()}\n\n" if markdown else text
    return f"<blockquote>{inner}{footer}</blockquote>\n"
