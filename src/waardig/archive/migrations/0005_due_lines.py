"""Whether a case keeps a line of the log is looked up only when its term has passed."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "due_lines.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_log_lines")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
