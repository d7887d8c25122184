"""The answer to a report is a decision: which value took the place of the one that was doubted."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_forwarding")]
    operations = [migrations.AddField("correction", "replaced_by", models.UUIDField(null=True))]
