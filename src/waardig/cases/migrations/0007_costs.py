"""What was decided on the costs of an objection (Awb 7:15), and whether a lawyer with legal aid is paid."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_destruction")]
    operations = [
        migrations.AddField("review", "costs_ground", models.CharField(max_length=20, default="", blank=True)),
        migrations.AddField("review", "costs_to_lawyer", models.BooleanField(default=False)),
        migrations.RunSQL(
            "UPDATE cases_review SET costs_ground = CASE WHEN costs_eurocent > 0 AND new_outcome <> '' THEN 'granted'"
            " ELSE '' END, costs_eurocent = CASE WHEN new_outcome <> '' THEN nullif(costs_eurocent, 0) END"
            " WHERE costs_eurocent IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=(
                    Q(costs_ground="granted", costs_eurocent__gt=0) & ~Q(new_outcome="")
                    | (Q(costs_eurocent__isnull=True, costs_to_lawyer=False) & ~Q(costs_ground="granted"))
                ),
                name="cases_review_costs",
            ),
        ),
    ]
