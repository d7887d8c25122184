"""Populations over everybody go over what stands now."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "standing_now.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0006_destruction")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
