"""The lines of a ticket are written at once."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "alike.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_gate"), ("logbook", "0002_alike")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
