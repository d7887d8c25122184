"""The doors through which the gate asks whom somebody helps; what happened to a mandate is only added to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "population.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


def _append_only(_apps: Any, schema_editor: Any) -> None:
    role = settings.DATABASES["default"]["USER"]
    with connections[schema_editor.connection.alias].cursor() as cursor:
        cursor.execute(f'REVOKE UPDATE, DELETE ON mandates_event FROM "{role}"')
        cursor.execute(f'REVOKE DELETE ON mandates_mandate FROM "{role}"')


class Migration(migrations.Migration):
    dependencies = [("mandates", "0001_tables")]
    operations = [
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_append_only, migrations.RunPython.noop),
    ]
