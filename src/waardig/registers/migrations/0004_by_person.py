"""Facts of many people are read person by person."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "by_person.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_custody")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
