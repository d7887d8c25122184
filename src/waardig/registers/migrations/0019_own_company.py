"""A company sees its own registration; the age of what a source said is asked in days."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0018_freshness")]
    operations = [
        migrations.RunSQL(*halves("registers", "own_company")),
        migrations.RunSQL(*halves("registers", "older_than")),
    ]
