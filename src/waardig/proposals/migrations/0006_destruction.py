"""Counts of rounds stay when outcomes are destroyed (W14); only the door of the gate destroys them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "destruction.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")
CLOSED = "proposals_run, proposals_run_item, proposals_grant_list, proposals_grant_list_item, proposals_tally"


def _role(editor: Any) -> str:
    return str(connections[editor.connection.alias].ops.quote_name(str(settings.DATABASES["default"]["USER"])))


def _close(_apps: Any, editor: Any) -> None:
    """The application has no right to delete here."""
    editor.execute(f"REVOKE DELETE ON {CLOSED} FROM {_role(editor)}")


def _open(_apps: Any, editor: Any) -> None:
    editor.execute(f"GRANT DELETE ON {CLOSED} TO {_role(editor)}")


class Migration(migrations.Migration):
    dependencies = [("proposals", "0005_left")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run", models.ForeignKey("proposals.Run", on_delete=models.CASCADE, related_name="tallies")),
                ("outcome", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=120, default="", blank=True)),
                ("amount_eurocent", models.BigIntegerField(default=0)),
                ("has_case", models.BooleanField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "proposals_tally",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["run", "outcome", "reason", "amount_eurocent", "has_case"],
                        name="proposals_tally_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_close, _open),
    ]
