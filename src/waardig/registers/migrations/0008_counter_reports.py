"""Who writes a report down at the counter marks the value and nothing more."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "counter_reports.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0007_standing_now")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
