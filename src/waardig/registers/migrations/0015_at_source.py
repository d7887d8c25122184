"""The number of a person is given to ask a register at its source, for a committed ticket."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0014_one_text")]
    operations = [migrations.RunSQL(*halves("registers", "at_source"))]
