"""What an editor would ask the author of one post: nothing of it changes what is published."""

from urllib.parse import urlsplit

from feeds.content import references
from feeds.content.absolutize import absolute
from feeds.content.dialects.dialect import Dialect
from feeds.content.misspelt import misspelt
from feeds.content.notes import Notes
from feeds.content.references import Reference
from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.model.site import Site
from feeds.model.source import Source

#: Readers cut longer titles somewhere.
_LONG_TITLE = 200

#: What the sanitizer removes and names itself.
_CODE = ("javascript:", "vbscript:", "data:")


def proofread(source: Source, post: Post, *, site: Site, dialect: Dialect) -> tuple[Finding, ...]:
    """Return what is probably a slip in ``source``, which was understood as ``post``."""
    notes = Notes(source.path)
    _keys(source, dialect, notes)
    _dates(source, post, dialect, notes)
    if len(post.title) > _LONG_TITLE:
        message = f"the title has {len(post.title)} characters."
        notes.inform("title-long", _line(source, dialect, "title"), message, "Shorten it: readers cut it somewhere.")
    if not source.body:
        notes.inform("body-empty", 0, "the post has no body.", "Write one, unless the title says it all.")
    if post.picture and post.picture.url.startswith("http:") and site.url.startswith("https:"):
        _image_http(post.picture.url, _line(source, dialect, "picture"), notes)
    home = urlsplit(site.url).hostname or ""
    for reference in references.references(source.body):
        line = source.body_line + reference.line
        if not (dialect.fills_in and references.is_template(reference.url)):
            _reference(reference, line, post, notes, home)
        if reference.picture and reference.url.startswith("http:") and site.url.startswith("https:"):
            _image_http(reference.url, line, notes)
    return notes.findings


def _keys(source: Source, dialect: Dialect, notes: Notes) -> None:
    for key, meant in misspelt(tuple(source.fields), dialect.name):
        message = f'the key "{key}" is not known: did you mean "{meant}"?'
        notes.warn(
            "key-misspelt", source.lines.get(key, 0), message, "Correct it, or rename it if it is meant.", key=key
        )


def _dates(source: Source, post: Post, dialect: Dialect, notes: Notes) -> None:
    if post.visible_until and post.visible_until <= post.visible_from:
        message = (
            f"the post expires at {post.visible_until:%Y-%m-%dT%H:%M:%SZ}, before it appears: nobody ever sees it."
        )
        notes.warn("expired-early", _line(source, dialect, "expires"), message, "Correct one of the two dates.")


def _reference(reference: Reference, line: int, post: Post, notes: Notes, home: str) -> None:
    url = reference.url
    if reference.picture and not reference.text:
        advice = "Say what it shows."
        notes.inform("alt-missing", line, f'the picture "{url[:80]}" has no text.', advice, key=f"{line}")
    if references.is_template(url):
        message = f'the address "{url[:80]}" is a template that nobody fills in.'
        notes.warn("link-unresolved", line, message, "Write the address out.", key=f"{line}")
        return
    host = references.host(url)
    if host and host != home and references.is_local(host):
        message = f'the address "{url[:80]}" is only found from where you are.'
        notes.warn("link-local", line, message, "Give the address on the site.", key=f"{line}")
    elif host and host != home and references.is_example(host):
        message = f'the address "{url[:80]}" stands for an example.'
        notes.inform("link-example", line, message, "Give the address that was meant.", key=f"{line}")
    elif absolute(url, post.url) is None and not url.lower().startswith(_CODE):
        message = f'the address "{url[:80]}" is none that readers can follow: the link is left out.'
        notes.warn("link-unresolved", line, message, "Give an address of the web.", key=f"{line}")


def _image_http(url: str, line: int, notes: Notes) -> None:
    message = f'the picture "{url[:80]}" is fetched without TLS: many readers do not show it.'
    notes.warn("image-http", line, message, "Give an address with https://.", key=f"{line}")


def _line(source: Source, dialect: Dialect, meaning: str) -> int:
    """Return the line of the first key that may mean it, 0 where none is there."""
    keys = (key.partition(".")[0] for key in dialect.keys[meaning])
    return next((source.lines[key] for key in keys if key in source.lines), 0)
