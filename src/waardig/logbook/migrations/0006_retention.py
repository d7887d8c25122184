"""Lines past their term go: listed, counted, and with their leaf in the tree as before."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "retention.sql"
FORWARD, REVERSE = SQL.read_text(encoding="utf-8").split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("logbook", "0005_in_one_go")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
