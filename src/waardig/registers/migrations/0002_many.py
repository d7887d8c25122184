"""Populations and facts of many people at once, for rounds."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "many.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_registers"), ("access", "0002_alike")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
