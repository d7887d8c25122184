"""Many rows of one table at once, by PostgreSQL's COPY: no row is quoted, parsed or planned by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def copy_rows(connection: Any, rows: Sequence[Any]) -> None:
    """Insert rows that nobody has stored yet, in the caller's transaction; all or none.

    Args:
        connection: a database connection of Django (PostgreSQL).
        rows: instances of one Django model without JSON fields, all with the same fields left out. An automatic number
            and a default of the database are left to the database and not put on the instance.

    Raises:
        django.db.IntegrityError: a key is there already, or a constraint does not hold.
    """
    if not rows:
        return
    model = rows[0]._meta
    fields = [one for one in model.concrete_fields if not _is_left_to_database(one, rows[0])]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(one.column) for one in fields)
    statement = f"COPY {quote(model.db_table)} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([one.pre_save(row, True) for one in fields])


def _is_left_to_database(field: Any, row: Any) -> bool:
    value = getattr(row, field.attname)
    return hasattr(value, "as_sql") or (field.primary_key and value is None)
