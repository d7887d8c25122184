"""Texts behind the gate that go with a destroyed case."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "destruction.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("registers", "0005_beside_decisions")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
