"""Cheaper lines for a round: same content, the line of a detail is checked once a statement."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "at_once.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("logbook", "0003_witness")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
