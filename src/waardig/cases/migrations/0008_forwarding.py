"""To which other body an objection was forwarded (Awb 6:15); against our decision a new one stays possible."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_costs")]
    operations = [
        migrations.AddField("objection", "forwarded_to", models.CharField(max_length=120, default="", blank=True)),
        migrations.RemoveConstraint("objection", "cases_objection_once"),
        migrations.AddConstraint(
            "objection",
            models.UniqueConstraint(
                fields=["decision", "person"],
                condition=Q(withdrawn=False, forwarded_to=""),
                name="cases_objection_once",
            ),
        ),
    ]
