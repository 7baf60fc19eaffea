"""From a Source to a Post: what the author meant by it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from feeds.content import enclosures, identity, labels, pictures, rights, text
from feeds.content.dates import date_from_name
from feeds.content.dialects.dialect import Dialect
from feeds.content.edition import Edition, edition
from feeds.content.episodes import episode
from feeds.content.fields import text as one_line
from feeds.content.hidden import featured, hidden
from feeds.content.notes import Notes
from feeds.content.permalink import stem
from feeds.content.reading import Reading, unmeasured
from feeds.content.timing import timing
from feeds.model.customs import Customs
from feeds.model.finding import Finding
from feeds.model.post import Post
from feeds.model.site import Site
from feeds.model.source import Source

_LONGEST_TITLE = 1000
_LONGEST_SUMMARY = 10_000
_HEADING = re.compile(r"#[ \t]+(.*?)[ \t]*#*[ \t]*")
_CODE_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """A post as it was understood, and every doubt about it.

    ``post.id`` is the id that the author gave, if it is ``authored``; else the
    one it is given if it never had another, "" where nobody asks for that.
    ``post.summary`` is the author's own, "" where there is none.
    ``post.updated`` is the author's too, else ``post.published``; ``edition``
    is what the ledger knows better by.  ``undated`` is that of `Timing`.
    """

    post: Post
    edition: Edition
    authored: bool
    undated: bool
    findings: tuple[Finding, ...]


def interpret(
    source: Source,
    *,
    site: Site,
    dialect: Dialect,
    customs: Customs | None = None,
    permalink: str,
    date_formats: tuple[str, ...],
    first_seen: datetime,
    size: Callable[[str, str], int] = unmeasured,
    authority: str | None = None,
) -> Interpretation:
    """Understand ``source`` as ``dialect`` has it, on a site with these ``customs``.

    ``permalink`` is the site's pattern, "" for the dialect's own;
    ``date_formats`` go before the dialect's; ``first_seen`` is aware; ``size``
    is that of `Reading`; ``authority`` is the host in ids that are made
    (`identity.mint`), None to make none.  Raises ContentError for a post that has to wait: ``date-impossible``,
    ``date-unknown``, ``expiry-unreadable``.
    """
    customs = customs or Customs()
    source = dialect.fields(source, customs)
    reading = Reading(
        source=source,
        site=site,
        dialect=dialect,
        customs=customs,
        date_formats=date_formats + dialect.date_formats,
        timezone=ZoneInfo(site.timezone),
        size=size,
        notes=Notes(source.path),
    )
    moments = timing(reading, first_seen)
    unseen = hidden(reading)
    if moments.undated and not unseen:
        reading.warn("no-date", "", "the post has no date: that of its first sight was used.", "Give it a date.")
    url = dialect.url(reading, permalink or dialect.permalink, moments.published)
    title = _title(reading)
    if not title and not unseen:
        reading.warn("no-title", "", "the post has no title: its file name was used.", "Give it a title.")
    base = dialect.base(url, source.path)
    its_enclosures = enclosures.enclosures(reading, base)
    its_own = _id(reading)
    made = "" if its_own or authority is None else identity.mint(authority, moments.published, url, source.path)
    post = Post(
        path=source.path,
        digest=source.digest,
        id=its_own or made,
        url=url,
        title=title or _title_from_name(reading),
        summary=_summary(reading),
        published=moments.published,
        updated=max(moments.updated or moments.published, moments.published),
        visible_from=moments.visible_from,
        visible_until=moments.visible_until,
        hidden=unseen,
        featured=featured(reading),
        authors=labels.authors(reading),
        categories=labels.terms(reading, "category", "categories"),
        tags=labels.terms(reading, "tag", "tags"),
        language=labels.language(reading),
        picture=pictures.picture(reading, base),
        enclosures=its_enclosures,
        episode=episode(reading, base) if its_enclosures else None,
        direction=rights.direction(reading),
        original=rights.elsewhere(reading, "original"),
        subject=rights.elsewhere(reading, "subject"),
        license=rights.own_license(reading),
    )
    state = edition(reading, title=title, published=moments.published, stated=moments.updated)
    findings = source.findings + reading.notes.findings
    return Interpretation(post=post, edition=state, authored=bool(its_own), undated=moments.undated, findings=findings)


def _id(reading: Reading) -> str:
    for key in reading.keys("id"):
        written = one_line(reading.source.fields.get(key, ""))
        if found := identity.explicit(written):
            return found
        if written:
            reading.inform(
                "id-ignored",
                key,
                f'the {key} "{written[:80]}" is no URI and no UUID: one is made.',
                "Write a URI to keep it.",
            )
    return ""


def _title(reading: Reading) -> str:
    """Return the author's title, "" where there is none."""
    key, value = reading.find("title")
    title = reading.plain(key, one_line(value), _LONGEST_TITLE) if key else ""
    return title or _heading(reading)


def _heading(reading: Reading) -> str:
    headings = (text.plain(heading) for heading in _headings(reading.source.body))
    return next(filter(None, headings), "")[:_LONGEST_TITLE]


def _headings(body: str) -> Iterator[str]:
    """List the headings of the first level, without those that are lines of code."""
    fence = ""
    for line in body.split("\n"):
        if match := _CODE_FENCE.match(line):
            fence = match[1] if not fence else "" if match[1] == fence else fence
        elif not fence and (match := _HEADING.fullmatch(line)):
            yield match[1]


def _title_from_name(reading: Reading) -> str:
    name = stem(reading.source.path)
    _, slug = date_from_name(name, timezone=reading.timezone)
    words = " ".join(re.split(r"[-_\s]+", slug or name)).strip()
    return text.plain(words[:1].upper() + words[1:]) or "Untitled"


def _summary(reading: Reading) -> str:
    key, value = reading.find("summary")
    return reading.plain(key, one_line(value), _LONGEST_SUMMARY) if key else ""
