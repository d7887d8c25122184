"""The lines of a person are found by one index."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0007_second_look")]
    operations = [migrations.RunSQL(*halves("logbook", "by_subject"))]
