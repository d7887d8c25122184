"""A population of several parts: a later part is asked only about who is not inside yet."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "first_part.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("access", "0003_mandates")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
