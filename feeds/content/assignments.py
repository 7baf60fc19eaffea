"""What a Python file of settings assigns, where that is written out: read as text, nothing of it is executed."""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping

from feeds.model.source import Value

_ASSIGNMENT = re.compile(r"^([A-Z][A-Z0-9_]*)[ \t]*=(?!=)[ \t]*", re.MULTILINE)
_TOKEN = re.compile(
    r"""[rRbBuU]{0,2}(?:'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}|"{3}(?:[^"\\]|\\.|"(?!""))*+"{3}"""
    r"""|'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+")|\#[^\n]*|[\[({]|[\])}]|\n|[^\[\](){}'"\#\n]+|.""",
    re.DOTALL,
)
_LONGEST = 100_000
_DEEPEST = 30


def assignments(text: str) -> Mapping[str, Value]:
    """Return the literals that names in capitals are set to at the beginning of a line; of several the last.

    Numbers, True and False are text here, None is "", tuples are lists; what
    is computed is left out.
    """
    found: dict[str, Value] = {}
    for match in _ASSIGNMENT.finditer(text):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found[match[1]] = _value(ast.literal_eval(_expression(text, match.end())))
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            found.pop(match[1], None)
    return found


def _expression(text: str, start: int) -> str:
    """Return what stands from ``start`` to the end of the line on which every bracket is closed."""
    return "".join(_tokens(text, start)).strip()


def _tokens(text: str, start: int) -> Iterator[str]:
    depth = 0
    for token in _TOKEN.finditer(text, start, start + _LONGEST):
        written = token[0]
        depth += (written in "[({") - (written in "])}")
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        if written == "\n" and depth <= 0:
            return
        if not written.startswith("#"):
            yield written


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
