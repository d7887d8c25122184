"""Who checks the whole log sees where a line stands, and whether what was signed is still what is kept."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0015_waiting")]
    operations = [migrations.RunSQL(*halves("logbook", "looked_at"))]
