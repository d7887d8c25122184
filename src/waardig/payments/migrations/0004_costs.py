"""A decision on an objection may pay costs besides what it grants: one order for each, never two of one kind."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_destruction")]
    operations = [
        migrations.RemoveConstraint("order", "payments_order_kind"),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                condition=Q(kind__in=["grant", "difference", "penalty", "costs"]), name="payments_order_kind"
            ),
        ),
        migrations.AlterField("order", "decision", models.UUIDField()),
        migrations.AddConstraint(
            "order",
            models.UniqueConstraint(fields=["decision"], condition=~Q(kind="costs"), name="payments_order_once"),
        ),
        migrations.AddConstraint(
            "order",
            models.UniqueConstraint(fields=["decision"], condition=Q(kind="costs"), name="payments_costs_once"),
        ),
    ]
