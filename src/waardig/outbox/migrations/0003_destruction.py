"""How many jobs there were stays when those of a destroyed case go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "destruction.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")
CLOSED = "outbox_job, outbox_tally"


def _role(editor: Any) -> str:
    return str(connections[editor.connection.alias].ops.quote_name(str(settings.DATABASES["default"]["USER"])))


def _close(_apps: Any, editor: Any) -> None:
    """The application has no right to delete here."""
    editor.execute(f"REVOKE DELETE ON {CLOSED} FROM {_role(editor)}")


def _open(_apps: Any, editor: Any) -> None:
    editor.execute(f"GRANT DELETE ON {CLOSED} TO {_role(editor)}")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_workers_and_operations")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.TextField()),
                ("state", models.TextField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "outbox_tally",
                "constraints": [models.UniqueConstraint(fields=["topic", "state"], name="outbox_tally_once")],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_close, _open),
    ]
