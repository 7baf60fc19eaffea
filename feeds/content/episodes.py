"""What podcast applications are to show of a post."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from feeds.content.absolutize import RESOURCES, absolute
from feeds.content.fields import find, flag, named, names, text
from feeds.content.media_types import CHAPTERS, TRANSCRIPTS, is_media_type, media_type
from feeds.content.reading import Reading
from feeds.content.text import plain
from feeds.model.media import Episode, Person, Transcript
from feeds.model.podcast import EPISODE_KINDS
from feeds.model.source import Value

_MOST = 50
_LONGEST = 200

#: Podcasting 2.0 asks for no more characters in place of a number.
_LONGEST_SHOWN = 32

#: How keys begin, and what maps are called, that speak of nothing but the episode.
_PREFIXES = ("podcast_", "episode_", "itunes_")
_MAPS = ("podcast", "episode", "itunes")

#: The same without a prefix.
_BARE = frozenset(
    (
        *("season", "season_number", "season_name", "episodetype", "episodenumber", "seasonnumber", "explicit"),
        *("transcript", "transcripts", "transcript_url", "chapters", "chapters_url", "chapters_file"),
        *("host", "hosts", "guest", "guests", "persons", "people"),
    )
)

_NUMBER = re.compile(r"0*([1-9]\d{0,5}(?:\.\d{1,3})?)", re.ASCII)
_LABELLED = re.compile(
    r"(?:s(?:eason)?\.? ?(\d{1,4})[ ,:.-]*)?(?:e(?:p(?:isode)?)?\.?|#|no\.?)? ?#?(\d{1,6})", re.I | re.ASCII
)
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_EXPLICIT, _CLEAN = frozenset({"explicit"}), frozenset({"clean"})


def episode(reading: Reading, url: str) -> Episode | None:
    """Read what is said of the post at ``url`` as an episode, None where nothing is."""
    facts = _facts(reading.source.fields)
    if not facts:
        return None
    number, shown, season = _number(facts)
    chapters, chapters_type = _chapters(facts, url)
    found = Episode(
        title=_plain(facts, "title"),
        number=number,
        number_shown=shown,
        season=_whole(_text(facts, "season", "season_number", "seasonnumber")) or season,
        season_name=_plain(facts, "season_name"),
        kind=_kind(facts),
        explicit=_explicit(facts),
        picture=_picture(facts, reading.site.url, url),
        chapters=chapters,
        chapters_type=chapters_type,
        transcripts=tuple(_transcripts(facts, url))[:_MOST],
        people=_people(facts, url)[:_MOST],
    )
    return None if found == Episode() else found


def _facts(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Gather all that is said of the episode under one name each: ``podcast_season``, ``episode: {season: …}``."""
    facts: dict[str, Value] = {}
    for key, value in fields.items():
        name = key.replace("-", "_")
        if name in _MAPS and isinstance(value, dict):
            for inner, said in value.items():
                facts.setdefault(inner.lower().replace("-", "_"), said)
        elif name in _BARE:
            facts[name] = value
        elif name == "episode":
            facts["number"] = value
        elif name.startswith(_PREFIXES):
            facts.setdefault(name.partition("_")[2], value)
    return {name: value for name, value in facts.items() if value}


def _text(facts: Mapping[str, Value], *keys: str) -> str:
    return text(find(facts, keys)[1])


def _plain(facts: Mapping[str, Value], *keys: str) -> str:
    return plain(_text(facts, *keys))[:_LONGEST].rstrip()


