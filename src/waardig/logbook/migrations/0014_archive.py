"""Old months of the log stand in files, and count as before."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0013_month_tally")]
    operations = [
        migrations.RunSQL(*halves("logbook", "archive")),
        migrations.RunSQL(*halves("logbook", "archive_counted")),
    ]
