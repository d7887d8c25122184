"""From birth date, postcode and house number to person ids, for the counter."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "address_lookup.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0008_counter_reports")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
