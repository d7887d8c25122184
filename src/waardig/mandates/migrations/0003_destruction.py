"""How many mandates ended stays when they are removed; only the door of the gate removes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "destruction.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


def _close(_apps: Any, editor: Any) -> None:
    """The application has no right to delete here."""
    role = connections[editor.connection.alias].ops.quote_name(str(settings.DATABASES["default"]["USER"]))
    editor.execute(f"REVOKE DELETE ON mandates_tally FROM {role}")


class Migration(migrations.Migration):
    dependencies = [("mandates", "0002_population")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField()),
                ("state", models.TextField()),
                ("ended_by", models.TextField(default="", blank=True)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "mandates_tally",
                "constraints": [
                    models.UniqueConstraint(fields=["year", "state", "ended_by"], name="mandates_tally_once")
                ],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_close, migrations.RunPython.noop),
    ]
