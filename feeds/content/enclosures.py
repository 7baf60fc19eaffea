"""The files that come with a post: to hear, to see, to keep."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from feeds.content.absolutize import RESOURCES, absolute
from feeds.content.fields import find, text
from feeds.content.media_types import FILES, is_media_type, media_type
from feeds.content.quantities import bytes_of, seconds
from feeds.content.reading import Reading
from feeds.model.media import PLAYED, Enclosure
from feeds.model.source import Value

#: The most files of one post.
MOST = 20

_LONGEST_TITLE = 200

#: The keys of a map that describes one file.
_ADDRESS = ("url", "src", "href", "file", "filename", "file_name", "path", "uri", "link")
_LENGTH = ("length", "size", "bytes", "filesize", "file_size", "size_in_bytes")
_TYPE = ("type", "mime_type", "mimetype", "mime", "media_type")
_DURATION = ("duration", "duration_in_seconds", "duration_seconds", "itunes_duration")
_TITLE = ("title", "label", "name")

#: What may be said of the one file beside the key that names it.
_LENGTH_BESIDE = (
    *("podcast_bytes", "podcast_length", "podcast_file_size", "podcast_size", "episode_bytes", "episode_size"),
    *("audio_length", "audio_bytes", "audio_size", "audio_file_size", "enclosure_length", "video_length"),
    *("media_length", "filesize", "file_size", "bytes"),
)
_TYPE_BESIDE = ("audio_type", "enclosure_type", "podcast_type", "video_type", "mime_type", "mime")
_DURATION_BESIDE = (
    *("duration", "podcast_duration", "audio_duration", "episode_duration", "itunes_duration", "video_duration"),
)

#: Keys that name a file for sure; the others may hold a page, a player, or nothing but a yes.
_SURE = frozenset(
    (
        *("enclosure", "enclosures", "attachments", "media_override", "podcast_file", "podcast_url", "audio_url"),
        *("audio_file", "episode_file", "episode_url", "mp3", "video_url", "video_file"),
    )
)
#: Keys that may name a file of any kind, and not only one to hear or see.
_ANY_KIND = frozenset({"enclosure", "enclosures", "attachments"})

#: What makers of themes call the address below which the files are.
_PREFIXES = ("media_prefix", "mediaprefix", "media_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What the author says of one file, each as it is written."""

    address: str
    length: str = ""
    media_type: str = ""
    duration: str = ""
    title: str = ""


def enclosures(reading: Reading, url: str) -> tuple[Enclosure, ...]:
    """Read the files that come with the post at ``url``: addresses may be relative to that.

    Their types are the author's, else told by the extension; lengths the
    author's, else measured where the file is at hand.
    """
    found: dict[str, Enclosure] = {}
    for meaning in ("enclosures", "video"):
        for key in reading.keys(meaning):
            its = [each for written in _of_key(reading, key) if (each := _enclosure(reading, key, written, url))]
            for enclosure in its:
                found.setdefault(enclosure.url, enclosure)
            if its:
                break
            _note_words(reading, key)
    if len(found) > MOST:
        message = f"more than {MOST} files come with the post: the rest is left out."
        reading.warn("too-many", "enclosures", message, "Give fewer.")
    return tuple(found.values())[:MOST]


def written(reading: Reading) -> tuple[str, ...]:
    """Return the addresses of the files as their author wrote them."""
    keys = (*reading.keys("enclosures"), *reading.keys("video"))
    if not keys:
        return ()
    return tuple(each.address for key in keys for each in _of_key(reading, key) if _type(key, each))


def _note_words(reading: Reading, key: str) -> None:
    """Note a text that ends as the name of a file does, but was taken for words."""
    value = reading.source.fields.get(key, "")
    if isinstance(value, str) and " " in value.strip() and "/" not in value and media_type(value.strip(), FILES):
        message = f'the {key} "{value.strip()[:80]}" reads like words: left out.'
        reading.warn("enclosure", key, message, "If it is a file, write ./ before its name.")


def _of_key(reading: Reading, key: str) -> list[_Written]:
    value = reading.source.fields.get(key)
    found = list(islice(_all(value), MOST + 1)) if value else []
    return [_with_what_stands_beside(reading, found[0])] if len(found) == 1 else found


