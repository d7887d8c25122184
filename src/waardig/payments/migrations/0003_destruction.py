"""What a list paid stays as sums when a case is destroyed; only the door of the gate destroys it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "destruction.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")
CLOSED = "payments_tally"


def _role(editor: Any) -> str:
    return str(connections[editor.connection.alias].ops.quote_name(str(settings.DATABASES["default"]["USER"])))


def _close(_apps: Any, editor: Any) -> None:
    """The application has no right to delete here."""
    editor.execute(f"REVOKE DELETE ON {CLOSED} FROM {_role(editor)}")


def _open(_apps: Any, editor: Any) -> None:
    editor.execute(f"GRANT DELETE ON {CLOSED} TO {_role(editor)}")


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list", models.ForeignKey("payments.PaymentList", on_delete=models.PROTECT, related_name="tallies")),
                ("service", models.CharField(max_length=60)),
                ("outcome", models.CharField(max_length=20)),
                ("count", models.PositiveIntegerField()),
                ("eurocent", models.BigIntegerField()),
            ],
            options={
                "db_table": "payments_tally",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["list", "service", "outcome"], name="payments_tally_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_close, _open),
    ]
