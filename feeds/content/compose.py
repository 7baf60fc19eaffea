"""From the body of a source to what a feed may show: safe, absolute HTML and its beginning in plain text."""

import hashlib
import re
from dataclasses import dataclass, replace

from feeds.content import embeds, sanitize
from feeds.content.dialects.dialect import Dialect
from feeds.content.markup import render
from feeds.content.notes import Notes
from feeds.content.passage import Passage
from feeds.content.tags import tidy
from feeds.content.text import excerpt, legal
from feeds.model.finding import Finding
from feeds.model.source import Source

#: The longest body in characters, and what it may become: so many times its length and so much beyond.
MAX_SOURCE = 1024 * 1024
MAX_GROWTH = 20
MAX_BEYOND = 100_000

#: Raised by one when the same source, rendered by another release, would look otherwise.
_RENDERING = 4

_TAG = (
    r"<(?:(?:script|style|svg|math|form|input|button|select|textarea|template|noscript|canvas)\b"
    r"|[a-z][^<>]*\s(?:on[a-z]+|style)\s*=)"
)
_SCRIPT = r"""=\s*["']?\s*(?:java|vb)script:"""
_REMOVED = re.compile(rf"{_TAG}|\s(?:href|src)\s*{_SCRIPT}", re.IGNORECASE)
#: What it takes to be removed: to look for these, which begin with what is rare, takes a tenth of the time.
_SUSPECT = (re.compile(_TAG, re.IGNORECASE), re.compile(_SCRIPT, re.IGNORECASE))
#: How Markdown writes the columns of tables: nothing that an author would miss.
_ALIGNED = re.compile(r'(<t[hd]) style="text-align:[a-z]+"')
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_ILLEGAL_ENTITY = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]))(?![0-9a-f]);?", re.IGNORECASE
)
_EMBEDDED = re.compile(r"<(?:iframe|video|audio|object|embed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body of a post, rendered.

    ``html`` has passed the sanitizer, every URL in it is absolute, and XML can
    carry all of it.  ``excerpt`` is its beginning in plain text.  Both are
    empty where there is nothing to show.
    """

    html: str
    excerpt: str
    findings: tuple[Finding, ...] = ()


def compose(passage: Passage, dialect: Dialect) -> Body:
    """Render the body of a post as ``dialect`` has it.

    Raises ContentError for a body that would cost too much:
    ``body-too-large``, ``body-grows``, ``body-too-deep``.
    """
    source, notes = passage.source, passage.notes
    if len(source.body) > MAX_SOURCE:
        raise notes.refuse("body-too-large", 0, f"the body is longer than {MAX_SOURCE} characters.", "Split the post.")
    text = dialect.body(passage)
    base = dialect.base(passage.url, source.path)
    html = _html(passage, text, base, indented_code=dialect.keeps_indented_code(source.body))
    lead = dialect.lead(text)
    beginning = _html(replace(passage, notes=Notes(source.path)), lead, base, indented_code=True) if lead else html
    return Body(html=html, excerpt=excerpt(beginning), findings=notes.findings)


def _html(passage: Passage, text: str, base: str, *, indented_code: bool) -> str:
    source, notes = passage.source, passage.notes
    rendered = render(text, source.path.suffix, indented_code=indented_code)
    if len(rendered) > MAX_GROWTH * len(source.body) + MAX_BEYOND:
        advice = "Shorten its tables and lists."
        raise notes.refuse("body-grows", 0, f"the body becomes {len(rendered)} characters of HTML.", advice)
    rendered = _legal(rendered, source, notes)
    _note_what_changes(rendered, source, notes)
    if sanitize.too_much(rendered):
        raise notes.refuse("body-too-large", 0, "the body has too many tags and entities.", "Split the post.")
    unambiguous = tidy(embeds.unwrap(rendered), sanitize.DROPPED)
    if sanitize.too_deep(unambiguous):
        advice = "Close every element that is opened."
        raise notes.refuse("body-too-deep", 0, "elements are nested too deep in the body.", advice)
    safe = sanitize.sanitize(unambiguous, base).strip()
    # What leads to a place in the page is in the page itself, wherever its files are.
    return safe if base == passage.url else safe.replace(f'<a href="{base}#', f'<a href="{passage.url}#')


def key(source_digest: str, *, url: str, convention: str) -> str:
    """Return what the body of a file is kept under: a digest of all that it is made from.

    ``source_digest`` is the file's; ``convention`` stands for how its dialect
    reads it.
    """
    parts = (source_digest, url, convention, sanitize.POLICY, _RENDERING)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _legal(rendered: str, source: Source, notes: Notes) -> str:
    """Drop the illegal characters that entities bring in; of some Markdown has made replacement characters."""
    dropped = legal(_ILLEGAL_ENTITY.sub("", rendered))
    if _REPLACEMENT not in source.body:
        dropped = dropped.replace(_REPLACEMENT, "")
    if dropped != rendered:
        message = "the body holds characters that no feed can carry: left out."
        notes.warn("characters", 0, message, "Delete the entities of control characters.")
    return dropped


def _note_what_changes(rendered: str, source: Source, notes: Notes) -> None:
    if _is_removed(_ALIGNED.sub(r"\1", rendered) if "text-align" in rendered else rendered):
        notes.warn(
            "html-removed",
            _line(_REMOVED, source),
            "scripts, styles, forms or event handlers are not shown in feeds: left out.",
            "Say it in plain HTML if readers of the feed are to see it.",
        )
    if _EMBEDDED.search(rendered):
        line = _line(_EMBEDDED, source)
        notes.inform("embed-linked", line, "feeds cannot play what is embedded: a link is shown instead.", "")


def _is_removed(html: str) -> bool:
    return any(sign.search(html) for sign in _SUSPECT) and _REMOVED.search(html) is not None


def _line(pattern: re.Pattern[str], source: Source) -> int:
    """Return the line of the file on which the author wrote it, 0 where Markdown has made it of something else."""
    found = pattern.search(source.body)
    return source.body_line + source.body.count("\n", 0, found.start()) if found else 0
