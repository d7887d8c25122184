"""Facts past their term go, except what a case, a round, a correction or a hold still needs."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_log_lines"),
        ("cases", "0009_answers"),
        ("inbox", "0001_messages"),
        ("proposals", "0007_item_of_run"),
        ("registers", "0017_terms"),
    ]
    operations = [migrations.RunSQL(*halves("archive", "facts"))]
