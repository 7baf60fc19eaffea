"""What pydantic found, said in plain words."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from feeds.settings.advice import did_you_mean, shown
from feeds.settings.problems import KeyPath, Problem, table_name
from feeds.settings.tables import Document, Table, table_at

_Phrase: TypeAlias = Callable[[Any, Mapping[str, Any]], str]

#: The end of the sentence that starts with the key, by pydantic's type of error: from the value and the limits.
_PHRASES: Mapping[str, _Phrase] = {
    "bool_type": lambda value, _: f"must be true or false without quotes, not {shown(value)}",
    "finite_number": lambda value, _: f"must be a finite number, not {value}",
    "float_type": lambda value, _: f"must be a number without quotes, not {shown(value)}",
    "greater_than": lambda value, limits: f"must be greater than {limits['gt']:g}, not {value}",
    "greater_than_equal": lambda value, limits: f"must be {limits['ge']} or more, not {value}",
    "int_type": lambda value, _: f"must be a whole number without quotes, not {shown(value)}",
    "less_than_equal": lambda value, limits: f"must be {limits['le']} or less, not {value}",
    "missing": lambda _, __: "is missing: add it",
    "model_type": lambda value, _: f"must be a table, not {shown(value)}",
    "path_type": lambda value, _: f"must be a text in quotes, not {shown(value)}",
    "string_type": lambda value, _: f"must be a text in quotes, not {shown(value)}",
    "tuple_type": lambda value, _: f"must be a list, not {shown(value)}",
    "value_error": lambda _, limits: str(limits["error"]),
}


def problems_of(error: ValidationError, document: Mapping[str, object]) -> list[Problem]:
    """Translate all that ``error`` holds against ``document``."""
    return [_problem(detail, document) for detail in error.errors()]


def _problem(detail: ErrorDetails, document: Mapping[str, object]) -> Problem:
    path = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return Problem(path=path, message=_unknown(path, detail["input"], document))
    end = len(path)
    while isinstance(path[end - 1], int) and table_at(path[:end]) is None:
        end -= 1
    table, key = path[: end - 1], path[end - 1]
    phrase = _PHRASES[detail["type"]](detail["input"], detail.get("ctx", {}))
    # A table in a list has no name but its place.
    subject = f"{table_name(table, document)}{key}" if isinstance(key, str) else table_name(path[:end], document)[:-2]
    return Problem(path=path, message=f"{subject} {phrase}")


def _unknown(path: KeyPath, value: object, document: Mapping[str, object]) -> str:
    table, key = path[:-1], str(path[-1])
    if not table and not isinstance(value, dict | list):
        return f"unknown key {shown(key)} outside of any table: put it below its heading, such as [site]"
    advice = did_you_mean(key, _keys(table_at(table))) or _elsewhere(key)
    return f"{table_name(table, document)}unknown key {shown(key)}{advice or ': take it out'}"


def _elsewhere(key: str) -> str:
    headings = {name: "[[feed]]" if name == "feed" else f"[{name}]" for name in Document.model_fields}
    homes = [heading for name, heading in headings.items() if key in _keys(table_at((name,)))]
    return f" (it belongs to {' or '.join(homes)})" if homes else ""


def _keys(table: type[Table] | None) -> list[str]:
    return list(table.model_fields) if table else []
