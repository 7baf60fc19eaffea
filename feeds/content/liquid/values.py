"""What stands inside Liquid's marks: values, filters, conditions."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from feeds.content.fields import text as one_line
from feeds.content.liquid.filters import FILTERS, is_nothing
from feeds.model.source import Value

#: What is known by its name, and the filters of a site beside those of Liquid.
Known: TypeAlias = dict[str, Value]
Filter: TypeAlias = "Callable[[Value, list[str]], Value]"

#: Longer values are not made: filters could make them as long as they like.  Longer marks are not read.
_LONGEST = 20_000
_LONGEST_MARK = 5_000

_TOKEN = re.compile(r"""("[^"]*"|'[^']*'|[|,:()]|[=!<>][=>]?|(?:[^\s|,:()=!<>"'\[]|\[[^\[\]]*+\]|\[)++)""")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PARTS = re.compile(r"""\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]|\.?([\w-]+)""")
_WORDS: Mapping[str, Value] = {"true": "true", "false": "", "nil": "", "null": "", "blank": "", "empty": ""}


class Unknown(Exception):
    """A value, a filter or a condition that only the site's generator can tell."""


def tokens(written: str) -> list[str]:
    """Cut the inside of a mark into words, texts in quotes, and signs; raises `Unknown` where it is too long."""
    if len(written) > _LONGEST_MARK:
        raise Unknown(written[:80])
    return _TOKEN.findall(written)


def evaluate(written: str, known: Known, filters: Mapping[str, Filter]) -> Value:
    """Return the value that an expression with its filters has; raises `Unknown`."""
    first, *rest = _split(tokens(written), "|")
    if len(first) != 1:
        raise Unknown(written)
    has_default = bool(rest) and rest[0][:1] == ["default"]
    value = _or_nothing(first[0], known) if has_default else operand(first[0], known)
    for words in rest:
        if not words:
            raise Unknown(written)
        apply = filters.get(words[0]) or FILTERS.get(words[0])
        if apply is None:
            raise Unknown(words[0])
        arguments = [as_text(operand(word, known)) for word in words[1:] if word not in (":", ",")]
        try:
            value = apply(value, arguments)
        except (IndexError, ValueError) as error:
            raise Unknown(words[0]) from error
        if len(value) > _LONGEST:
            raise Unknown(written)
    return value


def as_text(value: Value) -> str:
    """Return a text as it is, "" for a list or a map."""
    return value if isinstance(value, str) else ""


def operand(word: str, known: Known) -> Value:
    """Return what a word stands for: a text in quotes, a number, or the path to a value; raises `Unknown`."""
    if word[0] in "\"'":
        return word[1:-1]
    if word in _WORDS:
        return _WORDS[word]
    return word if _NUMBER.fullmatch(word) else _looked_up(word, known)


def _looked_up(word: str, known: Known) -> Value:
    value: Value = known
    for double, single, number, name in _PARTS.findall(word):
        key = double or single or number or name
        if isinstance(value, list):
            value = _of_list(value, key)
        elif isinstance(value, dict) and (found := _of_map(value, key)) is not None:
            value = found
        elif isinstance(value, str) and key == "size":
            value = str(len(value))
        else:
            raise Unknown(word)
    return value


def _of_map(value: Mapping[str, Value], key: str) -> "Value | None":
    return value[key] if key in value else value.get(key.lower())


def _of_list(value: list[Value], key: str) -> Value:
    if key == "size":
        return str(len(value))
    index = {"first": 0, "last": -1}.get(key, int(key) if key.isdigit() else len(value))
    if not -1 <= index < len(value) or not value:
        raise Unknown(key)
    return value[index]


def holds(written: str, known: Known) -> bool:
    """Tell whether a condition holds; what is not known is nothing, as in Liquid.  `Unknown` is no condition."""
    alternatives = _split(tokens(written), "or")
    return any(all(_compared(words, known) for words in _split(several, "and")) for several in alternatives)


def _compared(words: list[str], known: Known) -> bool:
    if len(words) == 1:
        value = _or_nothing(words[0], known)
        return bool(value) if words[0][0] in "\"'" else not is_nothing(value)
    if len(words) != 3:
        raise Unknown(" ".join(words))
    left, sign, right = _or_nothing(words[0], known), words[1], _or_nothing(words[2], known)
    match sign:
        case "==":
            return _same(words, left, right)
        case "!=" | "<>":
            return not _same(words, left, right)
        case "contains":
            return one_line(right) in left if isinstance(left, str | list) else False
        case _:
            raise Unknown(sign)


def _same(words: list[str], left: Value, right: Value) -> bool:
    """Tell whether both are the same; beside false and nothing, what YAML reads as such is that too."""
    if any(word in _WORDS and not _WORDS[word] for word in words):
        return is_nothing(left) and is_nothing(right)
    return left == right


def _or_nothing(word: str, known: Known) -> Value:
    try:
        return operand(word, known)
    except Unknown:
        return ""


def named(arguments: str) -> dict[str, str]:
    """Return the parameters ``key="value"`` of a tag, as they are written."""
    found = _PARAMETER.findall(arguments[:_LONGEST_MARK])
    return {key: double or single or bare for key, double, single, bare in found}


_PARAMETER = re.compile(r"""(?<![\w-])([\w-]++)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s"',]+))""")


def _split(words: list[str], separator: str) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if word == separator:
            yield part
            part = []
        else:
            part.append(word)
    yield part
