"""Messages without a case, and their proof of delivery, go the day after their term; counts stay."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "retention.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0006_english"),
        ("access", "0005_retention"),
        ("outbox", "0003_destruction"),
        ("registers", "0006_destruction"),
    ]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
