"""Who leads to others is looked up once in a selection."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0009_side_by_side")]
    operations = [migrations.RunSQL(*halves("access", "through"))]
