"""Requests past their term go; how many there were stays."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "retention.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0002_population"),
        ("access", "0005_retention"),
        ("inbox", "0005_destruction"),
        ("outbox", "0003_destruction"),
        ("registers", "0006_destruction"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField()),
                ("kind", models.TextField()),
                ("outcome", models.TextField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "contact_tally",
                "constraints": [models.UniqueConstraint(fields=["year", "kind", "outcome"], name="contact_tally_once")],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
