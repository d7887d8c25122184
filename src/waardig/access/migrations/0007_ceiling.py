"""The declared ceiling of a day is kept: a row an actor and activity, raised with each ask."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "ceiling.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("access", "0006_ticket_storage")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
