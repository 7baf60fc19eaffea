"""What kind of file an address leads to, told by its extension alone: the same on every machine."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

#: What is heard or seen; of Apple's formats, the types that its directory asks for.
_PLAYED = {
    "mp3": "audio/mpeg",
    "m4a": "audio/x-m4a",
    "m4b": "audio/x-m4a",
    "aac": "audio/aac",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "mp4": "video/mp4",
    "m4v": "video/x-m4v",
    "mov": "video/quicktime",
    "mpg": "video/mpeg",
    "mpeg": "video/mpeg",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
}

#: What else is offered beside a post.
_OTHERS = {
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
}

#: The types that are known, by extension.
FILES: Mapping[str, str] = MappingProxyType({**_PLAYED, **_OTHERS})

#: The forms in which the words of an episode are offered.
TRANSCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "vtt": "text/vtt",
        "srt": "application/x-subrip",
        "json": "application/json",
        "html": "text/html",
        "htm": "text/html",
        "txt": "text/plain",
    }
)

#: The forms of a file of chapters.
CHAPTERS: Mapping[str, str] = MappingProxyType({"json": "application/json+chapters"})

_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", re.IGNORECASE | re.ASCII)


def media_type(address: str, known: Mapping[str, str]) -> str:
    """Return the type of the file at ``address``, relative or absolute, as ``known`` has it; "" for another."""
    return known.get(extension(address), "")


def extension(address: str) -> str:
    """Return the extension of the file that an address leads to, lower case, without its dot; "" for none."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    _, dot, extension = path.rpartition("/")[2].rpartition(".")
    return extension.lower() if dot else ""


def is_media_type(written: str) -> bool:
    """Tell whether ``written`` is the name of a media type (RFC 6838), without parameters."""
    return _MEDIA_TYPE.fullmatch(written) is not None
