"""The gate remembers whom a run selected."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0007_ceiling")]
    operations = [migrations.RunSQL(*halves("access", "selected"))]
