"""Who is looked up by number stays while that happens."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0021_older_people")]
    operations = [migrations.RunSQL(*halves("registers", "held_persons"))]
