"""From what front matter holds to what is meant: each field's type is judged here, by documented rules."""

from collections.abc import Mapping

from feeds.model.source import Value

#: Words for yes and for no, in any case.  An empty value is a no.
TRUE_WORDS = frozenset({"true", "yes", "on", "y", "1"})
FALSE_WORDS = frozenset({"false", "no", "off", "n", "0", "", "null", "none", "~"})

_NO_NAMES = frozenset({"true", "false"})

_YES_HIDES = frozenset(
    {"draft", "isdraft", "is_draft", "hidden", "hide", "unlisted", "private", "eleventyexcludefromcollections"}
)
_NO_HIDES = frozenset({"published", "publish"})
_WRITTEN_NO_HIDES = frozenset({"feeds", "feed"})
_STATUS_HIDES = frozenset(
    {
        "draft",
        "drafts",
        "auto-draft",
        "private",
        "hidden",
        "pending",
        "unpublished",
        "unlisted",
        "review",
        "in review",
        "in-review",
        "wip",
        "trash",
        "deleted",
        "inactive",
        "disabled",
    }
)

#: Every key by which an author can keep a post to themselves, whatever the generator.
HIDING = _YES_HIDES | _NO_HIDES | _WRITTEN_NO_HIDES | {"status", "visibility", "password"}


def flag(value: Value) -> bool | None:
    """Read a flag: True, False, or None where it is neither."""
    if not isinstance(value, str):
        return None if value else False
    word = value.strip().lower()
    if word in TRUE_WORDS:
        return True
    return False if word in FALSE_WORDS else None


def hides(key: str, value: Value) -> str:
    """Return why ``key: value`` keeps a post to its author, "" where it does not.

    A word that is neither yes nor no is read to the safe side: it hides.
    ``published`` and ``publish`` hide here by a no only, since they may hold a
    date, which takes more to judge; ``feed`` may hold a map of settings.
    """
    if key in _YES_HIDES:
        return key if flag(value) is not False else ""
    if key in _NO_HIDES:
        return f"{key}: false" if flag(value) is False else ""
    if key in _WRITTEN_NO_HIDES:
        return f"{key}: false" if value and flag(value) is False else ""
    if key == "password":
        return "password" if value else ""
    if key in {"status", "visibility"}:
        word = text(value).lower()
        return f"{key}: {word}" if word in _STATUS_HIDES else ""
    return ""


def text(value: Value) -> str:
    """Return a text on one line, "" for a list or a map."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def lookup(fields: Mapping[str, Value], key: str) -> Value:
    """Return the value of ``key``, "" where there is none; ``date.created`` looks into a map."""
    value = fields.get(key)
    if value is not None:
        return value
    name, _, inner = key.partition(".")
    outer = fields.get(name)
    if not isinstance(outer, dict):
        return ""
    return next((item for part, item in outer.items() if part.lower() == inner), "")


def find(fields: Mapping[str, Value], keys: tuple[str, ...]) -> tuple[str, Value]:
    """Return the first of ``keys`` that holds something, with its value; ("", "") where none does."""
    for key in keys:
        value = fields.get(key)
        if value is None and "." in key:
            value = lookup(fields, key)
        if value and not (isinstance(value, str) and value.isspace()):
            return key, value
    return "", ""


def names(value: Value, *, separators: str = "") -> list[str]:
    """List the names that ``value`` holds: texts, or maps with a name, nested as they may be.

    A text is one name, or several where it holds one of ``separators``.  A
    lone yes or no is not a name.
    """
    if isinstance(value, dict):
        return names(named(value))
    if isinstance(value, list):
        return [name for item in value for name in names(item)]
    separator = next((mark for mark in separators if mark in value), None) if separators else None
    parts = value.split(separator) if separator else (value,)
    return [name for part in parts if (name := text(part)) and name.lower() not in _NO_NAMES]


def named(value: Mapping[str, Value]) -> str:
    """Return the name that a map gives to what it describes, "" for none."""
    return text(find(value, ("name", "title", "label"))[1])
