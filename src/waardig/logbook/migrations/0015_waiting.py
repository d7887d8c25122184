"""Which lines wait for a place in the tree is kept up as they are written."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0014_archive")]
    operations = [migrations.RunSQL(*halves("logbook", "waiting"))]
