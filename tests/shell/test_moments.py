"""Moments from the database are what Django would give, to the microsecond, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection
from psycopg.pq import Format

from waardig.shell.moments import MomentLoader

LOADED = "SELECT %s::timestamptz"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-03-30 02:30:00.000001+01", datetime(2025, 3, 30, 1, 30, 0, 1, tzinfo=UTC)),
        ("2025-10-26 02:30:00+02", datetime(2025, 10, 26, 0, 30, tzinfo=UTC)),
        ("0001-01-01 00:00:00+00", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31 23:59:59.999999+00", datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_a_moment_is_in_utc_and_exact(db: None, text: str, moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOADED, [text])
        ((found,),) = cursor.fetchall()
    assert (found, found.tzinfo) == (moment, UTC)


def test_nothing_stays_nothing_and_a_moment_that_python_has_not_is_refused_as_ever(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULL::timestamptz")
        assert cursor.fetchall() == [(None,)]
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError, match="infinity"):
            cursor.fetchall()


def test_connections_read_so(db: None) -> None:
    connection.ensure_connection()
    assert connection.connection is not None
    known = connection.connection.adapters
    assert known.get_loader(known.types["timestamptz"].oid, Format.TEXT) is MomentLoader
