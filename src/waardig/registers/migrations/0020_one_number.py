"""The facts of many people in one pass, with one number a line."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0019_own_company")]
    operations = [migrations.RunSQL(*halves("registers", "one_number"))]
