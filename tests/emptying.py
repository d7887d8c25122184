"""The database of the tests as it was before a test: what was written is away, the published policy is back.

One connection of the superuser does it for a whole session: as a replica, for which no trigger and no foreign key is
looked at. Everything that is filled is emptied, so nothing is left that refers to what is gone.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import cast

import psycopg
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql
from psycopg.pq import TransactionStatus

Table = tuple[str, str]
_MANY = 2_000
_KEPT = ("django_migrations", "population_door", "pseudonym_key")
_WRITTEN = ("public", "reg", "log", "gate")
_FORGET = (
    "RESET SESSION AUTHORIZATION; RESET ALL; CLOSE ALL; UNLISTEN *; DISCARD TEMP; DISCARD SEQUENCES;"
    " SELECT pg_advisory_unlock_all()"
)
"""`DISCARD ALL` without the plans: making those again takes longer than most tests."""


class Cleaner:
    """Empties one database, on a connection that is made at its first use and again when somebody ended it."""

    def __init__(self, superuser: str) -> None:
        self._superuser = superuser
        self._connection: psycopg.Connection | None = None

    def connection(self) -> psycopg.Connection:
        """The connection as a replica."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._superuser, autocommit=True)
            self._connection.execute("SET session_replication_role = replica")
        return self._connection

    def empty(self) -> None:
        """Empty what was written; put the published policy back where it was changed."""
        try:
            _empty(self.connection())
        except psycopg.OperationalError:
            if self._connection is None or not self._connection.closed:
                raise
            _empty(self.connection())  # a test ended every connection, this one too

    def close(self) -> None:
        """Leave the database."""
        if self._connection is not None:
            self._connection.close()


def as_new(one: DatabaseWrapper) -> None:
    """A connection for the next test: the same, which knows our functions already, without what a test left in it.

    What was left in the middle of a transaction, or broken, is ended. The minute after which a connection is old
    (`CONN_MAX_AGE`) begins again.
    """
    known = one.connection
    if known is None:
        return
    idle = not known.closed and known.info.transaction_status is TransactionStatus.IDLE
    if not idle or one.in_atomic_block or one.errors_occurred or not one.get_autocommit():
        one.close()
        return
    one.run_on_commit = []
    one.close_at = time.monotonic() + one.settings_dict["CONN_MAX_AGE"]
    try:
        known.execute(_FORGET)
    except psycopg.OperationalError:  # the server ended it
        one.close()
        return
    one.ensure_timezone()


def marks(connection: psycopg.Connection, tables: Iterable[Table]) -> dict[str, str]:
    """What each table is now, by "schema.table": every write of a row gives it another `xmin`."""
    each = (
        sql.SQL("SELECT {}, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) FROM {}").format(
            sql.Literal(f"{schema}.{table}"), sql.Identifier(schema, table)
        )
        for schema, table in tables
    )
    return dict(connection.execute(sql.SQL(" UNION ALL ").join(each)).fetchall())


def snapshot_policy(connection: psycopg.Connection) -> None:
    """Keep the published policy beside itself, with what it is now."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS kept")
    for schema, table in _tables(connection, ("pol",)):
        connection.execute(
            sql.SQL("CREATE TABLE kept.{} AS TABLE {}.{}").format(
                sql.Identifier(table), sql.Identifier(schema), sql.Identifier(table)
            )
        )
    connection.execute("CREATE TABLE kept.written (policy text)")
    _remember_policy(connection)


def _tables(connection: psycopg.Connection, schemas: tuple[str, ...]) -> list[Table]:
    """Tables that hold rows themselves: of a table in parts, the parts."""
    rows = connection.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relkind = 'r' ORDER BY 1, 2",
        (list(schemas),),
    ).fetchall()
    return [(schema, table) for schema, table in rows if table not in _KEPT]


def _policy(connection: psycopg.Connection) -> str:
    """What the published policy is now."""
    return " ".join(mark for _, mark in sorted(marks(connection, _tables(connection, ("pol",))).items()))


def _remember_policy(connection: psycopg.Connection) -> None:
    connection.execute("TRUNCATE kept.written")
    connection.execute("INSERT INTO kept.written VALUES (%s)", (_policy(connection),))


def _one(connection: psycopg.Connection, query: sql.Composed | sql.SQL) -> object:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def _empty(connection: psycopg.Connection) -> None:
    tables = _tables(connection, _WRITTEN)
    if not tables:
        return
    held = dict(zip(tables, _held(connection, tables), strict=True))
    if many := [sql.Identifier(*table) for table, count in held.items() if count > 1]:
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(many)))
    # deleting a few rows is twenty times as fast as a new file for a table
    if few := [sql.SQL("DELETE FROM {}").format(sql.Identifier(*table)) for table, count in held.items() if count == 1]:
        connection.execute(sql.SQL("; ").join(few))
    if _policy(connection) != _one(connection, sql.SQL("SELECT policy FROM kept.written")):
        _restore_policy(connection)


def _held(connection: psycopg.Connection, tables: list[Table]) -> list[int]:
    """Of each table: 0 for no row, 1 for some, 2 for many."""
    look = "CASE WHEN NOT EXISTS (SELECT FROM {0}) THEN 0 WHEN EXISTS (SELECT FROM {0} OFFSET {1}) THEN 2 ELSE 1 END"
    looks = (sql.SQL(look).format(sql.Identifier(*table), sql.Literal(_MANY)) for table in tables)
    return cast(list[int], _one(connection, sql.SQL("SELECT ARRAY[{}]").format(sql.SQL(", ").join(looks))))


def _restore_policy(connection: psycopg.Connection) -> None:
    tables = _tables(connection, ("pol",))
    names = sql.SQL(", ").join(sql.Identifier(s, t) for s, t in tables)
    connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
    for _, table in tables:
        connection.execute(
            sql.SQL("INSERT INTO pol.{0} OVERRIDING SYSTEM VALUE SELECT * FROM kept.{0}").format(sql.Identifier(table))
        )
    _remember_policy(connection)
