"""How moments come from the database: in UTC, as Django has them, in a seventh of the time.

Pages and rounds read thousands. PostgreSQL writes them in ISO unless somebody set another style.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.backends.signals import connection_created
from psycopg.types.datetime import TimestamptzLoader


class MomentLoader(TimestamptzLoader):
    """Reads `2025-04-28 07:00:00.5+00` with what Python has compiled, and anything else as psycopg does."""

    timezone = UTC
    """Where Django looks whether a connection reads in its time zone."""

    def load(self, data: Any) -> datetime:
        """The moment in UTC."""
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:  # no ISO, or a year that Python has not
            return super().load(data).astimezone(UTC)


def read_moments_fast() -> None:
    """From now on every new connection reads moments so, when its session is in UTC (which the settings say)."""
    connection_created.connect(_prepare, dispatch_uid="waardig.shell.moments")


def _prepare(connection: Any, **_of_signal: object) -> None:
    if connection.vendor == "postgresql" and connection.timezone == UTC:
        connection.connection.adapters.register_loader("timestamptz", MomentLoader)
