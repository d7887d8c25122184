"""The facts of many people are found in one walk through the index."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0011_asked_only")]
    operations = [migrations.RunSQL(*halves("registers", "in_one_walk"))]
