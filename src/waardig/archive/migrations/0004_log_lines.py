"""Lines of the log past their term go, except those of a case that is kept."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "lines.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0003_hold_until"),
        ("access", "0005_retention"),
        ("cases", "0001_tables"),
        ("inbox", "0001_messages"),
        ("logbook", "0006_retention"),
    ]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
