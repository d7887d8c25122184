"""The term of what an activity leaves behind; opt-outs that are past theirs go."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "retention.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("access", "0004_first_part")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
