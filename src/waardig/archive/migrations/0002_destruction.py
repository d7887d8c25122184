"""Destruction lists, their lines and holds; the doors of the gate that destroy what an approved list names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import connections, migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "destruction.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")
CLOSED = "archive_list, archive_line, archive_hold, archive_counter"


def _role(editor: Any) -> str:
    return str(connections[editor.connection.alias].ops.quote_name(str(settings.DATABASES["default"]["USER"])))


def _close(_apps: Any, editor: Any) -> None:
    """The application has no right to delete here."""
    editor.execute(f"REVOKE DELETE ON {CLOSED} FROM {_role(editor)}")


def _open(_apps: Any, editor: Any) -> None:
    editor.execute(f"GRANT DELETE ON {CLOSED} TO {_role(editor)}")


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("prefix", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "archive_counter",
            },
        ),
        migrations.CreateModel(
            name="DestructionList",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=35, unique=True)),
                ("state", models.CharField(max_length=20)),
                ("made_on", models.DateField()),
                ("made_by", models.CharField(max_length=80)),
                ("lines", models.PositiveIntegerField()),
                ("items", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("approved_by", models.CharField(blank=True, default="", max_length=80)),
                ("approved_on", models.DateField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("executed_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "archive_list",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "approved", "executed", "withdrawn"])),
                        name="archive_list_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "executed"]), _negated=True),
                            models.Q(
                                models.Q(("approved_by", ""), _negated=True),
                                ("approved_at__isnull", False),
                                ("approved_on__isnull", False),
                                ("lines__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="archive_list_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_by", models.F("made_by")), _negated=True),
                        name="archive_list_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacedHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.UUIDField()),
                ("number", models.CharField(max_length=30)),
                ("reason", models.CharField(max_length=300)),
                ("placed_by", models.CharField(max_length=80)),
                ("placed_on", models.DateField()),
                ("lift_reason", models.CharField(blank=True, default="", max_length=300)),
                ("lifted_by", models.CharField(blank=True, default="", max_length=80)),
                ("lifted_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "archive_hold",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on__isnull", True)), fields=("case",), name="archive_hold_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="archive_hold_why"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DestructionLine",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("place", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("subject", models.UUIDField()),
                ("number", models.CharField(max_length=100)),
                ("service", models.CharField(max_length=60)),
                ("ending", models.CharField(max_length=40)),
                ("result", models.CharField(max_length=10)),
                ("term", models.CharField(max_length=10)),
                ("ended_on", models.DateField()),
                ("action_on", models.DateField()),
                ("items", models.PositiveIntegerField(default=1)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("changed_by", models.CharField(blank=True, default="", max_length=80)),
                ("changed_on", models.DateField(null=True)),
                ("parts", models.JSONField(default=dict)),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_rows",
                        to="archive.destructionlist",
                    ),
                ),
            ],
            options={
                "db_table": "archive_line",
                "constraints": [
                    models.UniqueConstraint(fields=("list", "place"), name="archive_line_place"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("subject",),
                        name="archive_line_on_one_open_list",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "case"), ("state", "destroyed")),
                        fields=("subject",),
                        name="archive_line_destroyed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "removed", "destroyed", "skipped"])),
                        name="archive_line_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["case", "round"])), name="archive_line_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed"), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True), models.Q(("changed_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="archive_line_removed_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
        migrations.RunPython(_close, _open),
    ]
