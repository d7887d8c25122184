"""What officials did with whom a round left to a person, and the door through which the gate asks who that is."""

from __future__ import annotations

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "population.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")
STEPS = ["asked", "by_hand", "close_proposed", "closed"]


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_known_at"), ("access", "0001_gate")]
    operations = [
        migrations.CreateModel(
            "LeftStep",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
                (
                    "item",
                    models.OneToOneField(
                        to="proposals.runitem", on_delete=django.db.models.deletion.CASCADE, related_name="left"
                    ),
                ),
                ("step", models.CharField(max_length=20)),
                ("because", models.CharField(max_length=20, default="", blank=True)),
                ("case", models.UUIDField(null=True)),
                ("official", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("second", models.CharField(max_length=80, default="", blank=True)),
                ("second_on", models.DateField(null=True)),
            ],
            options={"db_table": "proposals_left_step"},
        ),
        migrations.AddConstraint(
            "leftstep",
            models.CheckConstraint(condition=models.Q(step__in=STEPS), name="proposals_left_step_is"),
        ),
        migrations.AddConstraint(
            "leftstep",
            models.CheckConstraint(
                condition=~models.Q(step="closed") | (~models.Q(second="") & ~models.Q(second=models.F("official"))),
                name="proposals_left_closed_by_two",
            ),
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
