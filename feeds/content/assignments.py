"""What a Python file of settings assigns, where that is written out: read as text, nothing of it is executed."""

import ast
import re
import warnings
from collections.abc import Mapping

from feeds.model.source import Value

_ASSIGNMENT = re.compile(r"^([A-Z][A-Z0-9_]*)[ \t]*=(?!=)[ \t]*", re.MULTILINE)
_TOKEN = re.compile(
    r"""[rRbBuU]{0,2}(?:'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}|"{3}(?:[^"\\]|\\.|"(?!""))*+"{3}"""
    r"""|'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+")|\#[^\n]*|[\[({]|[\])}]|\n|[^\[\](){}'"\\\#\n]+|\\.|.""",
    re.DOTALL,
)
_LONGEST = 100_000
_DEEPEST = 30
_OPENING, _CLOSING = frozenset("[({"), frozenset("])}")

#: So many values may have no end before the rest of the file is given up.
_MOST_UNCLOSED = 10


def assignments(text: str) -> Mapping[str, Value]:
    """Return the literals that names in capitals are set to at the beginning of a line; of several the last.

    Numbers, True and False are text here, None is "", tuples are lists; what
    is computed is left out.
    """
    found: dict[str, Value] = {}
    end = unclosed = 0
    for match in _ASSIGNMENT.finditer(text):
        if match.start() < end or unclosed > _MOST_UNCLOSED:
            continue
        expression, end = _expression(text, match.end())
        unclosed += not end
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found[match[1]] = _value(ast.literal_eval(expression))
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            found.pop(match[1], None)
    return found


def _expression(text: str, start: int) -> tuple[str, int]:
    """Return what stands from ``start`` to the end of the line on which every bracket is closed, and that end.

    ("", 0) where it has none, or is nested too deep.
    """
    pieces: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(text, start, start + _LONGEST):
        written = token[0]
        depth += (written in _OPENING) - (written in _CLOSING)
        if depth > _DEEPEST:
            return "", 0
        if written == "\n" and depth <= 0:
            return "".join(pieces).strip(), token.start()
        if not written.startswith("#"):
            pieces.append(written)
    return ("".join(pieces).strip(), len(text)) if depth <= 0 and start + _LONGEST >= len(text) else ("", 0)


def _value(value: object) -> Value:
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return ""
        case list() | tuple() | set():
            items = sorted(value, key=repr) if isinstance(value, set) else value
            return [_value(item) for item in items]
        case dict():
            return {str(key): _value(item) for key, item in value.items()}
        case str() | int() | float():
            return str(value)
    raise ValueError(f"not text: {value!r}")
