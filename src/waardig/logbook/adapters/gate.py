"""Calls a database function of the gate; whatever the database refuses becomes a refusal without its text.

A database error may quote rows (`Failing row contains ..`), so only its SQLSTATE passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, Error, connections

from waardig.logbook.terms import GATE_REFUSALS, GateRefused, LogbookUnavailable


def call_gate(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[object, ...]]:
    """Rows of one statement that calls a gate function, as the application role.

    Raises:
        GateRefused: the function refused its arguments (SQLSTATE class WA).
        LogbookUnavailable: any other database error: no line, so no data.
    """
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(statement, parameters)
            return list(cursor.fetchall())
    except Error as error:
        refusal = _refusal(error.__cause__)
    raise refusal


def call_gate_binary(statement: str, parameters: Sequence[Any]) -> list[tuple[object, ...]]:
    """The same with parameters beside the statement, as bytes: for files, which as text are twice as long.

    Args:
        statement: with %b for each parameter, and its type behind it.

    Raises:
        GateRefused, LogbookUnavailable: as `call_gate`; it joins the same transaction.
    """
    try:
        found = connections[DEFAULT_DB_ALIAS]
        found.ensure_connection()
        with found.wrap_database_errors, psycopg.Cursor(found.connection) as cursor:
            return list(cursor.execute(statement, parameters, binary=True).fetchall())
    except Error as error:
        refusal = _refusal(error.__cause__)
    raise refusal


def _refusal(cause: BaseException | None) -> GateRefused | LogbookUnavailable:
    state = (cause.sqlstate or "") if isinstance(cause, psycopg.Error) else ""
    if isinstance(cause, psycopg.Error) and state in GATE_REFUSALS:
        code, dutch, remedy = GATE_REFUSALS[state]
        return GateRefused(code, dutch, cause.diag.message_primary or code, remedy)
    return LogbookUnavailable(sqlstate=state)
