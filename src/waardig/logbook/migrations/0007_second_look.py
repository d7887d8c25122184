"""A second line of a run about a person is found again when the run goes on."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "second_look.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("logbook", "0006_retention")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
