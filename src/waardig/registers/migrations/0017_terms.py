"""How long a register keeps a fact, and a fact goes by that term only."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0016_history"), ("logbook", "0006_retention")]
    operations = [migrations.RunSQL(*halves("registers", "terms"))]
