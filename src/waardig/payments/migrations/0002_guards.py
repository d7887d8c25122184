"""Four eyes and frozen lists as triggers, the door of the gate, events that are only added to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "guards.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


def _append_only(_apps: Any, schema_editor: Any) -> None:
    """What happened to an order and what came back is only added to."""
    role = settings.DATABASES["default"]["USER"]
    with connections[schema_editor.connection.alias].cursor() as cursor:
        cursor.execute(
            f'REVOKE UPDATE, DELETE ON payments_order_event, payments_return_line, payments_return_file FROM "{role}"'
        )
        cursor.execute(f'REVOKE DELETE ON payments_order, payments_list FROM "{role}"')


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_tables"), ("access", "0001_gate")]
    operations = [
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_append_only, migrations.RunPython.noop),
    ]
