"""What readers do not play becomes what they can follow or show: players become links, placeholders pictures."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from lxml import html as markup
from lxml.html import HtmlElement

#: Players, and pictures that wait for a script.
_PLAYERS = ("iframe", "video", "audio", "object", "embed")
_SOURCES = ("data-src", "data-lazy-src", "data-original")
_SOURCE_SETS = ("data-srcset", "data-lazy-srcset")

_PLAYER = re.compile(rf"<(?:{'|'.join(_PLAYERS)})\b", re.IGNORECASE)
# It begins with what is rare: looking at every space would take ten times as long.
_LAZY = re.compile(r"-(?:(?<=\sdata-)(?:src|srcset|original)|(?<=\sdata-lazy-)(?:src|srcset))\s*=", re.IGNORECASE)
_FRAME = re.compile(r"</?(?:html|body)\b[^<>]*>")
_FIRST_IN_SET = re.compile(r"[\s,]*(\S+)")

_BLOCKS = frozenset(
    (
        *("html", "body", "article", "aside", "blockquote", "center", "dd", "details", "div", "figure", "footer"),
        *("header", "li", "main", "nav", "section", "td", "th"),
    )
)
_VIDEO_HOSTS = ("youtube.com", "youtube-nocookie.com", "vimeo.com", "dailymotion.com", "twitch.tv", "ted.com")
_AUDIO_HOSTS = ("spotify.com", "soundcloud.com", "bandcamp.com", "podcasts.apple.com")


def unwrap(html: str) -> str:
    """Replace players (iframe, video, audio, object, embed) by links and lazy pictures by the real ones.

    Everything else stays.  The outcome is as unsafe as ``html`` was and is to
    be sanitized; without anything to replace it is ``html`` itself.
    """
    if not (_PLAYER.search(html) or _LAZY.search(html)):
        return html
    # Without huge_tree what is nested 256 deep would be lost, with it 2,048.
    parser = markup.HTMLParser(huge_tree=True)
    document = markup.document_fromstring(f"<html><body>{html}</body></html>", parser=parser)
    for picture in document.iter("img"):
        _show(picture)
    for player in list(document.iter(*_PLAYERS)):
        # What stood inside another player has gone with it.
        if document in player.iterancestors():
            _replace(player)
    return _FRAME.sub("", str(markup.tostring(document, encoding="unicode")))


def _show(picture: HtmlElement) -> None:
    source = _first(picture, *_SOURCES)
    candidates = _first(picture, *_SOURCE_SETS)
    if candidates:
        picture.set("srcset", candidates)
    if source:
        picture.set("src", source)
    elif candidates and picture.get("src", "data:").startswith("data:"):
        first = _FIRST_IN_SET.match(candidates)
        picture.set("src", first[1].rstrip(",") if first else "")


def _replace(player: HtmlElement) -> None:
    address = _address(player)
    if address:
        player.addprevious(_link(player, _page(address)))
    for fallback in list(player.iterdescendants(*_PLAYERS)):
        _remove(fallback)
    _remove(player)


def _remove(player: HtmlElement) -> None:
    """Remove a player, with all that is in it where that is for those who cannot play it."""
    # An object may hold text and pictures; lxml does not know that an embed is empty: what it holds comes after it.
    if player.tag in ("object", "embed"):
        player.drop_tag()
    else:
        player.drop_tree()


def _address(player: HtmlElement) -> str:
    sources = [player, *player.iter("source", "embed", "iframe")]
    found = (_first(element, "src", "data-src", "data-lazy-src", "data") for element in sources)
    return next((address for address in found if address and not address.startswith(("about:", "data:"))), "")


def _link(player: HtmlElement, address: str) -> HtmlElement:
    """Make the link to what ``player`` plays: a paragraph where there can be one."""
    link = markup.Element("a", href=address)
    link.text = player.get("title", "").strip() or _label(player.tag, address)
    if any(ancestor.tag == "a" for ancestor in player.iterancestors()):
        link.tag = "span"
        del link.attrib["href"]
    if player.getparent().tag not in _BLOCKS:
        return link
    paragraph = markup.Element("p")
    paragraph.append(link)
    return paragraph


def _label(tag: str, address: str) -> str:
    parts = _split(address)
    host = parts.hostname or ""
    name = host or parts.path.rpartition("/")[2] or address
    if tag == "audio" or _is_of(host, _AUDIO_HOSTS):
        return f"Audio: {name}"
    if tag == "video" or _is_of(host, _VIDEO_HOSTS):
        return f"Video: {name}"
    return f"Embedded: {name}"


def _page(address: str) -> str:
    """Return the page for people where the address of its player is well known, else ``address``."""
    parts = _split(address)
    host = parts.hostname or ""
    player, _, name = parts.path.strip("/").partition("/")
    if player == "embed" and _is_of(host, ("youtube.com", "youtube-nocookie.com")):
        query = parse_qs(parts.query)
        if name == "videoseries" or not name:
            return f"https://www.youtube.com/playlist?list={query['list'][0]}" if "list" in query else address
        start = f"&t={query['start'][0]}s" if "start" in query else ""
        return f"https://www.youtube.com/watch?v={name}{start}"
    if player == "video" and host == "player.vimeo.com":
        return f"https://vimeo.com/{name}"
    return address


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return urlsplit("")


def _is_of(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _first(element: HtmlElement, *names: str) -> str:
    return next((value for name in names if (value := element.get(name, "").strip())), "")
