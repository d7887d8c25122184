"""How many lines each person has in each month is kept up as lines get their place."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0012_counts")]
    operations = [migrations.RunSQL(*halves("logbook", "month_tally"))]
