"""The lines of a ticket are written in one go when nobody has one in this run yet."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "in_one_go.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("logbook", "0004_at_once")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
