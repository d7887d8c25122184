"""Lists of announced grants, their cases, and who confirmed them; a confirmation is only added."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import connections, migrations, models


def _append_only(_apps: Any, schema_editor: Any) -> None:
    role = settings.DATABASES["default"]["USER"]
    with connections[schema_editor.connection.alias].cursor() as cursor:
        cursor.execute(f'REVOKE UPDATE, DELETE ON proposals_grant_confirmation FROM "{role}"')


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_lanes")]
    operations = [
        migrations.CreateModel(
            name="GrantList",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("service", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("rule_set", models.CharField(max_length=64)),
                ("completed_at", models.DateTimeField(null=True)),
                ("released_by", models.CharField(blank=True, default="", max_length=80)),
                ("released_on", models.DateField(null=True)),
                ("release_reasons", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "proposals_grant_list",
                "constraints": [
                    models.UniqueConstraint(fields=("service", "on"), name="proposals_grant_list_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantConfirmation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("official", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=40)),
                ("function", models.CharField(max_length=120)),
                ("mandate", models.CharField(max_length=200)),
                ("mandate_eurocent", models.BigIntegerField()),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("total_eurocent", models.BigIntegerField()),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="proposals.grantlist",
                    ),
                ),
            ],
            options={
                "db_table": "proposals_grant_confirmation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gt", 0), ("total_eurocent__gt", 0)),
                        name="proposals_confirmed_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantListItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.UUIDField(unique=True)),
                ("number", models.CharField(max_length=30)),
                ("household_type", models.CharField(blank=True, default="", max_length=40)),
                ("amount_eurocent", models.BigIntegerField()),
                ("sampled", models.BooleanField(default=False)),
                ("part", models.PositiveIntegerField(null=True)),
                (
                    "confirmation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="proposals.grantconfirmation",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="proposals.grantlist"
                    ),
                ),
            ],
            options={
                "db_table": "proposals_grant_list_item",
                "indexes": [models.Index(fields=["list", "number"], name="proposals_grant_item_line")],
            },
        ),
        migrations.RunPython(_append_only, migrations.RunPython.noop),
    ]
