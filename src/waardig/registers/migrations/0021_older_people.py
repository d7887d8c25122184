"""Of whom a source was not asked recently enough, in one question."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0020_one_number")]
    operations = [migrations.RunSQL(*halves("registers", "older_people"))]
