"""The filters of Liquid and Jekyll that posts use: each from a value and its arguments to a value."""

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_FLOOR, Decimal
from html import escape, unescape
from urllib.parse import quote, quote_plus

from feeds.model.source import Value

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"\s*-?\d{1,15}(?:\.\d{1,15})?\s*", re.ASCII)


#: How YAML writes no and nothing.
_NOTHING = frozenset({"", "false", "no", "off", "null", "nil", "~"})


def is_nothing(value: Value) -> bool:
    """Tell whether a value of a site's files is false, or none, to Liquid: there it is not a text any more."""
    return value.lower() in _NOTHING if isinstance(value, str) else not value


def _text(change: Callable[..., str]) -> Callable[[Value, list[str]], Value]:
    """Make a filter of a function from a text, and from texts for its arguments, to a text."""
    return lambda value, arguments: change(value if isinstance(value, str) else "", *arguments[:2])


def _truncate(text: str, length: str = "50", end: str = "...") -> str:
    return text if len(text) <= int(length) else text[: max(0, int(length) - len(end))] + end


def _truncated_words(text: str, most: str = "15", end: str = "...") -> str:
    words = text.split()
    return " ".join(words[: int(most)]) + end if len(words) > int(most) else text


def _default(value: Value, arguments: list[str]) -> Value:
    return arguments[0] if is_nothing(value) else value


def _number(written: str) -> Decimal:
    """Return the number that a text is; raises ValueError where it is none, or longer than anybody writes one."""
    if not _NUMBER.fullmatch(written):
        raise ValueError(written)
    return Decimal(written)


def _calculated(calculate: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Value, list[str]], Value]:
    """Make a filter of a calculation; whole numbers stay whole, as in Liquid."""

    def apply(value: Value, arguments: list[str]) -> Value:
        left, right = _number(value if isinstance(value, str) else ""), _number(arguments[0])
        try:
            return f"{calculate(left, right):f}"
        except ArithmeticError as error:
            raise ValueError(arguments[0]) from error

    return apply


def _divided(left: Decimal, right: Decimal) -> Decimal:
    """Divide; a whole number by a whole one is rounded down."""
    whole = left == left.to_integral() and right == right.to_integral()
    return (left / right).to_integral(ROUND_FLOOR) if whole else left / right


def _split(value: Value, arguments: list[str]) -> Value:
    text = value if isinstance(value, str) else ""
    return [*(text.split(arguments[0]) if arguments[0].strip() else text.split())]


def _join(value: Value, arguments: list[str]) -> Value:
    items = value if isinstance(value, list) else [value]
    return (arguments[0] if arguments else " ").join(item for item in items if isinstance(item, str))


def _end(index: int) -> Callable[[Value, list[str]], Value]:
    return lambda value, _: value[index] if isinstance(value, list) and value else ""


def _sized(value: Value, _: list[str]) -> Value:
    return str(len(value))


def _sorted(value: Value, _: list[str]) -> Value:
    texts = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return [*sorted(texts)]


def _unchanged(value: Value, _: list[str]) -> Value:
    return value


def _as_uri(text: str) -> str:
    return quote(text, safe="/:@!$&'()*+,;=-._~?#%[]")


FILTERS: Mapping[str, Callable[[Value, list[str]], Value]] = {
    "append": _text(lambda text, end: text + end),
    "capitalize": _text(lambda text: text[:1].upper() + text[1:].lower()),
    "cgi_escape": _text(quote_plus),
    "default": _default,
    "divided_by": _calculated(_divided),
    "downcase": _text(str.lower),
    "escape": _text(escape),
    "escape_once": _text(lambda text: escape(unescape(text))),
    "first": _end(0),
    "join": _join,
    "last": _end(-1),
    "lstrip": _text(str.lstrip),
    "markdownify": _unchanged,
    "minus": _calculated(lambda left, right: left - right),
    "modulo": _calculated(lambda left, right: left - right * (left / right).to_integral(ROUND_FLOOR)),
    "newline_to_br": _text(lambda text: text.replace("\n", "<br />\n")),
    "normalize_whitespace": _text(lambda text: " ".join(text.split())),
    "plus": _calculated(lambda left, right: left + right),
    "prepend": _text(lambda text, beginning: beginning + text),
    "remove": _text(lambda text, part: text.replace(part, "") if part else text),
    "remove_first": _text(lambda text, part: text.replace(part, "", 1)),
    "replace": _text(lambda text, part, by="": text.replace(part, by) if part else text),
    "replace_first": _text(lambda text, part, by="": text.replace(part, by, 1)),
    "rstrip": _text(str.rstrip),
    "size": _sized,
    "smartify": _unchanged,
    "sort": _sorted,
    "split": _split,
    "strip": _text(str.strip),
    "strip_html": _text(lambda text: _TAG.sub("", text)),
    "strip_newlines": _text(lambda text: text.replace("\n", "")),
    "times": _calculated(lambda left, right: left * right),
    "truncate": _text(_truncate),
    "truncatewords": _text(_truncated_words),
    "upcase": _text(str.upper),
    "uri_escape": _text(_as_uri),
    "url_encode": _text(quote_plus),
    "xml_escape": _text(escape),
}
