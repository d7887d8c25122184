"""Taking much at once passes, of each person, only what was asked for."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "asked_only.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0010_lookup_ceiling")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
