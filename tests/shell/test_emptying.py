"""What one test leaves is not there for the next: no row, no changed policy, nothing in the connection that stays."""

from __future__ import annotations

from typing import cast

import psycopg
import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from tests.access.builders import a_person, a_weighed_service
from tests.emptying import Cleaner, as_new
from waardig.logbook.actions import write_lines
from waardig.logbook.terms import NewLine

pytestmark = pytest.mark.usefixtures("db")
ONE = cast(DatabaseWrapper, connection)


def _value(query: str) -> object:
    with ONE.cursor() as cursor:
        cursor.execute(query)
        (found,) = cursor.fetchone()
    return found


def _filled(owner: psycopg.Connection, schema: str) -> set[str]:
    """The tables of this schema with a row."""
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)).fetchall()
    look = sql.SQL("SELECT EXISTS (SELECT FROM {})")
    return {
        table for (table,) in tables if owner.execute(look.format(sql.Identifier(schema, table))).fetchone() == (True,)
    }


def test_every_row_is_gone_and_the_policy_is_as_it_was_published(owner: psycopg.Connection, cleaner: Cleaner) -> None:
    published = owner.execute("SELECT id, version, status FROM pol.activity ORDER BY 1, 2").fetchall()
    a_weighed_service(owner)
    write_lines([NewLine("bericht.bezorgen", a_person()) for _ in range(3)])
    assert _filled(owner, "log") >= {"line", "detail"} and "person" in _filled(owner, "reg")
    assert owner.execute("SELECT id, version, status FROM pol.activity ORDER BY 1, 2").fetchall() != published

    cleaner.empty()

    assert {table for schema in ("log", "reg", "gate") for table in _filled(owner, schema)} <= {"population_door"}
    assert _filled(owner, "public") == {"django_migrations"}
    assert owner.execute("SELECT id, version, status FROM pol.activity ORDER BY 1, 2").fetchall() == published


def test_a_connection_that_stays_keeps_no_setting_lock_or_cursor() -> None:
    backend, before = _value("SELECT pg_backend_pid()"), _value("SHOW work_mem")
    _value("SELECT set_config('work_mem', '7MB', false)")
    _value("SELECT count(pg_advisory_lock(7))")
    _value("SELECT count(nextval) FROM (SELECT set_config('app.left', 'x', false) AS nextval) AS left_there")

    as_new(ONE)

    assert _value("SELECT pg_backend_pid()") == backend
    assert _value("SHOW work_mem") == before
    assert _value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()") == 0
    assert _value("SELECT coalesce(current_setting('app.left', true), '')") == ""
    assert _value("SHOW timezone") == "UTC"


def test_a_connection_in_the_middle_of_something_is_another_one_for_the_next_test() -> None:
    backend = _value("SELECT pg_backend_pid()")
    ONE.connection.execute("BEGIN")
    as_new(ONE)
    begun = _value("SELECT pg_backend_pid()")
    with pytest.raises(psycopg.errors.DivisionByZero), transaction.atomic():
        ONE.connection.execute("SELECT 1 / 0")
    as_new(ONE)

    assert len({backend, begun}) == 2
    assert _value("SELECT 1") == 1


def test_a_connection_that_was_ended_is_another_one_for_the_next_test(cleaner: Cleaner) -> None:
    backend = _value("SELECT pg_backend_pid()")
    cleaner.connection().execute("SELECT pg_terminate_backend(%s, 60000)", (backend,))
    as_new(ONE)

    assert _value("SELECT pg_backend_pid()") != backend
