"""A file that came before a decision of here does not undo it."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "beside_decisions.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0004_by_person")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
