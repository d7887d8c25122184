"""The door through which the gate asks who is a party of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "population.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


def _append_only(_apps: Any, schema_editor: Any) -> None:
    """What happened in a case and what was decided is only added to."""
    role = settings.DATABASES["default"]["USER"]
    with connections[schema_editor.connection.alias].cursor() as cursor:
        cursor.execute(f'REVOKE UPDATE, DELETE ON cases_event, cases_decision FROM "{role}"')


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables"), ("access", "0001_gate")]
    operations = [
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_append_only, migrations.RunPython.noop),
    ]
