"""Policy tables, tickets and the first of the two calls."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def _run(name: str) -> migrations.RunSQL:
    forward, reverse = (SQL / f"{name}.sql").read_text(encoding="utf-8").split("-- reverse\n")
    return migrations.RunSQL(forward, reverse)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("logbook", "0001_log")]
    operations = [_run("policy"), _run("tickets"), _run("decide"), _run("ask"), _run("lines"), _run("wishes")]