def _all(value: Value) -> Iterator[_Written]:
    """Yield every file that ``value`` names: an address, a map, a list, or a map of formats."""
    if isinstance(value, str):
        yield from _of_text(value)
    elif isinstance(value, list):
        for item in value:
            yield from _all(item)
    else:
        facts = {key.lower().replace("-", "_"): inner for key, inner in value.items()}
        if address := _fact(facts, _ADDRESS):
            yield _Written(
                address=address,
                length=_fact(facts, _LENGTH),
                media_type=_fact(facts, _TYPE),
                duration=_fact(facts, _DURATION),
                title=_fact(facts, _TITLE),
            )
        else:
            # One recording in several formats: ``mp3: a.mp3``.
            duration, title = _fact(facts, _DURATION), _fact(facts, _TITLE)
            for extension, inner in facts.items():
                if extension in FILES:
                    for its in [_Written(address=inner)] if isinstance(inner, str) and inner else _all(inner):
                        yield replace(its, duration=its.duration or duration, title=its.title or title)


def _of_text(value: str) -> Iterator[_Written]:
    """Read an address, or the three lines that WordPress keeps: address, length, type."""
    lines = [line.strip() for line in value.strip().splitlines()]
    # Words are no address, unless they look like a path.
    if not lines or (" " in lines[0] and not ("/" in lines[0] and media_type(lines[0], FILES))):
        return
    address, length, kind = (*lines, "", "", "")[:3]
    yield _Written(address=address, length=length, media_type=kind if is_media_type(kind) else "")


def _with_what_stands_beside(reading: Reading, its: _Written) -> _Written:
    """Add what keys of their own say of the one file there is."""
    fields = reading.source.fields
    length = next((said for key in _LENGTH_BESIDE if bytes_of(said := text(fields.get(key, "")))), "")
    duration = next((said for key in _DURATION_BESIDE if seconds(said := text(fields.get(key, "")))), "")
    clock = text(fields.get("podcast_length", ""))
    return replace(
        its,
        length=its.length or length,
        media_type=its.media_type or _fact(fields, _TYPE_BESIDE),
        duration=its.duration or duration or (clock if ":" in clock else ""),
    )


def _enclosure(reading: Reading, key: str, its: _Written, url: str) -> Enclosure | None:
    kind = _type(key, its)
    target = _target(reading, its.address, url) if kind else ""
    if not target:
        if key in _SURE:
            message = f'the {key} "{its.address[:80]}" is no file of a known kind: left out.'
            reading.warn("enclosure", key, message, "Give its address, and its type: {url: …, type: audio/mpeg}.")
        return None
    length = bytes_of(its.length)
    measured = length or reading.size(target, url)
    if not measured:
        message = f'the length of "{target[:80]}" is not known: 0 is told.'
        reading.inform("enclosure-length", key, message, "Write it in bytes, or keep the file beside the post.")
    return Enclosure(
        url=target,
        media_type=kind,
        length=measured,
        duration=seconds(its.duration),
        title=reading.plain(key, its.title, _LONGEST_TITLE) if its.title else "",
        stated=length > 0,
    )


def _type(key: str, its: _Written) -> str:
    """Return the media type of a file, "" where it is none that this key may name."""
    kind = its.media_type.lower() if is_media_type(its.media_type) else media_type(its.address, FILES)
    return kind if kind.startswith(PLAYED) or key in _ANY_KIND else ""


def _target(reading: Reading, address: str, url: str) -> str:
    """Return the absolute URL of a file, "" where there is no way to understand it.

    The bare name of a file that is not beside the post is below the site's own prefix.
    """
    if "{" in address:
        return ""
    target = absolute(address, url, schemes=RESOURCES) or ""
    prefix = "" if "/" in address else reading.site.media_url or _prefix_of_theme(reading.customs.settings)
    if not prefix or reading.size(target, url):
        return target
    return absolute(f"{prefix.rstrip('/')}/{address}", url, schemes=RESOURCES) or ""


def _prefix_of_theme(settings: Mapping[str, Value]) -> str:
    parameters = settings.get("params", "")
    if not isinstance(parameters, dict):
        return ""
    return _fact({key.lower(): value for key, value in parameters.items()}, _PREFIXES)


def _fact(facts: Mapping[str, Value], keys: tuple[str, ...]) -> str:
    return text(find(facts, keys)[1])
