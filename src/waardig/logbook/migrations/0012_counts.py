"""How many lines each person has in each month stands under a checkpoint."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0011_witnesses")]
    operations = [migrations.RunSQL(*halves("logbook", "counts"))]
