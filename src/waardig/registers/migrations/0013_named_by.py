"""Whom the people of a population name is found from those people."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0012_in_one_walk"), ("access", "0010_through")]
    operations = [migrations.RunSQL(*halves("registers", "named_by"))]
