"""What others kept of the log and we no longer have: losses, and how far the sequencer is."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def _run(name: str) -> migrations.RunSQL:
    forward, reverse = (SQL / f"{name}.sql").read_text(encoding="utf-8").split("-- reverse\n")
    return migrations.RunSQL(forward, reverse)


class Migration(migrations.Migration):
    dependencies = [("logbook", "0002_alike")]
    operations = [_run("witness")]