def _whole(written: str) -> int:
    """Return a whole number from 1, 0 for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < len("100000") else 0


def _number(facts: Mapping[str, Value]) -> tuple[str, str, int]:
    """Return the number of the episode, what to show instead, and the season that is written with it: ``S2E5``."""
    written = _text(facts, "number", "episode", "episodenumber", "no")
    if found := _NUMBER.fullmatch(written):
        return found[1], "", 0
    if found := _LABELLED.fullmatch(written):
        shown = "" if found[1] else plain(written)[:_LONGEST_SHOWN]
        number = int(found[2])
        return (str(number), shown, int(found[1] or 0)) if number else ("", "", 0)
    return "", "", 0


def _kind(facts: Mapping[str, Value]) -> str:
    written = _text(facts, "type", "episodetype", "episode_type", "kind").lower()
    return written if written in EPISODE_KINDS else ""


def _explicit(facts: Mapping[str, Value]) -> bool | None:
    written = _text(facts, "explicit").lower()
    if not written:
        return None
    if written in _EXPLICIT or written in _CLEAN:
        return written in _EXPLICIT
    return flag(written)


def _picture(facts: Mapping[str, Value], home: str, url: str) -> str:
    """Return the picture of the episode: a path without a slash before it begins at the site's home."""
    value = find(facts, ("image", "artwork", "cover", "picture"))[1]
    written = text(find(value, ("url", "src", "path"))[1] if isinstance(value, dict) else value)
    base = url if written.startswith(("./", "../")) or "/" not in written else f"{home}/"
    return _address(written, base)


def _address(written: str, base: str) -> str:
    usable = written and " " not in written and "{" not in written
    return (absolute(unescape(written), base, schemes=RESOURCES) or "") if usable else ""


def _chapters(facts: Mapping[str, Value], url: str) -> tuple[str, str]:
    value = find(facts, ("chapters_url", "chapters_file", "chapters"))[1]
    for written, said in _files(value):
        kind = said.get("type", "") or media_type(written, CHAPTERS)
        if address := _address(written, url) if kind else "":
            return address, kind
    return "", ""


def _transcripts(facts: Mapping[str, Value], url: str) -> Iterator[Transcript]:
    """Yield the transcripts that are files: one may also be written out, which is nothing to link to."""
    seen: set[str] = set()
    for key in ("transcripts", "transcript", "transcript_url", "transcript_file"):
        for written, said in _files(facts.get(key, "")):
            kind = said.get("type", "") or media_type(written, TRANSCRIPTS)
            address = _address(written, url) if kind else ""
            if address and address not in seen:
                seen.add(address)
                yield Transcript(
                    url=address,
                    media_type=kind,
                    language=said.get("language", ""),
                    captions=said.get("rel", "") == "captions",
                )


def _files(value: Value) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield addresses, with what a map says beside each of them."""
    if isinstance(value, str):
        if len(value.split()) == 1:
            yield value.strip(), {}
    elif isinstance(value, list):
        for item in value:
            yield from _files(item)
    else:
        said = {key.lower(): text(inner) for key, inner in value.items()}
        kind = said.get("type", "") or said.get("mime_type", "")
        address = next((said[key] for key in ("url", "src", "href", "file", "path") if said.get(key)), "")
        language = said.get("language", "") or said.get("lang", "")
        if address:
            yield (
                address,
                {
                    "type": kind if is_media_type(kind) else "",
                    "rel": said.get("rel", ""),
                    "language": language if _LANGUAGE.fullmatch(language) else "",
                },
            )


def _people(facts: Mapping[str, Value], url: str) -> tuple[Person, ...]:
    """Read who is heard: hosts, guests, and others with the role that they are given."""
    found: dict[tuple[str, str], Person] = {}
    for role, keys in (("host", ("hosts", "host")), ("guest", ("guests", "guest")), ("", ("persons", "people"))):
        for key in keys:
            for person in _persons(facts.get(key, ""), role, url):
                found.setdefault((person.name, person.role), person)
    return tuple(found.values())


def _persons(value: Value, role: str, url: str) -> Iterator[Person]:
    if isinstance(value, list):
        for item in value:
            yield from _persons(item, role, url)
    elif isinstance(value, dict):
        said = {key.lower(): inner for key, inner in value.items()}
        if name := plain(named(said))[:_LONGEST]:
            yield Person(
                name=name,
                role=plain(text(said.get("role", ""))).lower()[:_LONGEST] or role,
                url=_address(text(find(said, ("href", "url", "link", "website"))[1]), url),
                picture=_address(text(find(said, ("img", "image", "picture", "avatar"))[1]), url),
            )
    else:
        yield from (
            Person(name=name, role=role) for each in names(value, separators=",") if (name := plain(each)[:_LONGEST])
        )
