"""Parental authority as the population register states it: whose children somebody may act for."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "custody.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_many")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
