"""Writing many rows at once."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert

from feeds.store.records import Values


def write(connection: Connection, statement: Insert, rows: Sequence[dict[str, Any]]) -> None:
    """Execute ``statement`` for each of ``rows``, which all have the same keys and hold what the driver takes as it is.

    SQLAlchemy looks at every value of every row; here the text of the
    statement is all that is taken from it, in a third of the time.
    """
    if rows:
        values = itemgetter(*rows[0])
        write_tuples(connection, statement, [values(row) for row in rows], columns=rows[0])


def write_tuples(
    connection: Connection, statement: Insert, rows: Sequence[Values], *, columns: Iterable[str] = ()
) -> None:
    """Do what `write` does with the values of ``columns``; without these, of every column in the order of the table."""
    if not rows:
        return
    names = list(columns) or [column.name for column in statement.table.columns]
    compiled = statement.compile(dialect=connection.dialect, column_keys=names)
    order = [names.index(name) for name in compiled.positiontup or ()]
    if order != sorted(order):
        pick = itemgetter(*order)
        rows = [pick(row) for row in rows]
    connection.exec_driver_sql(str(compiled), list(rows))
