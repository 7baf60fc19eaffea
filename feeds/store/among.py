"""Asking for many values in one statement, whose text is the same however many there are."""

import json
from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select

Value = TypeVar("Value", str, int)


def among(column: ColumnElement[Value], values: Iterable[Value]) -> ColumnElement[bool]:
    """Say that ``column`` holds one of ``values``.

    They travel as one JSON text: SQLite binds at most 32,766 values, and
    SQLAlchemy writes a statement with hundreds of them anew each time.
    """
    listed = func.json_each(json.dumps(sorted(set(values)))).table_valued("value")
    return column.in_(select(listed.c.value))
