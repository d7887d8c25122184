"""A person takes the signed counts of their own lines."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0014_same_trace"), ("logbook", "0012_counts")]
    operations = [migrations.RunSQL(*halves("access", "counts"))]
