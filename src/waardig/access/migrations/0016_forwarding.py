"""The log goes on to a collector that the owner names."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0015_counts")]
    operations = [migrations.RunSQL(*halves("access", "forwarding"))]
