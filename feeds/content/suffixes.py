"""The language in the name of a file: ``post.fr.md``."""

import re
from collections.abc import Container

_SHAPE = re.compile(r"([a-z]{2})(?:[-_](?:[A-Z][a-z]{3}|[A-Z]{2}|[a-z]{2}))?")

#: Languages that sites are written in, without those whose codes stand in names for something else (``socket.io``).
_WRITTEN = frozenset(
    (
        *("ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa"),
        *("fi", "fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv"),
        *("mk", "mn", "ms", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta"),
        *("te", "th", "tr", "uk", "ur", "uz", "vi", "zh"),
    )
)


def cut(stem: str, languages: Container[str]) -> tuple[str, str]:
    """Cut ``post.fr`` into name and language, which is one of ``languages`` (lower case); it is "" where none is."""
    name, dot, suffix = stem.rpartition(".")
    return (name, suffix) if dot and name and suffix.lower() in languages else (stem, "")


def guess(stem: str) -> tuple[str, str]:
    """Cut ``post.fr`` into name and language where nobody says which languages there are."""
    name, dot, suffix = stem.rpartition(".")
    shape = _SHAPE.fullmatch(suffix) if dot and name else None
    return (name, suffix) if shape and shape[1] in _WRITTEN else (stem, "")
