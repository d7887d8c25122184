"""How old what we hold of a source is."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0017_terms")]
    operations = [migrations.RunSQL(*halves("registers", "freshness"))]
