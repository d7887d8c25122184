"""Registers and gated texts with their doors."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def _run(name: str) -> migrations.RunSQL:
    forward, reverse = (SQL / f"{name}.sql").read_text(encoding="utf-8").split("-- reverse\n")
    return migrations.RunSQL(forward, reverse)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0001_gate")]
    operations = [
        _run("register"),
        _run("populations"),
        _run("take"),
        _run("persons"),
        _run("store"),
        _run("corrections"),
    ]
