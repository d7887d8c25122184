"""Whom a court appointed acts for a person too: as curator for everything, as administrator for money."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).resolve().parent.parent / "sql" / "court.sql").read_text(encoding="utf-8")
FORWARD, REVERSE = SQL.split("-- reverse\n")


class Migration(migrations.Migration):
    dependencies = [
        ("mandates", "0003_destruction"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="event",
            name="mandates_event_kind",
        ),
        migrations.RemoveConstraint(
            model_name="mandate",
            name="mandates_origin",
        ),
        migrations.AddField(
            model_name="mandate",
            name="appointment",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="mandate",
            name="court",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="mandate",
            name="court_reference",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="mandate",
            name="end_reference",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="mandate",
            name="ruled_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "invited",
                            "accepted",
                            "confirmed",
                            "declined",
                            "lapsed",
                            "reminded",
                            "ended",
                            "expired",
                            "ended_by_death",
                            "appointed",
                            "ended_by_court",
                        ],
                    )
                ),
                name="mandates_event_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["web", "counter", "paper", "court"])), name="mandates_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("appointment__in", ["curator", "administrator"]),
                        ("origin", "court"),
                        ("ruled_on__isnull", False),
                        models.Q(("court", ""), _negated=True),
                        models.Q(("court_reference", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("origin", "court"), _negated=True),
                        ("appointment", ""),
                        ("court", ""),
                        ("court_reference", ""),
                        ("ruled_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="mandates_by_a_court",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True),
                    ("ends_on__isnull", False),
                    ("origin", "court"),
                    _connector="OR",
                ),
                name="mandates_only_a_court_has_no_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "court"), _negated=True),
                    ("ended_by__in", ["", "court", "calendar", "death", "renewed"]),
                    _connector="OR",
                ),
                name="mandates_a_ruling_ends_it",
            ),
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
