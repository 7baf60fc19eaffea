"""What the shortcodes stand for that sites have in common, whatever their generator calls them."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from feeds.content import elements
from feeds.content.shortcodes import Shortcode


def _figure(mark: Shortcode) -> str:
    source = mark.get("src", "path", "url", "image", "link", place=0)
    if not source:
        return ""
    caption, credit = elements.inline(mark.get("caption")), elements.inline(mark.get("attr"))
    image = elements.picture(source, alt=mark.get("alt", "caption", place=1))
    if mark.get("link") and mark.get("src"):
        image = elements.anchor(mark.get("link"), image)
    if credit and mark.get("attrlink"):
        credit = elements.anchor(mark.get("attrlink"), credit)
    if mark.name != "figure" and not (caption or credit):
        return elements.picture(source, alt=mark.get("alt", place=1), title=mark.get("title"))
    return elements.figure(image, title=mark.get("title"), caption=caption, credit=credit)


def _youtube(mark: Shortcode) -> str:
    name = mark.get("id", place=0)
    return elements.youtube(name, title=mark.get("title"), start=mark.get("start")) if name else ""


def _vimeo(mark: Shortcode) -> str:
    name = mark.get("id", place=0)
    return elements.vimeo(name, title=mark.get("title")) if name else ""


def _gist(mark: Shortcode) -> str:
    if mark.get("url"):
        return elements.paragraph_link(mark.get("url"), f"Gist: {mark.get('file') or mark.get('url')}")
    if len(mark.positional) > 1:
        return elements.gist("/".join(mark.positional[:2]), mark.get(place=2))
    user, name = mark.get("user", "username"), mark.get("id", "gist", place=0)
    return elements.gist(f"{user}/{name}" if user else name, mark.get("file")) if name else ""


def _post_on_x(mark: Shortcode) -> str:
    name, user = mark.get("id", place=0), mark.get("user") or "i"
    address = f"https://x.com/{quote(user, safe='')}/status/{quote(name, safe='')}"
    return elements.paragraph_link(address, f"Post on X{f' by @{user}' if user != 'i' else ''}") if name else ""


def _instagram(mark: Shortcode) -> str:
    name = mark.get("id", place=0)
    return elements.paragraph_link(f"https://www.instagram.com/p/{quote(name, safe='')}/", "Instagram") if name else ""


def _spotify(mark: Shortcode) -> str:
    kind, name = mark.get("type", place=0), mark.get("id", place=1)
    address = f"https://open.spotify.com/{quote(kind, safe='')}/{quote(name, safe='')}"
    return elements.paragraph_link(address, "Spotify") if kind and name else ""


def _player(mark: Shortcode) -> str:
    source = mark.get("src", "url", "mp4", "webm", place=0)
    kind = "audio" if mark.name == "audio" else "video"
    return f"<{kind}{elements.attributes(src=source, title=mark.get('title', 'caption'))}></{kind}>" if source else ""


def _highlight(mark: Shortcode, inner: str) -> str:
    return elements.code(inner, mark.get("lang", "language", place=0))


def _details(mark: Shortcode, inner: str) -> str:
    summary = mark.get("summary", "title", place=0) or "Details"
    return elements.details(summary, inner, is_open=mark.get("open").lower() == "true")


def _button(mark: Shortcode, inner: str) -> str:
    address = mark.get("href", "url", "link", place=0)
    return elements.anchor(address, elements.inline(inner)) if address else inner


def _text(_mark: Shortcode, inner: str) -> str:
    return inner


def _nothing(_mark: Shortcode, _inner: str) -> str:
    return ""


def _streamable(mark: Shortcode) -> str:
    name = mark.get("id", place=0)
    return elements.frame(f"https://streamable.com/e/{quote(name, safe='')}") if name else ""


#: Single shortcodes: the HTML for each, "" where it lacks what it needs.
ELEMENTS: Mapping[str, Callable[[Shortcode], str]] = {
    **dict.fromkeys(("figure", "img", "image", "fig"), _figure),
    **dict.fromkeys(("youtube", "youtubelite", "youtube-lite"), _youtube),
    **dict.fromkeys(("vimeo", "vimeo_simple"), _vimeo),
    **dict.fromkeys(("tweet", "twitter", "twitter_simple", "x", "x_simple"), _post_on_x),
    **dict.fromkeys(("instagram", "instagram_simple"), _instagram),
    **dict.fromkeys(("audio", "video"), _player),
    "gist": _gist,
    "streamable": _streamable,
    "spotify": _spotify,
}
#: Those around a text, which is Markdown as what is made of it.
AROUND: Mapping[str, Callable[[Shortcode, str], str]] = {
    **dict.fromkeys(("highlight", "code", "codeblock"), _highlight),
    **dict.fromkeys(("details", "expand", "collapse", "spoiler"), _details),
    **dict.fromkeys(("rawhtml", "raw", "html", "unsafe", "markdown", "md"), _text),
    "button": _button,
    "comment": _nothing,
}
