"""Looking somebody up counts against the ceiling that its activity declares; the figure leaves the SQL."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "lookup_ceiling.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0009_address_lookup"), ("access", "0007_ceiling")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
