"""Lines that differ in their person only are written at once, for rounds over many people."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "alike.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("logbook", "0001_log")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
