"""Hugo's shortcodes, ``{{< name … >}}`` and ``{{% name … %}}``, also around a text."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import quote

from feeds.content import elements
from feeds.content.code import Code
from feeds.content.dialects.hugo_config import lowered, table
from feeds.content.dialects.hugo_references import reference
from feeds.content.fields import lookup, text
from feeds.content.passage import Passage
from feeds.content.shortcodes import Shortcode, arguments, placed, replaced

_MARK = re.compile(r"\{\{([<%])((?:(?!\{\{[<%]|[>%]\}\}).)*+)[>%]\}\}", re.DOTALL)
_NAME = re.compile(r"\s*(/?)\s*([\w./-]*)")
_ESCAPED = re.compile(r"\s*/\*(.*)\*/\s*", re.DOTALL)


def rendered(passage: Passage) -> str:
    """Return the body with every shortcode replaced by what it stands for; what is unknown is left out, and noted.

    Hugo fills them in everywhere, in code too; there only texts make sense.
    """
    body = passage.source.body
    marks = tuple(_marks(body))
    return replaced(body, marks, partial(_said, passage, Code(body))) if marks else body


def _marks(body: str) -> Iterator[Shortcode]:
    for found in _MARK.finditer(body):
        written = found[2]
        start, end = found.span()
        if escaped := _ESCAPED.fullmatch(written):
            closing = ">" if found[1] == "<" else "%"
            shown = f"{{{{{found[1]}{escaped[1]}{closing}}}}}"
            yield Shortcode(name="", written=shown, start=start, end=end, stands_alone=True)
            continue
        stands_alone = written.rstrip().endswith("/")
        named = _NAME.match(written)
        closes, name = (named[1] == "/", named[2]) if named else (False, "")
        behind = written[named.end() if named else 0 :].rstrip().removesuffix("/" if stands_alone else "")
        positional, by_name = arguments(behind)
        yield Shortcode(
            name=name.lower().removesuffix(".html"),
            written=found[0],
            start=start,
            end=end,
            positional=positional,
            named=by_name,
            closes=closes,
            stands_alone=stands_alone,
        )


def _said(passage: Passage, code: Code, mark: Shortcode, inner: str | None) -> str:
    if not mark.name:
        return mark.written if mark.stands_alone else ""
    if mark.closes:
        return ""
    if mark.name in _TEXTS:
        return _TEXTS[mark.name](passage, mark)
    if code.holds(mark.start):
        return inner or passage.leave_out(mark.written, mark.start)
    if mark.name.endswith(".inline"):
        return passage.leave_out(mark.written, mark.start)
    meaning = _AROUND.get(mark.name)
    if meaning and inner is not None:
        return meaning(mark, inner)
    element = _ELEMENTS.get(mark.name)
    html = element(mark) if element else ""
    if html:
        return placed(passage.source.body, mark, html) + (inner or "")
    passage.leave_out(mark.written, mark.start)
    return inner or ""


def _param(passage: Passage, mark: Shortcode) -> str:
    """Return a parameter of the page, else of the site."""
    key = mark.get("name", place=0).lower()
    own = table(lowered(dict(passage.source.fields)))
    for fields in (table(own.get("params", {})), own, table(passage.customs.settings.get("params", {}))):
        value = fields
        *outer, last = key.split(".")
        for name in outer:
            value = table(value.get(name, {}))
        if found := text(lookup(value, last)):
            return found
    return passage.leave_out(mark.written, mark.start)


def _figure(mark: Shortcode) -> str:
    source = mark.get("src", "link", "image", "url", place=0)
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


#: What stands for a text, in code as well.
_TEXTS: Mapping[str, Callable[[Passage, Shortcode], str]] = {
    **dict.fromkeys(("ref", "relref"), reference),
    "param": _param,
}
_ELEMENTS: Mapping[str, Callable[[Shortcode], str]] = {
    **dict.fromkeys(("figure", "img", "image", "fig"), _figure),
    **dict.fromkeys(("youtube", "youtubelite", "youtube-lite"), _youtube),
    **dict.fromkeys(("vimeo", "vimeo_simple"), _vimeo),
    **dict.fromkeys(("tweet", "twitter", "twitter_simple", "x", "x_simple"), _post_on_x),
    **dict.fromkeys(("instagram", "instagram_simple"), _instagram),
    **dict.fromkeys(("audio", "video"), _player),
    "gist": _gist,
    "spotify": _spotify,
}
_AROUND: Mapping[str, Callable[[Shortcode, str], str]] = {
    **dict.fromkeys(("highlight", "code", "codeblock"), _highlight),
    **dict.fromkeys(("details", "expand", "collapse", "spoiler"), _details),
    **dict.fromkeys(("rawhtml", "raw", "html", "unsafe", "markdown", "md"), _text),
    "button": _button,
    "comment": _nothing,
}
