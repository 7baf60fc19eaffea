"""From a pattern to the path of a post's page."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath

from feeds.content import fields as fields_
from feeds.model.source import Value

_PLACEHOLDER = re.compile(r"\{(.*?)\}")
_NOT_IN_SLUGS = re.compile(r"[^\w\s.]")
_SLASHES = re.compile(r"/{2,}")
_BLADE = re.compile(r"(.+)\.blade\.\w+$", re.IGNORECASE)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The path of a page, from its first slash on, not percent-encoded.

    ``missing`` are the placeholders that gave nothing.  ``by_name`` tells that
    the pattern gave no path at all, so that the file's name stands in.
    """

    path: str
    missing: tuple[str, ...] = ()
    by_name: bool = False


def stem(path: PurePosixPath) -> str:
    """Return what a file is called: its name without extension, its folder's where it is ``index``."""
    name = path.name
    blade = _BLADE.match(name) if name.count(".") > 1 else None
    name = blade[1] if blade else path.stem
    return path.parent.name if name.lower() == "index" and path.parent.name else name


def folder(path: PurePosixPath) -> str:
    """Return the folders of a file that are part of its address, with slashes between them."""
    folders = path.parent.parts[:-1] if path.stem.lower() == "index" else path.parent.parts
    return "/".join(part for part in folders if not part.startswith("_"))


def expand(
    pattern: str,
    *,
    word: Callable[[str], str | None],
    fields: Mapping[str, Value],
    published: datetime,
    dated: tuple[str, ...],
) -> Link:
    """Fill in ``pattern`` as Jigsaw does.

    ``{title}`` is the value of a front matter key or, where there is none,
    what ``word`` gives for it (``filename``, ``collection``, …; None for what
    it does not know); ``{-title}`` is the same as a slug with that separator;
    ``{date|Y/m/d}`` is ``published``, in its own zone, in PHP's letters, for
    any key in ``dated``.
    A pattern without placeholders gets the slug of the file name appended.
    """
    missing: list[str] = []

    def value(part: _Placeholder) -> str:
        if part.format:
            found = _format(published, part.format) if part.name in dated else None
        else:
            found = fields_.text(fields_.lookup(fields, part.name.lower())) or word(part.name)
        # PHP takes "0" for nothing.
        if found is None or found == "0":
            missing.append(part.written)
            return ""
        return slugged(found, part.separator) if part.separator else found

    path = "/" + "".join([part if isinstance(part, str) else value(part) for part in _parts(pattern)])
    if "//" in path:
        path = _SLASHES.sub("/", path)
    by_name = not path.strip("/. ")
    return Link(
        path=f"/{word('filename')}" if by_name else path, missing=tuple(dict.fromkeys(missing)), by_name=by_name
    )


@dataclass(frozen=True, slots=True)
class _Placeholder:
    """What stands between braces in a pattern: ``{-title}`` has a separator, ``{date|Y}`` a format."""

    written: str
    name: str
    separator: str
    format: str


@lru_cache(maxsize=256)
def _parts(pattern: str) -> tuple[str | _Placeholder, ...]:
    """Cut a pattern, or that which it stands for, into its texts and its placeholders."""
    texts_and_names = _PLACEHOLDER.split(pattern if _PLACEHOLDER.search(pattern) else f"{pattern}/{{-filename}}")
    return tuple(_placeholder(part) if number % 2 else part for number, part in enumerate(texts_and_names))


def _placeholder(inner: str) -> _Placeholder:
    name, _, format = inner.partition("|")
    separator = "" if name[:1].isalpha() else name[:1]
    return _Placeholder(f"{{{inner}}}", name.lstrip(separator) if separator else name, separator, format)


def slugged(text: str, separator: str) -> str:
    """Return ``text`` as Jigsaw slugs it: lower case; letters, numbers and dots; one separator between words."""
    flip = "_" if separator == "-" else "-"
    words = text.replace(flip, " ").replace(separator, " ").lower()
    return separator.join(_NOT_IN_SLUGS.sub("", words).replace("_", "").split())


def _format(moment: datetime, format: str) -> str:
    """Write ``moment`` in the letters of PHP's ``date()``; a letter behind a backslash is itself."""
    letters = _letters(moment)
    return re.sub(r"\\(.)|(.)", lambda match: match[1] or letters.get(match[2], match[2]), format)


def _letters(moment: datetime) -> dict[str, str]:
    month, day = _MONTHS[moment.month - 1], _DAYS[moment.weekday()]
    return {
        "d": f"{moment.day:02}",
        "j": str(moment.day),
        "D": day[:3],
        "l": day,
        "N": str(moment.isoweekday()),
        "z": str(moment.timetuple().tm_yday - 1),
        "W": f"{moment.isocalendar().week:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "M": month[:3],
        "F": month,
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "H": f"{moment.hour:02}",
        "G": str(moment.hour),
        "i": f"{moment.minute:02}",
        "s": f"{moment.second:02}",
        "U": str(int(moment.timestamp())),
    }
