"""How a round reached a household; cases that the municipality opens by itself; what people can refuse or take back."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

KINDS = ["proposal", "application", "correction"]
STATES = ["proposed", "declined", "lapsed", "received", "prepared", "by_hand", "decided", "open", "answered"]


def _kind(kinds: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(kind__in=kinds), name="cases_case_kind")


def _state(states: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(state__in=states), name="cases_case_state")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_population")]
    operations = [
        migrations.AddField("case", "lane", models.CharField(max_length=20, default="", blank=True)),
        migrations.AddField("case", "say_no_until", models.DateField(null=True)),
        migrations.RemoveConstraint("case", "cases_case_kind"),
        migrations.RemoveConstraint("case", "cases_case_state"),
        migrations.AddConstraint("case", _kind([*KINDS, "own_initiative"])),
        migrations.AddConstraint("case", _state([*STATES, "announced", "opted_out", "withdrawn", "waived"])),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(kind="own_initiative", say_no_until__isnull=False),
                name="cases_announced_has_a_term",
            ),
        ),
    ]
