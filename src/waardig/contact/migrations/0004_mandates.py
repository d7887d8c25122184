"""Mandates that ended go the day after their term; how many there were stays."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "mandates.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0003_retention"),
        ("access", "0005_retention"),
        ("mandates", "0003_destruction"),
        ("outbox", "0003_destruction"),
    ]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
