"""A person may see all that was ever recorded of them."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0015_at_source")]
    operations = [migrations.RunSQL(*halves("registers", "history"))]
