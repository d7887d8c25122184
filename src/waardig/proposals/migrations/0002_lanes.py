"""The lane of each outcome, and households that are asked for what is unknown."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

OUTCOMES = ["proposed", "asked", "held", "with_partner", "not_entitled", "to_person", "excluded", "busy"]


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_tables")]
    operations = [
        migrations.AddField("runitem", "lane", models.CharField(max_length=20, default="", blank=True)),
        migrations.RemoveConstraint("runitem", "proposals_item_outcome"),
        migrations.AddConstraint(
            "runitem", models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="proposals_item_outcome")
        ),
    ]
