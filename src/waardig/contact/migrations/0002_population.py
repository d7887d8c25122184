"""The door through which the gate asks whose request somebody handles."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "population.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("contact", "0001_tables"), ("access", "0001_gate")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
