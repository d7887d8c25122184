"""The line of text of a fact is put together in one go."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("registers", "0013_named_by")]
    operations = [migrations.RunSQL(*halves("registers", "one_text"))]
