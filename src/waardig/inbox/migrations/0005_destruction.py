"""What messages counted for stays when they are destroyed; only the door of the gate destroys them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "destruction.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")
CLOSED = "inbox_message, inbox_delivery, inbox_letter, inbox_tally"


def _role(editor: Any) -> str:
    return str(connections[editor.connection.alias].ops.quote_name(str(settings.DATABASES["default"]["USER"])))


def _close(_apps: Any, editor: Any) -> None:
    """The application has no right to delete here."""
    editor.execute(f"REVOKE DELETE ON {CLOSED} FROM {_role(editor)}")


def _open(_apps: Any, editor: Any) -> None:
    editor.execute(f"GRANT DELETE ON {CLOSED} TO {_role(editor)}")


class Migration(migrations.Migration):
    dependencies = [("inbox", "0004_template")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(max_length=60)),
                ("run", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=20)),
                ("cell", models.CharField(max_length=120, default="", blank=True)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "inbox_tally",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["service", "run", "name", "cell"], name="inbox_tally_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_close, _open),
    ]
