"""The picture of a post."""

import re

from feeds.content.absolutize import absolute
from feeds.content.fields import find, text
from feeds.content.reading import Reading
from feeds.model.post import Picture
from feeds.model.source import Value

_MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
}
_EXTENSION = re.compile(r"\.(\w+)(?:[?#]|$)")
_LONGEST_ALT = 1000
_ADVICE = "Give an address that begins with https:// or with a slash."


def picture(reading: Reading, url: str) -> Picture | None:
    """Read the picture of the post at ``url``: its address may be relative to that.

    The media type is told by the extension, JPEG where that tells nothing.
    """
    key, value = reading.find("picture")
    if not key:
        return None
    address, alt = _address(value)
    target = absolute(address, url) if address and not _is_template(address) else None
    if target is None or not target.startswith(("http://", "https://")):
        reading.warn("picture", key, f'the {key} "{address}" is not the address of a picture: left out.', _ADVICE)
        return None
    alt = alt or text(reading.find("picture_alt")[1])
    extension = _EXTENSION.search(target)
    return Picture(
        url=target,
        media_type=_MEDIA_TYPES.get(extension[1].lower() if extension else "", "image/jpeg"),
        alt=reading.plain(key, alt, _LONGEST_ALT) if alt else "",
    )


def written(reading: Reading) -> str:
    """Return the address of the picture as its author wrote it, "" for none."""
    return _address(reading.find("picture")[1])[0]


def _address(value: Value) -> tuple[str, str]:
    """Return the address and the text alternative that ``value`` holds; of several pictures the first."""
    while isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        address = find(value, ("src", "path", "url", "feature", "image", "file"))[1]
        return text(address), text(find(value, ("alt", "alttext", "caption"))[1])
    return text(value), ""


def _is_template(written: str) -> bool:
    return "{{" in written or "{%" in written
