"""The log of data processing, the vault and the schema of the gate."""

from __future__ import annotations

from pathlib import Path

from django.apps.registry import Apps
from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQL = Path(__file__).resolve().parent.parent / "sql"


def _run(name: str) -> migrations.RunSQL:
    forward, reverse = (SQL / f"{name}.sql").read_text(encoding="utf-8").split("-- reverse\n")
    return migrations.RunSQL(forward, reverse)


def _name_application_role(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = connections["default"].settings_dict["USER"]
    editor.execute("INSERT INTO vault.role (application) VALUES (%s)", [role])


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        _run("schemas"),
        migrations.RunPython(_name_application_role, migrations.RunPython.noop),
        _run("pseudonym"),
        _run("log"),
        _run("write"),
        _run("doors"),
        _run("tree"),
    ]
